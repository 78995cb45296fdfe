// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.boundary;

import dev.drover.event.control.EventFrame;
import dev.drover.event.control.EventSink;
import dev.drover.event.entity.EventType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Tells whoever has a link of each new code, and of all else only that there was something. */
final class LinkSink implements EventSink {

    private static final Logger LOG = Logger.getLogger(LinkSink.class.getName());

    private final SseEventSink stream;
    private final Sse sse;

    LinkSink(SseEventSink stream, Sse sse) {
        this.stream = stream;
        this.sse = sse;
    }

    @Override
    public void send(EventFrame frame, Done done) {
        if (stream.isClosed()) {
            done.completed(false);
            return;
        }
        boolean isCode = frame.type() == EventType.QR_CODE_UPDATE;
        stream.send(sse.newEventBuilder()
                        .name(isCode ? frame.type().wireName() : "changed")
                        .data(String.class, isCode ? frame.json() : "{}")
                        .build())
                .whenComplete((sent, failure) -> done.completed(failure == null));
    }

    @Override
    public void end() {
        try {
            stream.close();
        } catch (IOException e) {
            LOG.log(Level.FINE, "the other side of a stream was gone when it was to be closed", e);
        }
    }
}

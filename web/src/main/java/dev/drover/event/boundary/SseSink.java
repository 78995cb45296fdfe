// SPDX-License-Identifier: Apache-2.0
package dev.drover.event.boundary;

import dev.drover.event.control.EventFrame;
import dev.drover.event.control.EventSink;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A stream of server-sent events as a subscriber; the number of the event is its id, for {@code Last-Event-ID}. */
final class SseSink implements EventSink {

    private static final Logger LOG = Logger.getLogger(SseSink.class.getName());

    private final SseEventSink stream;
    private final Sse sse;

    SseSink(SseEventSink stream, Sse sse) {
        this.stream = stream;
        this.sse = sse;
    }

    @Override
    public void send(EventFrame frame, Done done) {
        if (stream.isClosed()) {
            done.completed(false);
            return;
        }
        stream.send(sse.newEventBuilder()
                        .id(Integer.toString(frame.seq()))
                        .name(frame.type().wireName())
                        .data(String.class, frame.json())
                        .build())
                .whenComplete((sent, failure) -> done.completed(failure == null));
    }

    @Override
    public void end() {
        close(stream);
    }

    static void close(SseEventSink stream) {
        try {
            stream.close();
        } catch (IOException e) {
            LOG.log(Level.FINE, "the other side of a stream was gone when it was to be closed", e);
        }
    }
}

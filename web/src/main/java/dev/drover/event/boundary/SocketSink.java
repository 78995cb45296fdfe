// SPDX-License-Identifier: Apache-2.0
package dev.drover.event.boundary;

import dev.drover.event.control.EventFrame;
import dev.drover.event.control.EventSink;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A WebSocket as a subscriber. Frames and pongs share the connection, which takes one message at a time. */
final class SocketSink implements EventSink {

    private static final Logger LOG = Logger.getLogger(SocketSink.class.getName());
    private static final int MOST_PONGS_WAITING = 16;

    private record Outgoing(String text, Done done) {}

    private final Session session;
    private final RemoteEndpoint.Async remote;
    private final ArrayDeque<Outgoing> waiting = new ArrayDeque<>(2);
    private boolean busy;

    SocketSink(Session session) {
        this.session = session;
        this.remote = session.getAsyncRemote();
    }

    @Override
    public void send(EventFrame frame, Done done) {
        add(new Outgoing(frame.json(), done));
    }

    /** Answers a ping; someone who pings faster than the answers can leave does not get all of them. */
    void pong() {
        synchronized (this) {
            if (waiting.size() >= MOST_PONGS_WAITING) {
                return;
            }
        }
        add(new Outgoing("pong", ok -> {}));
    }

    @Override
    public void end() {
        close(CloseCodes.NORMAL_CLOSURE, "");
    }

    void close(CloseReason.CloseCode code, String reason) {
        close(session, code, reason);
    }

    static void close(Session session, CloseReason.CloseCode code, String reason) {
        try {
            session.close(new CloseReason(code, reason));
        } catch (IOException | IllegalStateException e) {
            LOG.log(Level.FINE, "the other side of a WebSocket was gone when it was to be closed", e);
        }
    }

    private void add(Outgoing message) {
        synchronized (this) {
            if (busy) {
                waiting.add(message);
                return;
            }
            busy = true;
        }
        start(message);
    }

    private void start(Outgoing message) {
        try {
            remote.sendText(message.text(), result -> sent(message, result.isOK()));
        } catch (RuntimeException e) {
            // Closed meanwhile, in one of several ways that the container has to say so.
            LOG.log(Level.FINE, "a message could not be sent", e);
            sent(message, false);
        }
    }

    private void sent(Outgoing message, boolean ok) {
        Outgoing next = next();
        if (next != null) {
            start(next);
        }
        message.done().completed(ok);
    }

    private synchronized @Nullable Outgoing next() {
        Outgoing next = waiting.poll();
        busy = next != null;
        return next;
    }
}

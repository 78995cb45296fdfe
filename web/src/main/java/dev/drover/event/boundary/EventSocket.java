// SPDX-License-Identifier: Apache-2.0
package dev.drover.event.boundary;

import dev.drover.event.control.Subscription;
import dev.drover.security.control.Caller;
import dev.drover.security.control.CallerPrincipal;
import jakarta.websocket.CloseReason.CloseCode;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What the sockets that carry events have in common: the caller is checked, nothing but {@code ping} is understood, and
 * the place in the hub is given back at the end.
 */
abstract class EventSocket {

    /** The sub-protocol after which a browser's script offers its token. */
    static final String BEARER = "drover.bearer";

    /** The request makes no sense. */
    static final CloseCode BAD_REQUEST = CloseCodes.getCloseCode(4000);

    /** There is no valid token. */
    static final CloseCode UNAUTHENTICATED = CloseCodes.getCloseCode(4001);

    /** There is no such job, or not for this caller. */
    static final CloseCode NOT_FOUND = CloseCodes.getCloseCode(4004);

    private static final Logger LOG = Logger.getLogger(EventSocket.class.getName());
    private static final int LARGEST_MESSAGE = 1024;
    private static final long IDLE_MILLISECONDS = 15L * 60 * 1000;

    private @Nullable SocketSink sink;
    private @Nullable Subscription subscription;

    /** Takes a place in the hub, or closes the session. */
    abstract @Nullable Subscription subscribe(Caller caller, Session session, SocketSink sink);

    final void open(Session session) {
        session.setMaxTextMessageBufferSize(LARGEST_MESSAGE);
        session.setMaxBinaryMessageBufferSize(LARGEST_MESSAGE);
        session.setMaxIdleTimeout(IDLE_MILLISECONDS);
        Optional<Caller> caller = CallerPrincipal.find(session.getUserPrincipal());
        if (caller.isEmpty()) {
            SocketSink.close(session, UNAUTHENTICATED, "This needs a token of the server.");
            return;
        }
        SocketSink opened = new SocketSink(session);
        sink = opened;
        subscription = subscribe(caller.get(), session, opened);
    }

    final void message(String text) {
        if (sink != null && text.equals("ping")) {
            sink.pong();
        }
    }

    final void closed() {
        if (subscription != null) {
            subscription.close();
        }
    }

    final void failed(Throwable thrown) {
        LOG.log(Level.FINE, "a WebSocket broke", thrown);
        closed();
    }

    static @Nullable String parameter(Session session, String name) {
        List<String> values = session.getRequestParameterMap().get(name);
        return values == null || values.isEmpty() || values.getFirst().isEmpty() ? null : values.getFirst();
    }
}

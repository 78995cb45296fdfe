// SPDX-License-Identifier: Apache-2.0
package dev.drover.testing.boundary;

import dev.drover.security.control.CallerPrincipal;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The part of Socket.IO that goes by WebSocket. Only callers with a token get here: the others are refused in the handshake. */
@Dependent
@ServerEndpoint("/socket.io/")
public class SocketIoEndpoint {

    private static final Logger LOG = Logger.getLogger(SocketIoEndpoint.class.getName());

    @Inject
    private SocketIo socketIo;

    private @Nullable EngineSocket socket;

    @SuppressWarnings("NullAway.Init") // injected
    public SocketIoEndpoint() {}

    @OnOpen
    public void onOpen(Session session) {
        session.setMaxTextMessageBufferSize(EngineSocket.LARGEST_MESSAGE);
        session.setMaxBinaryMessageBufferSize(1);
        socket = socketIo.connect(CallerPrincipal.require(session.getUserPrincipal()), session);
    }

    @OnMessage
    public void onMessage(String message) {
        if (socket != null) {
            socket.received(message);
        }
    }

    @OnClose
    public void onClose() {
        if (socket != null) {
            socket.closed();
        }
    }

    @OnError
    public void onError(Throwable thrown) {
        LOG.log(Level.FINE, "a WebSocket of Socket.IO broke", thrown);
        onClose();
    }
}

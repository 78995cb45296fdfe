// SPDX-License-Identifier: Apache-2.0
package dev.drover.testing.boundary;

import io.socket.engineio.server.EngineIoWebSocket;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A WebSocket as the library of Socket.IO wants it. One message is sent at a time; who does not read for so long that too many
 * wait is let go, and comes back by itself, as Socket.IO's clients do.
 */
final class EngineSocket extends EngineIoWebSocket {

    /** Of a message or a request, in bytes. */
    static final int LARGEST_MESSAGE = 64 * 1024;

    /** Between the packets of one request (Engine.IO 4). */
    static final char SEPARATOR = '\u001e';

    static final int MOST_PACKETS = 64;

    private static final Logger LOG = Logger.getLogger(EngineSocket.class.getName());
    private static final int MOST_WAITING = 256;

    private final Session session;
    private final Map<String, String> query = new HashMap<>();
    private final ArrayDeque<String> waiting = new ArrayDeque<>();
    private boolean busy;

    EngineSocket(Session session) {
        this.session = session;
        session.getRequestParameterMap().forEach((name, values) -> query.put(name, values.getFirst()));
    }

    /**
     * Whether a packet is one that nobody has reason to send: a binary one, or one that announces binary ones, as many as it
     * likes, which would all be kept until the last is there.
     */
    static boolean isRefused(String packet) {
        return packet.startsWith("b") || packet.startsWith("45") || packet.startsWith("46");
    }

    @Override
    public Map<String, String> getQuery() {
        return query;
    }

    @Override
    public Map<String, List<String>> getConnectionHeaders() {
        return Map.of();
    }

    @Override
    public void write(String message) {
        synchronized (this) {
            if (busy) {
                waiting.add(message);
                if (waiting.size() > MOST_WAITING) {
                    waiting.clear();
                    close(CloseCodes.TRY_AGAIN_LATER, "This reader is too slow.");
                }
                return;
            }
            busy = true;
        }
        start(message);
    }

    /** Nothing that is sent is binary. */
    @Override
    public void write(byte[] message) {
        throw new UnsupportedOperationException();
    }

    private void start(String message) {
        try {
            session.getAsyncRemote().sendText(message, result -> sent());
        } catch (RuntimeException e) {
            LOG.log(Level.FINE, "a message could not be sent", e);
            closed();
        }
    }

    private void sent() {
        String next;
        synchronized (this) {
            next = waiting.poll();
            busy = next != null;
        }
        if (next != null) {
            start(next);
        }
    }

    /** What the client says. */
    void received(String message) {
        if (isRefused(message)) {
            close(CloseCodes.CANNOT_ACCEPT, "Messages are text.");
        } else {
            emit("message", message);
        }
    }

    /** The connection is gone. */
    void closed() {
        emit("close");
    }

    @Override
    public void close() {
        close(CloseCodes.NORMAL_CLOSURE, "");
    }

    private void close(CloseReason.CloseCode code, String reason) {
        try {
            session.close(new CloseReason(code, reason));
        } catch (IOException | IllegalStateException e) {
            LOG.log(Level.FINE, "the other side of a WebSocket was gone when it was to be closed", e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.testing.boundary;

import io.socket.engineio.server.EngineIoWebSocket;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket as the library of Socket.IO wants it. One message is sent at a time. What waits beside test progress are answers
 * to the client itself: from one that does not read them nothing more is taken, and after a while it is let go.
 */
final class EngineSocket extends EngineIoWebSocket {

    /** Of a message or a request, in bytes. */
    static final int LARGEST_MESSAGE = 64 * 1024;

    /** Between the packets of one request (Engine.IO 4). */
    static final char SEPARATOR = '\u001e';

    static final int MOST_PACKETS = 64;

    private static final Logger LOG = Logger.getLogger(EngineSocket.class.getName());
    private static final int MOST_WAITING = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Session session;
    private final Executor executor;
    private final Map<String, String> query = new HashMap<>();
    private final ArrayDeque<String> waiting = new ArrayDeque<>();
    private @Nullable Runnable whenIdle;
    private boolean busy;

    /** @param executor sends; whoever writes holds a lock of the library, which whoever reads from the container wants too */
    EngineSocket(Session session, Executor executor) {
        this.session = session;
        this.executor = executor;
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
                return;
            }
            busy = true;
        }
        executor.execute(() -> start(message));
    }

    /** Nothing that is sent is binary. */
    @Override
    public void write(byte[] message) {
        throw new UnsupportedOperationException();
    }

    private void start(String message) {
        try {
            session.getAsyncRemote().sendText(message, result -> sent(result.isOK()));
        } catch (RuntimeException e) {
            // Closed meanwhile, in one of several ways that the container has to say so.
            LOG.log(Level.FINE, "a message could not be sent", e);
            closed();
        }
    }

    private void sent(boolean ok) {
        if (!ok) {
            close(CloseCodes.TRY_AGAIN_LATER, "A message could not be sent.");
            return;
        }
        String next;
        Runnable idle = null;
        synchronized (this) {
            next = waiting.poll();
            busy = next != null;
            notifyAll();
            if (!busy) {
                idle = whenIdle;
                whenIdle = null;
            }
        }
        if (next != null) {
            start(next);
        } else if (idle != null) {
            idle.run();
        }
    }

    /** Runs it when everything is sent, which may be now. */
    void whenIdle(Runnable action) {
        synchronized (this) {
            if (busy) {
                whenIdle = action;
                return;
            }
        }
        action.run();
    }

    /** What the client says. Its connection is read on when this returns. */
    void received(String message) {
        if (isRefused(message)) {
            close(CloseCodes.CANNOT_ACCEPT, "Messages are text.");
        } else if (!hasRoom()) {
            close(CloseCodes.TRY_AGAIN_LATER, "This client does not read its answers.");
        } else {
            emit("message", message);
        }
    }

    /** Waits until the client has read so much that its next answer has room; false when it does not. */
    private synchronized boolean hasRoom() {
        long until = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (waiting.size() >= MOST_WAITING && until - System.nanoTime() > 0) {
                wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return waiting.size() < MOST_WAITING;
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

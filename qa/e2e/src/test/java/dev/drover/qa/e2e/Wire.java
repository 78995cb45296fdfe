// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** A client of a session's endpoint that knows nothing but WebSockets. */
final class Wire implements WebSocket.Listener, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int LARGEST_PART = 4 << 20;

    private final Queue<String> messages = new ConcurrentLinkedQueue<>();
    private final StringBuilder partial = new StringBuilder();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private @Nullable WebSocket socket;

    private Wire() {}

    static Wire open(String address, String... headers) {
        Wire wire = new Wire();
        WebSocket.Builder builder = Api.HTTP.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(20));
        for (int i = 0; i + 1 < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        wire.socket = builder.buildAsync(URI.create(address), wire).join();
        return wire;
    }

    /** The status with which a handshake is refused. */
    static int refusal(String address, String... headers) {
        try {
            open(address, headers).close();
            return 101;
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
            }
            throw e;
        }
    }

    /** Sends a message, and returns the answer of the same number. */
    JsonNode ask(int id, String json) {
        return Json.read(answer(id, json));
    }

    /** As {@link #ask}, as it came. */
    String answer(int id, String json) {
        send(json);
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> find("{\"id\":" + id + ","), found -> !found.isEmpty());
    }

    void send(String json) {
        // The JDK's client breaks off within a text of more than 2,048 frames of 16 KB (25.0.3).
        for (int at = 0; at < json.length() && socket != null; at += LARGEST_PART) {
            int end = Math.min(json.length(), at + LARGEST_PART);
            socket.sendText(json.substring(at, end), end == json.length()).join();
        }
    }

    /** How many messages have come. */
    int count() {
        return messages.size();
    }

    int closeCode() {
        return await().atMost(PATIENCE).until(() -> closed.getNow(0), code -> code != 0);
    }

    private String find(String start) {
        return messages.stream()
                .filter(message -> message.startsWith(start))
                .findFirst()
                .orElse("");
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        partial.append(part);
        if (last) {
            messages.add(partial.toString());
            partial.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.complete(Feed.BROKEN);
    }

    @Override
    public void close() {
        if (socket != null) {
            socket.abort();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.system.control.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Speaks the DevTools protocol with a browser of this node: commands with their answers, and what it tells unasked. */
final class DevToolsLine implements WebSocket.Listener, AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final Consumer<JsonNode> events;
    private final Runnable lost;
    private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final StringBuilder partial = new StringBuilder();
    private CompletableFuture<?> lastSent = CompletableFuture.completedFuture(null);
    private volatile boolean over;
    private @Nullable WebSocket socket;

    private DevToolsLine(Consumer<JsonNode> events, Runnable lost) {
        this.events = events;
        this.lost = lost;
    }

    /**
     * @param events hears of everything that is no answer, on a thread of the client
     * @param lost is called once when the line breaks, and not when it is closed
     * @throws IOException when the browser does not answer
     */
    static DevToolsLine open(HttpClient http, URI browser, Consumer<JsonNode> events, Runnable lost)
            throws IOException {
        DevToolsLine line = new DevToolsLine(events, lost);
        try {
            line.socket = http.newWebSocketBuilder()
                    .connectTimeout(CONNECT)
                    .buildAsync(browser, line)
                    .join();
            return line;
        } catch (CompletionException e) {
            throw new IOException("the browser does not answer", e);
        }
    }

    /**
     * Gives a command. Commands go out in the order in which they are given.
     *
     * @param target session of the protocol; null for the browser itself
     * @return its result; fails when the browser refuses it or is gone
     */
    CompletableFuture<JsonNode> send(String method, ObjectNode params, @Nullable String target) {
        int number = numbers.incrementAndGet();
        ObjectNode command = Json.readObject("{}");
        command.put("id", number).put("method", method).set("params", params);
        if (target != null) {
            command.put("sessionId", target);
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        asked.put(number, answer);
        push(command.toString());
        if (over) {
            answer.completeExceptionally(new IOException("the browser is gone"));
        }
        return answer;
    }

    /** The WebSocket takes one message at a time. */
    private synchronized void push(String message) {
        WebSocket to = socket;
        if (to != null) {
            lastSent = lastSent.handle((done, failure) -> message).thenCompose(next -> to.sendText(next, true));
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        partial.append(part);
        if (last) {
            JsonNode message = Json.read(partial.toString());
            partial.setLength(0);
            CompletableFuture<JsonNode> answer =
                    message.has("id") ? asked.remove(message.path("id").asInt()) : null;
            if (answer == null) {
                events.accept(message);
            } else if (message.has("error")) {
                answer.completeExceptionally(
                        new IOException(message.path("error").path("message").asText()));
            } else {
                answer.complete(message.path("result"));
            }
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        gone();
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        gone();
    }

    private void gone() {
        boolean broken;
        synchronized (this) {
            broken = !over;
            over = true;
        }
        asked.values().forEach(answer -> answer.completeExceptionally(new IOException("the browser is gone")));
        if (broken) {
            lost.run();
        }
    }

    @Override
    public void close() {
        WebSocket open;
        synchronized (this) {
            over = true;
            open = socket;
        }
        if (open != null) {
            open.abort();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The reading end of a WebSocket that carries events. */
final class Feed implements WebSocket.Listener, AutoCloseable {

    /** What {@link #closeCode} says of a connection that broke. */
    static final int BROKEN = 1006;

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private final CompletableFuture<WebSocket> socket = new CompletableFuture<>();
    private volatile boolean reads;

    private Feed(boolean reads) {
        this.reads = reads;
    }

    /** Opens the socket with the token of the client in a header. */
    static Feed open(Api api, String path) {
        return open(api, path, true, builder -> builder.header("Authorization", "Bearer " + api.token()));
    }

    /** As {@link #open(Api, String)}, but it takes nothing from the connection before {@link #startReading}. */
    static Feed openWithoutReading(Api api, String path) {
        return open(api, path, false, builder -> builder.header("Authorization", "Bearer " + api.token()));
    }

    static Feed open(Api api, String path, boolean reads, UnaryOperator<WebSocket.Builder> options) {
        Feed feed = new Feed(reads);
        URI uri = URI.create(api.uri("/" + path).toString().replaceFirst("^http", "ws"));
        feed.socket.complete(options.apply(Api.HTTP.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(20)))
                .buildAsync(uri, feed)
                .join());
        return feed;
    }

    void startReading() {
        reads = true;
        socket.join().request(1);
    }

    void send(String text) {
        socket.join().sendText(text, true).join();
    }

    String subprotocol() {
        return socket.join().getSubprotocol();
    }

    /** The events so far. */
    List<JsonNode> events() {
        return messages.stream()
                .filter(message -> message.startsWith("{"))
                .map(Json::read)
                .toList();
    }

    List<Integer> numbers() {
        return events().stream().map(event -> event.path("seq").asInt()).toList();
    }

    void awaitMessage(String text) {
        await().atMost(PATIENCE).until(() -> messages.contains(text));
    }

    void awaitEvents(int count) {
        await().atMost(PATIENCE).until(() -> events().size() >= count);
    }

    /** The code with which the server closed; waits for it. */
    int closeCode() {
        return await().atMost(PATIENCE).until(() -> closed.getNow(0), code -> code != 0);
    }

    boolean isOpen() {
        return !closed.isDone();
    }

    @Override
    public void onOpen(WebSocket opened) {
        if (reads) {
            opened.request(1);
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            messages.add(partial.toString());
            partial.setLength(0);
        }
        if (reads) {
            from.request(1);
        }
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.complete(BROKEN);
    }

    @Override
    public void close() {
        socket.join().abort();
    }
}

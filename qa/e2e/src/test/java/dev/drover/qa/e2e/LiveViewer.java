// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** Somebody who watches a page, and does things with it. */
final class LiveViewer implements WebSocket.Listener, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<JsonNode> told = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream part = new ByteArrayOutputStream();
    private final StringBuilder partial = new StringBuilder();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final boolean reads;
    private volatile byte @Nullable [] picture;
    private @Nullable WebSocket socket;

    private LiveViewer(boolean reads) {
        this.reads = reads;
    }

    static LiveViewer open(String address) {
        return open(Api.HTTP, address, true);
    }

    static LiveViewer open(HttpClient http, String address) {
        return open(http, address, true);
    }

    /** One who takes nothing from the connection. */
    static LiveViewer openWithoutReading(String address) {
        return open(Api.HTTP, address, false);
    }

    private static LiveViewer open(HttpClient http, String address, boolean reads) {
        LiveViewer viewer = new LiveViewer(reads);
        viewer.socket = http.newWebSocketBuilder()
                .connectTimeout(Duration.ofSeconds(20))
                .buildAsync(URI.create(address), viewer)
                .join();
        return viewer;
    }

    void say(String json) {
        if (socket != null) {
            socket.sendText(Json.read(json).toString(), true).join();
        }
    }

    /** Clicks with the left button. */
    void click(int x, int y) {
        for (String event : List.of("move", "down", "up")) {
            say("{type: 'mouse', event: '%s', x: %d, y: %d, button: 'left', clicks: 1}".formatted(event, x, y));
        }
    }

    void press(String key) {
        say("{type: 'key', event: 'down', key: '%s'}".formatted(key));
        say("{type: 'key', event: 'up', key: '%s'}".formatted(key));
    }

    /** The latest of what was told under a name; waits until one fits. */
    JsonNode told(String type, Predicate<JsonNode> fits) {
        return await().atMost(PATIENCE)
                .until(
                        () -> told.stream()
                                .filter(one -> one.path("type").asText().equals(type))
                                .reduce((before, after) -> after)
                                .filter(fits),
                        Optional::isPresent)
                .orElseThrow();
    }

    JsonNode told(String type) {
        return told(type, any -> true);
    }

    /** Waits until the latest picture is of this colour at a point, about. */
    void sees(int rgb, int x, int y) {
        await().atMost(PATIENCE).until(() -> {
            byte[] jpeg = picture;
            if (jpeg == null) {
                return false;
            }
            int seen = decoded(jpeg).getRGB(x, y);
            return near(seen >> 16, rgb >> 16) && near(seen >> 8, rgb >> 8) && near(seen, rgb);
        });
    }

    boolean hasPicture() {
        return picture != null;
    }

    private static boolean near(int one, int other) {
        return Math.abs((one & 0xff) - (other & 0xff)) < 40;
    }

    private static BufferedImage decoded(byte[] jpeg) {
        try {
            return ImageIO.read(new ByteArrayInputStream(jpeg));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int closeCode() {
        return await().atMost(PATIENCE).until(() -> closed.getNow(0), code -> code != 0);
    }

    @Override
    public void onOpen(WebSocket from) {
        if (reads) {
            from.request(1);
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        partial.append(text);
        if (last) {
            told.add(Json.read(partial.toString()));
            partial.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer bytes, boolean last) {
        byte[] piece = new byte[bytes.remaining()];
        bytes.get(piece);
        part.writeBytes(piece);
        if (last) {
            picture = part.toByteArray();
            part.reset();
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

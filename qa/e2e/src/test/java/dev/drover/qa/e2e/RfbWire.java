// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A viewer that speaks RFB 3.8 (RFC 6143) over a WebSocket, as far as the first picture. */
final class RfbWire implements WebSocket.Listener, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int GREETING = 12;
    private static final int NO_SECURITY = 1;
    private static final int BYTES_OF_A_PIXEL = 4;

    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private volatile boolean reads = true;
    private int taken;
    private @Nullable WebSocket socket;

    private RfbWire() {}

    static RfbWire open(String address) {
        RfbWire wire = new RfbWire();
        wire.socket = Api.HTTP
                .newWebSocketBuilder()
                .connectTimeout(PATIENCE)
                .subprotocols("binary")
                .buildAsync(URI.create(address), wire)
                .join();
        return wire;
    }

    WebSocket socket() {
        if (socket == null) {
            throw new IllegalStateException("not connected");
        }
        return socket;
    }

    /** The handshake without a password. Returns width and height of the screen. */
    int[] shake() {
        String greeting = new String(take(GREETING), StandardCharsets.US_ASCII);
        if (!greeting.equals("RFB 003.008\n")) {
            throw new IllegalStateException("not RFB 3.8: " + greeting);
        }
        send(greeting.getBytes(StandardCharsets.US_ASCII));
        byte[] kinds = take(take(1)[0]);
        if (kinds.length != 1 || kinds[0] != NO_SECURITY) {
            throw new IllegalStateException("other security: " + Arrays.toString(kinds));
        }
        send(new byte[] {NO_SECURITY});
        if (ByteBuffer.wrap(take(4)).getInt() != 0) {
            throw new IllegalStateException("refused");
        }
        send(new byte[] {1});
        ByteBuffer screen = ByteBuffer.wrap(take(24));
        int[] size = {screen.getShort(), screen.getShort()};
        take(screen.getInt(20));
        return size;
    }

    /** Asks for a whole picture, in raw pixels. */
    void askForPicture(int width, int height) {
        send(ByteBuffer.allocate(10)
                .put((byte) 3)
                .put((byte) 0)
                .putInt(0)
                .putShort((short) width)
                .putShort((short) height)
                .array());
    }

    /** Takes a picture that was asked for, and returns how many of its pixels are neither black nor white. */
    int colouredPixels() {
        int coloured = 0;
        take(2);
        int rectangles = ByteBuffer.wrap(take(2)).getShort();
        for (int i = 0; i < rectangles; i++) {
            ByteBuffer head = ByteBuffer.wrap(take(12));
            int pixels = head.getShort(4) * head.getShort(6);
            ByteBuffer picture = ByteBuffer.wrap(take(pixels * BYTES_OF_A_PIXEL));
            while (picture.hasRemaining()) {
                int pixel = picture.getInt() & 0xffffff00;
                coloured += pixel == 0 || pixel == 0xffffff00 ? 0 : 1;
            }
        }
        return coloured;
    }

    /** From now on nothing is read any more, while the connection stays. */
    void stopReading() {
        reads = false;
    }

    int closeCode() {
        return await().atMost(PATIENCE).until(() -> closed.getNow(0), code -> code != 0);
    }

    void send(byte[] bytes) {
        socket().sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    private byte[] take(int count) {
        byte[] all = await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(this::all, now -> now.length >= taken + count);
        taken += count;
        return Arrays.copyOfRange(all, taken - count, taken);
    }

    private synchronized byte[] all() {
        return received.toByteArray();
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        synchronized (this) {
            received.writeBytes(bytes);
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
        closed.complete(Feed.BROKEN);
    }

    @Override
    public void close() {
        socket().abort();
    }
}

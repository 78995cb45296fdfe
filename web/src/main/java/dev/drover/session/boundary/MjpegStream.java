// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.boundary;

import dev.drover.browser.control.live.Viewer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Shows a page as a motion JPEG: pictures one after the other in one answer, which an {@code img} element shows. */
final class MjpegStream implements Viewer {

    static final String MEDIA_TYPE = "multipart/x-mixed-replace; boundary=frame";

    /** A page that does not change is shown again so often, or nobody would notice that its viewer has gone. */
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private static final byte[] END = {};

    private static final class Picture {

        private final byte[] jpeg;
        private final CompletableFuture<Void> taken = new CompletableFuture<>();

        Picture(byte[] jpeg) {
            this.jpeg = jpeg;
        }
    }

    private final BlockingQueue<Picture> next = new ArrayBlockingQueue<>(2);

    @Override
    public boolean mayControl() {
        return false;
    }

    @Override
    public CompletableFuture<?> picture(byte[] jpeg) {
        Picture picture = new Picture(jpeg);
        if (!next.offer(picture)) {
            picture.taken.complete(null);
        }
        return picture.taken;
    }

    @Override
    public void tell(String json) {
        // Pictures are all that there is a place for.
    }

    @Override
    public void ended(String reason) {
        next.clear();
        CompletableFuture<?> unused = picture(END);
    }

    /**
     * Writes until the viewer goes or the session ends.
     *
     * @throws IOException when the viewer has gone
     */
    void writeTo(OutputStream out) throws IOException {
        try {
            Picture picture = next.take();
            while (picture.jpeg.length > 0) {
                write(out, picture.jpeg);
                picture.taken.complete(null);
                Picture newer = next.poll(AGAIN.toMillis(), TimeUnit.MILLISECONDS);
                picture = newer == null ? picture : newer;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(OutputStream out, byte[] jpeg) throws IOException {
        String head = "--frame\r\nContent-Type: image/jpeg\r\nContent-Length: " + jpeg.length + "\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(jpeg);
        out.write('\r');
        out.write('\n');
        out.flush();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control.live;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A viewer at the other end of a connection that takes one message at a time: what is told goes before pictures, and of
 * pictures only the latest waits.
 */
public final class Screen implements Viewer {

    private static final int MOST_TOLD = 256;

    private final Wire wire;
    private final Queue<String> told = new ArrayDeque<>();
    private byte @Nullable [] picture;
    private @Nullable CompletableFuture<Void> taken;
    private boolean busy;

    /** The connection. A broken one throws, or says that it is done: either way the next message may come. */
    public interface Wire {

        /** @param done is run once, when the message is on its way */
        void text(String json, Runnable done);

        /** @param done as of {@link #text} */
        void binary(ByteBuffer bytes, Runnable done);

        /** @param reason a sentence for people, of at most 123 bytes */
        void close(String reason);
    }

    public Screen(Wire wire) {
        this.wire = wire;
    }

    @Override
    public CompletableFuture<?> picture(byte[] jpeg) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        synchronized (this) {
            picture = jpeg;
            taken = done;
        }
        sendNext();
        return done;
    }

    @Override
    public void tell(String json) {
        synchronized (this) {
            if (told.size() >= MOST_TOLD) {
                told.remove(); // It reads nothing, and what is told later replaces what was told before.
            }
            told.add(json);
        }
        sendNext();
    }

    @Override
    public void ended(String reason) {
        wire.close(reason);
    }

    private void sendNext() {
        String text;
        byte[] bytes = null;
        CompletableFuture<Void> done = null;
        synchronized (this) {
            if (busy) {
                return;
            }
            text = told.poll();
            if (text == null) {
                bytes = picture;
                done = taken;
                picture = null;
                taken = null;
            }
            busy = text != null || bytes != null;
        }
        CompletableFuture<Void> after = done;
        try {
            if (text != null) {
                wire.text(text, () -> sent(null));
            } else if (bytes != null) {
                wire.binary(ByteBuffer.wrap(bytes), () -> sent(after));
            }
        } catch (RuntimeException e) {
            sent(after);
        }
    }

    private void sent(@Nullable CompletableFuture<Void> done) {
        synchronized (this) {
            busy = false;
        }
        if (done != null) {
            done.complete(null);
        }
        sendNext();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Counts the jobs of a task that end, over one WebSocket, and lets no more than a number of them be under way.
 *
 * <p>{@link #begin} before each submission; the end of a job makes room for another.
 */
final class Completions implements AutoCloseable {

    private final EventSocket socket;
    private final Semaphore room;
    private final int window;
    private final AtomicLong ended = new AtomicLong();
    private final Thread reader;
    private volatile @Nullable IOException failure;
    private volatile boolean closed;

    Completions(DroverServer server, String task, int window) throws IOException {
        this.socket = server.listen("/ws/events?types=job_completed&task=" + task);
        this.room = new Semaphore(window);
        this.window = window;
        this.reader = Thread.ofPlatform().name("completions").daemon().start(this::read);
    }

    void begin() throws InterruptedException {
        room.acquire();
        throwFailure();
    }

    long ended() {
        throwFailure();
        return ended.get();
    }

    /** Waits for the end of all that has begun. */
    void awaitAll() throws InterruptedException {
        room.acquire(window);
        room.release(window);
        throwFailure();
    }

    private void read() {
        try {
            while (true) {
                String event = socket.next();
                EventSocket.requireSuccess(event);
                ended.incrementAndGet();
                room.release();
            }
        } catch (IOException e) {
            if (!closed) {
                failure = e;
                room.release(Integer.MAX_VALUE / 2);
            }
        }
    }

    private void throwFailure() {
        IOException thrown = failure;
        if (thrown != null) {
            throw new UncheckedIOException("the events of ended jobs broke off", thrown);
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        socket.close();
        try {
            reader.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import dev.drover.browser.control.BrowserPool.Place;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Lets in as many as there are workers, in the order of coming. Once closed, it lets everyone in: nobody is served there. */
final class Turnstile {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final Deque<Waiter> line = new ArrayDeque<>();
    private int places;
    private int inside;
    private boolean closed;

    /** Somebody who waits; each is itself. */
    private static final class Waiter {
        final long since = System.nanoTime();
    }

    Turnstile(int places) {
        this.places = places;
    }

    Place enter() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if ((inside >= places || !line.isEmpty()) && !closed) {
                await();
            }
            inside++;
        } finally {
            lock.unlock();
        }
        AtomicBoolean left = new AtomicBoolean();
        return () -> {
            if (left.compareAndSet(false, true)) {
                leave();
            }
        };
    }

    private void await() throws InterruptedException {
        Waiter me = new Waiter();
        line.add(me);
        try {
            while ((inside >= places || line.peek() != me) && !closed) {
                moved.await();
            }
        } finally {
            line.remove(me);
            moved.signalAll();
        }
    }

    private void leave() {
        lock.lock();
        try {
            inside--;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void resize(int newPlaces) {
        lock.lock();
        try {
            places = newPlaces;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        lock.lock();
        try {
            return line.size();
        } finally {
            lock.unlock();
        }
    }

    /** Of those that wait; zero when nobody does. */
    Duration longestWait() {
        lock.lock();
        try {
            Waiter first = line.peek();
            return first == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - first.since);
        } finally {
            lock.unlock();
        }
    }
}

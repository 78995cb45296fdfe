// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import dev.drover.task.control.TaskFailure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Brings runs and workers together: first come, first served, except that a worker may prefer a run that its browser can
 * serve over an older one that needs another browser, as long as the older one has not waited long.
 */
final class RunQueue {

    /** How long a run may be overtaken by others for which no browser has to be launched. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<RunTicket<?>> waiting = new ArrayDeque<>();
    private final List<Seat> idle = new ArrayList<>();
    private boolean closed;

    /** Where one worker waits for its next run. */
    final class Seat {
        private final Condition called = lock.newCondition();
        private @Nullable BrowserKind kind;
        private @Nullable RunTicket<?> assigned;
        private boolean poked;

        /**
         * The next run, waiting for one. Null when the worker was poked, or when the queue is closed.
         *
         * @param ready the browser that stands ready in the worker
         */
        @Nullable
        RunTicket<?> take(@Nullable BrowserKind ready) throws InterruptedException {
            lock.lock();
            try {
                RunTicket<?> next = nextFor(ready);
                if (next != null || closed) {
                    return next;
                }
                kind = ready;
                idle.add(this);
                while (assigned == null && !poked && !closed) {
                    called.await();
                }
                RunTicket<?> ticket = assigned;
                assigned = null;
                return ticket;
            } finally {
                idle.remove(this);
                poked = false;
                lock.unlock();
            }
        }

        /** Lets the worker look after itself, if it waits for a run. */
        void poke() {
            lock.lock();
            try {
                if (idle.contains(this)) {
                    poked = true;
                    called.signal();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    Seat newSeat() {
        return new Seat();
    }

    /** False when the queue is closed. */
    boolean add(RunTicket<?> ticket) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            Seat seat = seatFor(ticket.kind());
            if (seat == null) {
                waiting.add(ticket);
            } else {
                idle.remove(seat);
                seat.assigned = ticket;
                seat.called.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Takes a run out again; false when it does not wait any more. */
    boolean withdraw(RunTicket<?> ticket) {
        lock.lock();
        try {
            return waiting.remove(ticket);
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** Of the run that has waited longest; zero when none waits. */
    Duration longestWait() {
        lock.lock();
        try {
            RunTicket<?> oldest = waiting.peek();
            return oldest == null ? Duration.ZERO : oldest.waited();
        } finally {
            lock.unlock();
        }
    }

    /** Fails what waits for a browser that is not to be had. */
    void failAll(BrowserKind kind, TaskFailure failure) {
        List<RunTicket<?>> hopeless = new ArrayList<>();
        lock.lock();
        try {
            for (Iterator<RunTicket<?>> all = waiting.iterator(); all.hasNext(); ) {
                RunTicket<?> ticket = all.next();
                if (ticket.kind().equals(kind)) {
                    hopeless.add(ticket);
                    all.remove();
                }
            }
        } finally {
            lock.unlock();
        }
        hopeless.forEach(ticket -> ticket.fail(failure, List.of()));
    }

    /** Sends idle workers home and ends what waits. */
    void close() {
        List<RunTicket<?>> left;
        lock.lock();
        try {
            closed = true;
            left = new ArrayList<>(waiting);
            waiting.clear();
            idle.forEach(seat -> seat.called.signal());
        } finally {
            lock.unlock();
        }
        left.forEach(ticket -> ticket.end(Verdict.SERVER_STOPS, List.of()));
    }

    private @Nullable RunTicket<?> nextFor(@Nullable BrowserKind ready) {
        RunTicket<?> oldest = waiting.peek();
        if (oldest == null) {
            return null;
        }
        if (!oldest.kind().equals(ready) && oldest.waited().compareTo(PATIENCE) < 0) {
            for (RunTicket<?> ticket : waiting) {
                if (ticket.kind().equals(ready)) {
                    waiting.remove(ticket);
                    return ticket;
                }
            }
        }
        return waiting.poll();
    }

    /** The one that has the browser and has rested longest, else one without a browser, else any. */
    private @Nullable Seat seatFor(BrowserKind kind) {
        Seat other = null;
        Seat empty = null;
        for (Seat seat : idle) {
            if (kind.equals(seat.kind)) {
                return seat;
            }
            if (seat.kind == null && empty == null) {
                empty = seat;
            }
            if (other == null) {
                other = seat;
            }
        }
        return empty != null ? empty : other;
    }
}

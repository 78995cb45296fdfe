// SPDX-License-Identifier: Apache-2.0
package dev.drover.event.control;

import dev.drover.event.entity.EventType;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber's bounded queue, with one send in flight. Of a job's QR codes only the latest waits, and none is sent
 * that has expired. When the queue is full the oldest intermediate event goes, then the oldest QR code; a reader that is too slow even for the rest is closed and can come
 * back with {@code after}.
 */
final class Subscriber implements Subscription {

    /** Where a follower of one job finds the events that it has not seen. */
    interface Replay {
        /** The next events after the number, in order; fewer than {@link #REPLAY_PAGE} when there are no more. */
        List<EventFrame> after(int seq);

        /** Runs the reads, which wait for the database. */
        Executor executor();
    }

    private static final Logger LOG = Logger.getLogger(Subscriber.class.getName());

    static final int CAPACITY = 256;

    /** How many events a follower reads from the database at once. */
    static final int REPLAY_PAGE = 500;

    private final EventSink sink;
    private final @Nullable EventFilter filter;
    private final @Nullable Replay replay;
    private final ArrayDeque<EventFrame> waiting = new ArrayDeque<>();
    private final ArrayDeque<EventFrame> replayed = new ArrayDeque<>();

    private Runnable onClose = () -> {};
    private boolean behind;
    private boolean reading;
    private boolean sending;
    private boolean draining;
    private boolean drainAgain;
    private boolean closed;
    private boolean sentAnEnd;
    private int lastSeq;

    Subscriber(EventSink sink, EventFilter filter) {
        this.sink = sink;
        this.filter = filter;
        this.replay = null;
    }

    /**
     * A follower of one job, which is behind from its first moment on: an event that comes before the replay was read waits
     * for it.
     *
     * @param after the number of the last event that the follower has seen
     */
    Subscriber(EventSink sink, Replay replay, int after) {
        this.sink = sink;
        this.filter = null;
        this.replay = replay;
        this.lastSeq = after;
        this.behind = true;
    }

    void onClose(Runnable action) {
        onClose = action;
    }

    /** Begins to read what the follower has missed. */
    void catchUp() {
        drain();
    }

    void offer(EventFrame frame) {
        if (filter != null && !filter.wants(frame)) {
            return;
        }
        boolean tooSlow = false;
        synchronized (this) {
            if (closed) {
                return;
            }
            if (frame.type() == EventType.QR_CODE_UPDATE) {
                waiting.removeIf(frame::replaces);
            }
            if (waiting.size() >= CAPACITY && !makeRoom(frame)) {
                tooSlow = true;
            } else {
                waiting.add(frame);
            }
        }
        if (tooSlow) {
            finish();
        } else {
            drain();
        }
    }

    private boolean makeRoom(EventFrame incoming) {
        return removeOldest(EventType.STATUS_UPDATE)
                || removeOldest(EventType.LOG)
                || removeOldest(EventType.TEST_PROGRESS)
                || (incoming.type() == EventType.QR_CODE_UPDATE && removeOldest(EventType.QR_CODE_UPDATE));
    }

    private boolean removeOldest(EventType type) {
        for (Iterator<EventFrame> frames = waiting.iterator(); frames.hasNext(); ) {
            if (frames.next().type() == type) {
                frames.remove();
                return true;
            }
        }
        return false;
    }

    /** Sends what there is. A send that completes at once comes back here, hence the loop instead of a recursion. */
    private void drain() {
        synchronized (this) {
            if (draining) {
                drainAgain = true;
                return;
            }
            draining = true;
        }
        while (true) {
            EventFrame frame;
            synchronized (this) {
                frame = closed || sending ? null : take();
                if (frame == null && drainAgain) {
                    drainAgain = false;
                    continue;
                }
                if (frame == null) {
                    draining = false;
                    break;
                }
                sending = true;
                lastSeq = Math.max(lastSeq, frame.seq());
                sentAnEnd = frame.type() == EventType.JOB_COMPLETED;
            }
            EventFrame sent = frame;
            try {
                sink.send(sent, ok -> completed(sent, ok));
            } catch (RuntimeException e) {
                // What one subscriber's connection does wrong must not end the thread that deals out to all.
                LOG.log(Level.FINE, "an event could not be sent", e);
                completed(sent, false);
            }
        }
        readIfBehind();
    }

    /** The next frame to send. A follower takes live ones only after all that lay in the database when they came. */
    private @Nullable EventFrame take() {
        Instant now = Instant.now();
        EventFrame next = replayed.poll();
        while (next != null && next.isExpired(now)) {
            next = replayed.poll();
        }
        if (next != null || behind) {
            return next;
        }
        next = waiting.poll();
        while (next != null && (next.isExpired(now) || (replay != null && next.seq() <= lastSeq))) {
            next = waiting.poll();
        }
        return next;
    }

    /** A page of what lay in the database, without codes that a later one has replaced. */
    private static List<EventFrame> worthSending(List<EventFrame> page) {
        List<EventFrame> kept = new ArrayList<>();
        EventFrame laterCode = null;
        for (EventFrame frame : page.reversed()) {
            if (laterCode == null || !laterCode.replaces(frame)) {
                kept.add(frame);
            }
            laterCode = frame.type() == EventType.QR_CODE_UPDATE ? frame : laterCode;
        }
        return kept.reversed();
    }

    private void completed(EventFrame frame, boolean ok) {
        synchronized (this) {
            sending = false;
        }
        if (!ok) {
            close();
        } else if (isTheEnd(frame)) {
            finish();
        } else {
            drain();
        }
    }

    /** Whether a follower has heard all: an end that nothing follows. A failed job that was replayed has an end before. */
    private boolean isTheEnd(EventFrame frame) {
        if (replay == null || frame.type() != EventType.JOB_COMPLETED) {
            return false;
        }
        synchronized (this) {
            return !behind && replayed.isEmpty();
        }
    }

    private void readIfBehind() {
        Replay source = replay;
        int after;
        synchronized (this) {
            if (source == null || closed || sending || reading || !behind || !replayed.isEmpty()) {
                return;
            }
            reading = true;
            after = lastSeq;
        }
        source.executor().execute(() -> read(source, after));
    }

    private void read(Replay source, int after) {
        List<EventFrame> page;
        try {
            page = source.after(after);
        } catch (RuntimeException e) {
            finish();
            throw e;
        }
        boolean over;
        synchronized (this) {
            reading = false;
            replayed.addAll(worthSending(page));
            behind = page.size() >= REPLAY_PAGE;
            // What is left out was read all the same, and is not to be read again.
            lastSeq =
                    page.isEmpty() ? lastSeq : Math.max(lastSeq, page.getLast().seq());
            over = sentAnEnd && page.isEmpty();
        }
        if (over) {
            finish();
        } else {
            drain();
        }
    }

    @Override
    public void close() {
        Runnable action;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            waiting.clear();
            replayed.clear();
            action = onClose;
        }
        action.run();
    }

    private void finish() {
        close();
        sink.end();
    }
}

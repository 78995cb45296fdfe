// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a worker's time that must end: a launch, the work of a run, or the tidying after it. Whoever ends it early
 * says why; then the thread is interrupted, and one that does not react loses first its browser, then its driver, and at
 * last is given up.
 *
 * <p>The owning thread calls {@link #end} when the stretch is over. From then on the thread is not interrupted any more:
 * both happen under this object's lock.
 */
final class Stretch {

    /** What a stretch can do to its worker. */
    interface Means {

        void killBrowser();

        void killDriver();

        /** The thread reacts to nothing: someone else takes its place. */
        void giveUp(Verdict verdict);
    }

    private final Thread owner;
    private final Means means;
    private final Duration grace;
    private final Verdict atDeadline;
    private final long deadline;
    private @Nullable Verdict verdict;
    private long nextStep;
    private int step;
    private boolean over;

    Stretch(Thread owner, Means means, Duration limit, Duration grace, Verdict atDeadline) {
        this.owner = owner;
        this.means = means;
        this.grace = grace;
        this.atDeadline = atDeadline;
        this.deadline = System.nanoTime() + limit.toNanos();
    }

    /** Ends the stretch for a reason; the first reason stands. */
    synchronized void abort(Verdict reason) {
        if (!over && verdict == null) {
            verdict = reason;
            nextStep = System.nanoTime() + grace.toNanos();
            owner.interrupt();
        }
    }

    /** @throws InterruptedException when the stretch has been ended before anything was done in it */
    synchronized void checkNotAborted() throws InterruptedException {
        if (verdict != null) {
            throw new InterruptedException("ended before it began");
        }
    }

    /** To be called now and then by the watch. */
    void tick() {
        Verdict lost = step();
        if (lost != null) {
            means.giveUp(lost); // Outside of the lock: it takes that of the pool.
        }
    }

    private synchronized @Nullable Verdict step() {
        long now = System.nanoTime();
        if (over) {
            return null;
        }
        if (verdict == null) {
            if (now - deadline >= 0) {
                abort(atDeadline);
            }
            return null;
        }
        if (now - nextStep < 0) {
            return null;
        }
        nextStep = now + grace.toNanos();
        step++;
        owner.interrupt(); // The first one may have been swallowed by the work.
        switch (step) {
            case 1 -> means.killBrowser();
            case 2 -> means.killDriver();
            default -> {
                over = true;
                return verdict;
            }
        }
        return null;
    }

    /** The owner is through. Returns why it was ended early, or null when it was not. */
    synchronized @Nullable Verdict end() {
        over = true;
        Thread.interrupted(); // An abort that came too late to be noticed must not hit what follows.
        return verdict;
    }
}

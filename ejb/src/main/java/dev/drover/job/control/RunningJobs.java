// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The attempts that this node runs now. */
@ApplicationScoped
public class RunningJobs {

    /** How long a task may take to its next step before it is interrupted. */
    static final Duration CANCEL_GRACE = Duration.ofSeconds(10);

    private final Map<UUID, RunningAttempt> attempts = new ConcurrentHashMap<>();
    private volatile boolean over;

    void add(RunningAttempt attempt) {
        attempts.put(attempt.job().id(), attempt);
        if (over) {
            attempt.handBack();
        }
    }

    void remove(RunningAttempt attempt) {
        attempts.remove(attempt.job().id(), attempt);
    }

    /** Stops an attempt, if it runs here. */
    void cancel(UUID jobId, boolean force) {
        RunningAttempt attempt = attempts.get(jobId);
        if (attempt == null) {
            return;
        }
        if (force) {
            attempt.interrupt();
        } else {
            attempt.requestCancel(CANCEL_GRACE);
        }
    }

    void interruptDue(Instant now) {
        attempts.values().forEach(attempt -> attempt.interruptIfDue(now));
    }

    /** The server stops: what runs now or begins yet is interrupted, and its job goes back to the queue. */
    void handBack() {
        over = true;
        attempts.values().forEach(RunningAttempt::handBack);
    }

    /** How many attempts go on. */
    public int size() {
        return attempts.size();
    }
}

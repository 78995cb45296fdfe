// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import dev.drover.job.entity.Job;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The attempts that this node runs now. */
@ApplicationScoped
public class RunningJobs {

    private final Map<UUID, RunningAttempt> attempts = new ConcurrentHashMap<>();
    private volatile boolean over;
    private final Duration cancelGrace;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected RunningJobs() {
        this(Duration.ZERO);
    }

    @Inject
    public RunningJobs(JobSettings settings) {
        this(settings.cancelGrace());
    }

    RunningJobs(Duration cancelGrace) {
        this.cancelGrace = cancelGrace;
    }

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
            attempt.requestCancel(cancelGrace);
        }
    }

    void interruptDue() {
        attempts.values().forEach(RunningAttempt::interruptIfDue);
    }

    /** The server stops or drains: what runs now or begins yet is interrupted, and its job goes back to the queue. */
    void handBack() {
        over = true;
        attempts.values().forEach(RunningAttempt::handBack);
    }

    /** What begins from now on may go on. */
    void resume() {
        over = false;
    }

    /**
     * Stops every attempt that is not the job's running one any more: this node was away for longer than its lease. What
     * was running before {@code owned} was asked for, and is not in its answer, is lost or has just ended.
     *
     * @param owned the numbers of the attempts that this node runs according to the database
     */
    void stopLost(Supplier<Map<UUID, Integer>> owned) {
        Collection<RunningAttempt> before = List.copyOf(attempts.values());
        if (before.isEmpty()) {
            return;
        }
        Map<UUID, Integer> ours = owned.get();
        before.stream()
                .filter(attempt -> ours.getOrDefault(attempt.job().id(), 0)
                        != attempt.job().attempt())
                .forEach(RunningAttempt::lose);
    }

    /** The jobs of the attempts that go on. */
    List<UUID> ids() {
        return List.copyOf(attempts.keySet());
    }

    /** Whether the job's running attempt is one of this node's. */
    boolean isGoingOn(Job job) {
        RunningAttempt attempt = attempts.get(job.id());
        return attempt != null && attempt.job().attempt() == job.attempt();
    }

    /** How many attempts go on. */
    public int size() {
        return attempts.size();
    }
}

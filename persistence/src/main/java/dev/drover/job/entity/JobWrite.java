// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.entity;

import dev.drover.event.entity.EventType;
import dev.drover.event.entity.JobEvent;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A write on the way of a job. {@link JobStore#write} applies many of them, of many jobs, in one transaction. All but
 * the first name the attempt they belong to, and change nothing once that attempt is no longer the job's running one.
 *
 * @param <R> what the writer is told
 */
public sealed interface JobWrite<R> {

    /** An event of the attempt that makes the write. */
    record Notice(int seq, EventType type, Instant occurredAt, String data) {}

    /** A write that has one event of the job's to tell when it is accepted. */
    sealed interface Noted extends JobWrite<Boolean> {
        Job job();

        Notice notice();
    }

    /** A write that may end a job, which has some events to tell of that; none when it has nothing to say. */
    sealed interface Ending extends JobWrite<Boolean> {
        Job job();

        List<Notice> notices();
    }

    /** A new row with its first event. */
    record Submit(NewJob job, JobEvent event) implements JobWrite<Job> {}

    /** New rows with their first events, all or none, and the batch that they are. */
    record SubmitBatch(Batch batch, List<Submit> jobs) implements JobWrite<List<Job>> {
        public SubmitBatch {
            jobs = List.copyOf(jobs);
        }
    }

    /** A node wants to run the job's next attempt. {@code data} is of the event that announces it. */
    record Take(UUID jobId, String node, Instant now, Instant leaseUntil, String data) implements JobWrite<Claim> {}

    /** The running attempt got somewhere. True when it was still the running one. */
    record Advance(
            Job job,
            int attempt,
            @Nullable String stage,
            double progress,
            @Nullable String message,
            @Nullable String browserType,
            Notice notice)
            implements Noted {}

    /** The running attempt kept a file. True when it was still the running one. */
    record Keep(Job job, int attempt, Artifact artifact, Notice notice) implements Noted {}

    /** The running attempt has something to tell. True when it was still the running one. */
    record Tell(Job job, int attempt, Notice notice) implements Noted {}

    /** The running attempt asks a person and waits. True when it was still the running one. */
    record Ask(Job job, int attempt, HumanStep step, Notice notice) implements Noted {}

    /**
     * The attempt that waited for a person goes on. True when it was still the running one. An answer that came before
     * stands.
     *
     * @param state what became of the question when nobody has answered it
     */
    record GoOn(Job job, int attempt, UUID step, HumanStepState state, Instant at, Notice notice) implements Noted {}

    /** A person answers a question. True when its attempt still waited for it. */
    record Answer(UUID step, String answer, String by, Instant at) implements JobWrite<Boolean> {}

    /**
     * The running attempt ended. True when it was still the running one: only then does its result count.
     *
     * @param result JSON, for a success
     * @param fallback how the result was come by or, for {@link JobStatus#RETRYING}, how the next attempt goes; null for
     *     the usual way
     * @param dueAt for {@link JobStatus#RETRYING}: when the next attempt may start
     * @param expiresAt from when on the job may be removed; null while it has not ended
     * @param notices in order; the last one tells the end
     */
    record Settle(
            Job job,
            int attempt,
            JobStatus status,
            @Nullable String result,
            @Nullable JobError error,
            @Nullable JobFallback fallback,
            @Nullable String message,
            @Nullable String browserType,
            @Nullable Instant dueAt,
            Instant finishedAt,
            @Nullable Instant expiresAt,
            List<Notice> notices)
            implements Ending {
        public Settle {
            notices = List.copyOf(notices);
            if (!JobStatus.RUNNING.next().contains(status)) {
                throw new IllegalArgumentException("an attempt cannot end as " + status.wireName());
            }
        }
    }

    /**
     * The node of the running attempt stops, so the job goes back to the queue. True when it was still the running one.
     *
     * @param free the attempt does not count among those that the job may have
     */
    record HandBack(
            Job job,
            int attempt,
            boolean free,
            JobError error,
            @Nullable String browserType,
            Instant finishedAt,
            Notice notice)
            implements Noted {}

    /**
     * The running attempt is not to go on now, through no fault of the job: it waits for a better time, and the attempt
     * does not count among those that it may have. True when it was still the running one.
     */
    record Park(Job job, int attempt, JobError error, Instant dueAt, Notice notice) implements Noted {}

    /** The job waits in the queue and can never leave it by itself, so it fails. True when it still waited there. */
    record Bury(Job job, JobError error, Instant finishedAt, Instant expiresAt, List<Notice> notices)
            implements Ending {
        public Bury {
            notices = List.copyOf(notices);
        }
    }

    /**
     * A failed job goes back to the queue. True when it was still failed.
     *
     * @param maxAttempts that it may have from now on, those that it had among them
     */
    record Replay(Job job, int maxAttempts, Notice notice) implements Noted {}

    /** The job is cancelled while no attempt is going on. True when that was still so. */
    record Withdraw(Job job, @Nullable String reason, Instant finishedAt, Instant expiresAt, List<Notice> notices)
            implements Ending {
        public Withdraw {
            notices = List.copyOf(notices);
        }
    }

    /** The owner of the running attempt is asked to stop. True when an attempt is going on. */
    record RequestCancel(UUID jobId, @Nullable String reason, boolean force) implements JobWrite<Boolean> {}

    /** Rows whose time has come go from scheduled or retrying to queued. True when this one did. */
    record Promote(Job job, Notice notice) implements Noted {}

    /** These attempts of the node count as alive until then. */
    record RenewLeases(String node, List<UUID> jobIds, Instant until) implements JobWrite<Boolean> {
        public RenewLeases {
            jobIds = List.copyOf(jobIds);
        }
    }

    /** The messages of these rows were handed to the broker. */
    record Dispatched(List<UUID> jobIds, Instant at) implements JobWrite<Boolean> {
        public Dispatched {
            jobIds = List.copyOf(jobIds);
        }
    }
}

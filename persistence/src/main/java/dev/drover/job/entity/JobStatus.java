// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.entity;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Where a job is. {@link #next} is the one table of legal transitions; the store writes no other. */
public enum JobStatus {
    /** Waits for its {@code not_before}. */
    SCHEDULED,
    /** Waits for a worker. */
    QUEUED,
    /** An attempt is going on. */
    RUNNING,
    /** The attempt going on waits for a person. */
    WAITING_FOR_HUMAN,
    /** An attempt failed; the next one waits for its time. */
    RETRYING,
    /** Ended with a result. */
    SUCCEEDED,
    /** Ended without one; stays in the dead-letter list until replayed or removed. */
    FAILED,
    /** Ended because someone asked. */
    CANCELLED;

    /** The statuses that may follow this one. */
    public Set<JobStatus> next() {
        return switch (this) {
            case SCHEDULED -> EnumSet.of(QUEUED, RUNNING, CANCELLED);
            case QUEUED -> EnumSet.of(RUNNING, CANCELLED, FAILED);
            case RUNNING -> EnumSet.of(WAITING_FOR_HUMAN, RETRYING, QUEUED, SUCCEEDED, FAILED, CANCELLED);
            case WAITING_FOR_HUMAN -> EnumSet.of(RUNNING, RETRYING, QUEUED, SUCCEEDED, FAILED, CANCELLED);
            case RETRYING -> EnumSet.of(QUEUED, RUNNING, CANCELLED);
            // Out of the dead-letter list, when someone has it replayed.
            case FAILED -> EnumSet.of(QUEUED);
            case SUCCEEDED, CANCELLED -> EnumSet.noneOf(JobStatus.class);
        };
    }

    /** Whether the job has ended. Of itself it stays so; a failed one may be replayed. */
    public boolean isTerminal() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }

    /** Whether an attempt of the job is going on. */
    public boolean isActive() {
        return this == RUNNING || this == WAITING_FOR_HUMAN;
    }

    /** The name in the API and in the database: lower case with underscores. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<JobStatus> ofWireName(String name) {
        return Arrays.stream(values())
                .filter(status -> status.wireName().equals(name))
                .findFirst();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.testing.entity;

import dev.drover.job.entity.JobStatus;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where an execution is. */
public enum ExecutionStatus {
    /** Waits for its turn. */
    QUEUED,
    /** Goes on. */
    RUNNING,
    /** All steps were done and held. */
    COMPLETED,
    /** A step did not hold, or could not be done. */
    FAILED,
    /** Ended because someone asked. */
    CANCELLED;

    /** What the status of its job says of an execution. */
    public static ExecutionStatus of(JobStatus job) {
        return switch (job) {
            case SCHEDULED, QUEUED -> QUEUED;
            case RUNNING, WAITING_FOR_HUMAN, RETRYING -> RUNNING;
            case SUCCEEDED -> COMPLETED;
            case FAILED -> FAILED;
            case CANCELLED -> CANCELLED;
        };
    }

    /** Whether it has ended, for good. */
    public boolean isTerminal() {
        return this == COMPLETED || this == FAILED || this == CANCELLED;
    }

    /** The name in the API and in the database: lower case. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ExecutionStatus> ofWireName(String name) {
        return Arrays.stream(values())
                .filter(status -> status.wireName().equals(name))
                .findFirst();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import dev.drover.job.entity.JobError;
import dev.drover.job.entity.JobFallback;
import dev.drover.job.entity.JobStatus;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a job ended.
 *
 * @param ran how long the last attempt took; null when none was going on
 * @param result JSON
 * @param fallback how the result was come by; null for the usual way
 */
record JobEnd(
        Instant at,
        JobStatus status,
        @Nullable String message,
        @Nullable Duration ran,
        @Nullable String result,
        @Nullable JobError error,
        @Nullable JobFallback fallback) {

    /** That of a job without an attempt that went on. */
    static JobEnd withoutAttempt(Instant at, JobStatus status, @Nullable String message, @Nullable JobError error) {
        return new JobEnd(at, status, message, null, null, error, null);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import dev.drover.job.entity.Batch;
import dev.drover.job.entity.JobStatus;
import java.util.Map;

/**
 * How far the jobs of a batch are.
 *
 * @param counts jobs in each status; statuses without jobs are missing
 */
public record BatchProgress(Batch batch, Map<JobStatus, Long> counts) {

    public BatchProgress {
        counts = Map.copyOf(counts);
    }

    public long in(JobStatus status) {
        return counts.getOrDefault(status, 0L);
    }

    /** Jobs that ended and were removed when their time to live was over. */
    public long removed() {
        return batch.total()
                - counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Jobs that have ended. */
    public long ended() {
        return removed() + in(JobStatus.SUCCEEDED) + in(JobStatus.FAILED) + in(JobStatus.CANCELLED);
    }
}

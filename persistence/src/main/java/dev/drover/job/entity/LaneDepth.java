// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.entity;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much there is to do in a lane, on all nodes.
 *
 * @param counts of the jobs that have not ended; statuses without jobs may be missing
 * @param waitingSince when the oldest queued job could have been started; null when none is queued
 */
public record LaneDepth(
        Map<JobStatus, Long> counts, @Nullable Instant waitingSince) {

    public static final LaneDepth EMPTY = new LaneDepth(Map.of(), null);

    public LaneDepth {
        counts = Map.copyOf(counts);
    }

    /** How many jobs are in the status. */
    public long in(JobStatus status) {
        return counts.getOrDefault(status, 0L);
    }

    LaneDepth with(JobStatus status, long count, @Nullable Instant oldest) {
        Map<JobStatus, Long> all = new EnumMap<>(JobStatus.class);
        all.putAll(counts);
        all.put(status, count);
        return new LaneDepth(all, status == JobStatus.QUEUED ? oldest : waitingSince);
    }
}

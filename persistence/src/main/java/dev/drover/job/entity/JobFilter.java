// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.entity;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs a list shows, newest first.
 *
 * @param statuses empty means all
 * @param labels a job has all of these
 * @param before the id of the last job of the page before this one
 */
public record JobFilter(
        Set<JobStatus> statuses,
        @Nullable String task,
        @Nullable String user,
        Map<String, String> labels,
        @Nullable UUID before) {

    public JobFilter {
        statuses = Set.copyOf(statuses);
        labels = Map.copyOf(labels);
    }
}

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
 * @param errorCategory of the last attempt
 * @param labels a job has all of these
 * @param before the id of the last job of the page before this one
 */
public record JobFilter(
        Set<JobStatus> statuses,
        @Nullable String task,
        @Nullable String user,
        @Nullable String errorCategory,
        Map<String, String> labels,
        @Nullable UUID before) {

    public JobFilter {
        statuses = Set.copyOf(statuses);
        labels = Map.copyOf(labels);
    }

    /** The same for one status. */
    public JobFilter in(JobStatus status) {
        return in(Set.of(status));
    }

    /** The same for some statuses. */
    public JobFilter in(Set<JobStatus> some) {
        return new JobFilter(some, task, user, errorCategory, labels, before);
    }

    /** The same for the page after another. */
    public JobFilter before(@Nullable UUID last) {
        return new JobFilter(statuses, task, user, errorCategory, labels, last);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.job.entity.Job;
import dev.drover.job.entity.JobError;
import dev.drover.job.entity.JobFallback;
import dev.drover.job.entity.JobStatus;
import dev.drover.task.control.TaskFailure;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Knows what helps a job whose own way leads nowhere, as the operator has allowed it for the job's task. */
public interface Fallbacks {

    /** Another way for an attempt that begins, where it is known that its own will fail. On the way of every attempt. */
    Optional<JobFallback> onStart(AttemptPlan plan);

    /** Another way for an attempt whose site has failed and is left alone for now. */
    Optional<JobFallback> onClosedSite(AttemptPlan plan);

    /** Another way for the next attempt after one that failed. */
    Optional<JobFallback> onRetry(AttemptPlan plan, TaskFailure failure);

    /**
     * A result for a job that would fail now, or wait for its site.
     *
     * @param soFar what the attempt had found; null for nothing
     */
    Optional<Substitute> instead(AttemptPlan plan, JobError why, @Nullable JsonNode soFar);

    /**
     * Hears how an attempt ended that was the job's running one.
     *
     * @param used the way it went, or where its result is from; null for the job's own
     */
    void ended(Job job, @Nullable JobFallback used, JobStatus status);

    /**
     * Hears a result that was come by on a way of the job's own, and may stand in for that of an equal job.
     *
     * @param madeAt when the job ended with it
     */
    void succeeded(Job job, String result, Instant madeAt);

    /** A result in place of the one that the job asked for. */
    record Substitute(String result, JobFallback how) {}
}

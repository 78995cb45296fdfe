// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.entity;

import dev.drover.event.entity.JobEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a node is told that wants to run a job. */
public sealed interface Claim {

    /**
     * The attempt is the node's, until its lease ends.
     *
     * @param job as it stands now, with the number of the new attempt
     * @param started the event that announces the attempt
     */
    record Granted(Job job, JobEvent started) implements Claim {}

    /** There is nothing to run: the job ended, or its row is gone ({@code status} null). */
    record AlreadyDone(@Nullable JobStatus status) implements Claim {}

    /** Another attempt is going on. */
    record HeldBy(String node, Instant until) implements Claim {}

    /** The job's time has not come. */
    record NotDue(Instant notBefore) implements Claim {}
}

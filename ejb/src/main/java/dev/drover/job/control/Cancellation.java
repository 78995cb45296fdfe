// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import dev.drover.job.entity.Job;
import dev.drover.job.entity.JobStatus;

/** What became of a wish to cancel a job. */
public sealed interface Cancellation {

    /** The job had no attempt going on and is cancelled now. */
    record Done(Job job) implements Cancellation {}

    /** The attempt going on was told to stop. */
    record Requested(Job job) implements Cancellation {}

    /** There was nothing to cancel. */
    record AlreadyEnded(JobStatus status) implements Cancellation {}

    /** There is no such job, or not for this caller. */
    record Unknown() implements Cancellation {}
}

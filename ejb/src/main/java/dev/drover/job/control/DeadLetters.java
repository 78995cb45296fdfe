// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import dev.drover.job.entity.Job;
import dev.drover.job.entity.JobError;
import dev.drover.job.entity.JobQueries;
import dev.drover.job.entity.JobStatus;
import dev.drover.job.entity.JobWrite;
import dev.drover.security.entity.Scope;
import dev.drover.task.control.ErrorCategory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Logger;

/** Jobs whose message the broker has given up, because every delivery of it ended in an exception. */
@ApplicationScoped
public class DeadLetters {

    private static final Logger LOG = Logger.getLogger(DeadLetters.class.getName());

    private static final JobError UNDELIVERABLE = JobErrors.of(
            ErrorCategory.INTERNAL,
            "undeliverable",
            "The job's message failed at every delivery before an attempt began; the server's log has the cause.");

    private JobQueries queries;
    private JobLedger ledger;
    private LastWords lastWords;
    private JobSettings settings;
    private JobMeters meters;
    private Clock clock;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected DeadLetters() {}

    @Inject
    public DeadLetters(
            JobQueries queries,
            JobLedger ledger,
            LastWords lastWords,
            JobSettings settings,
            JobMeters meters,
            Clock clock) {
        this.queries = queries;
        this.ledger = ledger;
        this.lastWords = lastWords;
        this.settings = settings;
        this.meters = meters;
        this.clock = clock;
    }

    /** Fails the job, if it still waits for what its message was to bring. */
    void bury(UUID jobId) {
        Optional<Job> found = queries.find(Scope.EVERYTHING, jobId).filter(job -> job.status() == JobStatus.QUEUED);
        if (found.isEmpty()) {
            return;
        }
        Job job = found.get();
        Instant now = clock.instant();
        JobWrite.Bury bury = new JobWrite.Bury(
                job,
                UNDELIVERABLE,
                now,
                now.plus(settings.keptAfter(JobStatus.FAILED, job.ttl())),
                lastWords.of(
                        job, JobEnd.withoutAttempt(now, JobStatus.FAILED, UNDELIVERABLE.message(), UNDELIVERABLE)));
        if (ledger.writeAndWait(bury)) {
            meters.ended(job.task(), JobStatus.FAILED);
            LOG.severe(
                    () -> "DROVER0037 the message of job " + job.id() + " could not be delivered; it is a dead letter");
        }
    }
}

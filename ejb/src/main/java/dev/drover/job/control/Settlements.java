// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.browser.control.RunOutcome;
import dev.drover.job.entity.Job;
import dev.drover.job.entity.JobError;
import dev.drover.job.entity.JobFallback;
import dev.drover.job.entity.JobFallback.Kind;
import dev.drover.job.entity.JobStatus;
import dev.drover.job.entity.JobWrite;
import dev.drover.task.control.ArtifactKind;
import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.TaskFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What becomes of a job when an attempt has ended: it ends too, is tried again, or goes back to the queue. */
final class Settlements {

    private static final Logger LOG = Logger.getLogger(Settlements.class.getName());

    /** Larger results are kept as an artifact, and the row says where. */
    private static final int LARGEST_RESULT = 512 * 1024;

    private static final String STOPPED = "The server stopped while the job was running.";
    private static final String INTERRUPTED = "The job was interrupted.";

    private final JobLedger ledger;
    private final LastWords lastWords;
    private final Dispatcher dispatcher;
    private final Fallbacks fallbacks;
    private final RetryPolicy retries;
    private final JobSettings settings;
    private final JobMeters meters;
    private final Clock clock;

    Settlements(
            JobLedger ledger,
            LastWords lastWords,
            Dispatcher dispatcher,
            Fallbacks fallbacks,
            JobSettings settings,
            JobMeters meters,
            Clock clock) {
        this.ledger = ledger;
        this.lastWords = lastWords;
        this.dispatcher = dispatcher;
        this.fallbacks = fallbacks;
        this.retries = new RetryPolicy(settings.retryBase(), settings.longestRetry(), () -> ThreadLocalRandom.current()
                .nextDouble());
        this.settings = settings;
        this.meters = meters;
        this.clock = clock;
    }

    void settle(RunningAttempt attempt, RunOutcome<JsonNode> outcome) {
        if (attempt.isLost()) {
            lost(attempt.job());
            outcome.recorded().forEach(recorded -> discard(recorded.file()));
            return;
        }
        keepRecorded(attempt, outcome);
        switch (outcome) {
            case RunOutcome.Succeeded<JsonNode> succeeded -> succeeded(attempt, succeeded.value());
            case RunOutcome.Failed<JsonNode> failed -> unfinished(attempt, () -> failed(attempt, failed.failure()));
            case RunOutcome.Cancelled<JsonNode> cancelled -> unfinished(attempt, () -> cancelled(attempt));
            case RunOutcome.Stopped<JsonNode> stopped -> unfinished(attempt, () -> stopped(attempt));
        }
    }

    /** What was recorded only helps to understand the attempt: its end does not depend on it. */
    private static void keepRecorded(RunningAttempt attempt, RunOutcome<JsonNode> outcome) {
        outcome.recorded().forEach(recorded -> {
            try {
                attempt.attach(recorded.kind(), recorded.name(), recorded.contentType(), recorded.file());
            } catch (TaskFailure e) {
                LOG.log(Level.WARNING, "DROVER0043 a recording could not be kept", e);
                discard(recorded.file());
            }
        });
    }

    /** What the interrupt of a stopping server or of a cancellation makes of a task is not the task's failure. */
    private void unfinished(RunningAttempt attempt, Runnable otherwise) {
        if (attempt.isCancelled()) {
            cancelled(attempt);
        } else if (attempt.isHandedBack()) {
            handBack(attempt, true);
        } else {
            otherwise.run();
        }
    }

    private void stopped(RunningAttempt attempt) {
        if (attempt.job().attempt() < attempt.job().maxAttempts()) {
            handBack(attempt, false);
        } else {
            // A task that ends itself so, and not the server, must not come again for ever.
            failed(attempt, new TaskFailure(ErrorCategory.LOST_WORKER, "interrupted", INTERRUPTED));
        }
    }

    private void succeeded(RunningAttempt attempt, @Nullable JsonNode value) {
        String result = value == null ? "null" : value.toString();
        JobFallback way = attempt.plan().fallback();
        if (result.length() > LARGEST_RESULT) {
            try {
                attempt.attach(
                        ArtifactKind.RESULT,
                        "result.json",
                        "application/json",
                        result.getBytes(StandardCharsets.UTF_8));
            } catch (TaskFailure e) {
                // It is too large for the row, and there is no place for its file.
                failed(attempt, e);
                return;
            }
            String where = "{\"artifact\":\"result.json\",\"size\":" + result.length() + "}";
            end(attempt, way, ending(attempt, JobStatus.SUCCEEDED, where, null, way, "Done"));
            return;
        }
        JobWrite.Settle success = ending(attempt, JobStatus.SUCCEEDED, result, null, way, "Done");
        if (end(attempt, way, success)) {
            fallbacks.succeeded(attempt.job(), result, success.finishedAt());
        }
    }

    private void cancelled(RunningAttempt attempt) {
        JobFallback way = attempt.plan().fallback();
        end(attempt, way, ending(attempt, JobStatus.CANCELLED, null, null, null, "Cancelled"));
    }

    private void failed(RunningAttempt attempt, TaskFailure failure) {
        if (attempt.isTurnedAway() && failure.code().equals(HumanDesk.NO_PLACE)) {
            waitForAPlace(attempt);
            return;
        }
        Job job = attempt.job();
        JobError error = JobErrors.of(failure);
        Optional<JobFallback> other =
                job.attempt() < job.maxAttempts() ? fallbacks.onRetry(attempt.plan(), failure) : Optional.empty();
        Optional<Duration> pause = other.isPresent()
                ? Optional.of(Duration.ZERO)
                : retries.pause(job.attempt(), job.maxAttempts(), failure);
        if (pause.isPresent()) {
            retry(
                    attempt,
                    error,
                    other.orElse(sameEngine(attempt)),
                    clock.instant().plus(pause.get()));
        } else if (!substitute(attempt, error)) {
            JobFallback way = attempt.plan().fallback();
            end(attempt, way, ending(attempt, JobStatus.FAILED, null, error, null, error.message()));
        }
    }

    /** A job that had to change its engine stays with the new one. */
    private static @Nullable JobFallback sameEngine(RunningAttempt attempt) {
        JobFallback way = attempt.plan().fallback();
        return way != null && way.is(Kind.ENGINE) ? way : null;
    }

    /** Ends the job with a result in place of its own. False when there is none. */
    boolean substitute(RunningAttempt attempt, JobError why) {
        Optional<Fallbacks.Substitute> found = fallbacks.instead(attempt.plan(), why, attempt.foundSoFar());
        found.ifPresent(other -> {
            String message = RunningAttempt.shortened(
                    "Done by a fallback (%s), since: %s".formatted(other.how().kind(), why.message()));
            end(attempt, other.how(), ending(attempt, JobStatus.SUCCEEDED, other.result(), null, other.how(), message));
        });
        return found.isPresent();
    }

    /** The job waits for its next attempt: in its row, and in the broker for as long. */
    private void retry(RunningAttempt attempt, JobError error, @Nullable JobFallback next, Instant dueAt) {
        Job job = attempt.job();
        Instant now = clock.instant();
        String message = RunningAttempt.shortened(
                "Attempt %d of %d failed: %s".formatted(job.attempt(), job.maxAttempts(), error.message()));
        JobWrite.Settle settle = new JobWrite.Settle(
                job,
                job.attempt(),
                JobStatus.RETRYING,
                null,
                error,
                next,
                message,
                attempt.browserType(),
                dueAt,
                now,
                null,
                List.of(JobNotices.retrying(attempt.nextSeq(), now, job.attempt(), dueAt, error, message)));
        if (end(attempt, attempt.plan().fallback(), settle)) {
            dispatcher.dispatch(job, dueAt);
        }
    }

    /** As many jobs wait for people as may: this one comes again soon. */
    void waitForAPlace(RunningAttempt attempt) {
        JobError full = JobErrors.of(
                ErrorCategory.TIMEOUT,
                HumanDesk.NO_PLACE,
                "Too many jobs of this server wait for people. This one begins when there is a place.");
        park(attempt, full, clock.instant().plus(HumanDesk.COME_AGAIN));
    }

    /** The job waits until it may go on; the attempt does not count. */
    void park(RunningAttempt attempt, JobError why, Instant dueAt) {
        Job job = attempt.job();
        Instant now = clock.instant();
        JobWrite.Park park = new JobWrite.Park(
                job,
                job.attempt(),
                why,
                dueAt,
                JobNotices.retrying(attempt.nextSeq(), now, job.attempt(), dueAt, why, why.message()));
        if (ledger.writeAndWait(park)) {
            meters.parked(job, why.code());
            dispatcher.dispatch(job, dueAt);
        } else {
            lost(job);
        }
    }

    /** Sends the job back to the queue. Its message is done with: the sweeper of a running node sends a new one. */
    private void handBack(RunningAttempt attempt, boolean free) {
        Job job = attempt.job();
        Instant now = clock.instant();
        String message = free ? STOPPED : INTERRUPTED;
        JobError error = JobErrors.of(ErrorCategory.LOST_WORKER, free ? "server_stopped" : "interrupted", message);
        JobWrite.HandBack back = new JobWrite.HandBack(
                job,
                job.attempt(),
                free,
                error,
                attempt.browserType(),
                now,
                JobNotices.status(attempt.nextSeq(), now, JobStatus.QUEUED, message + " The job is queued again."));
        if (ledger.writeAndWait(back)) {
            meters.handedBack(job);
            LOG.info(() ->
                    "DROVER0035 attempt %d of job %s was handed back to the queue".formatted(job.attempt(), job.id()));
        } else {
            lost(job);
        }
    }

    private boolean end(RunningAttempt attempt, @Nullable JobFallback used, JobWrite.Settle end) {
        boolean accepted = ledger.writeAndWait(end);
        if (accepted) {
            meters.ended(attempt.job(), end);
            fallbacks.ended(attempt.job(), used, end.status());
            JobError error = end.error();
            if (error != null) {
                LOG.info(() -> "DROVER0034 attempt %d of %d failed: %s, %s"
                        .formatted(
                                attempt.job().attempt(), attempt.job().maxAttempts(), error.category(), error.code()));
            }
        } else {
            lost(attempt.job());
        }
        return accepted;
    }

    private static void lost(Job job) {
        LOG.warning(() -> "DROVER0032 attempt %d of job %s was lost: another one has begun, its result is dropped"
                .formatted(job.attempt(), job.id()));
    }

    private JobWrite.Settle ending(
            RunningAttempt attempt,
            JobStatus status,
            @Nullable String result,
            @Nullable JobError error,
            @Nullable JobFallback how,
            String message) {
        Job job = attempt.job();
        Instant now = clock.instant();
        Instant started = job.attemptStartedAt();
        Duration ran = started == null ? Duration.ZERO : Duration.between(started, now);
        return new JobWrite.Settle(
                job,
                job.attempt(),
                status,
                result,
                error,
                how,
                RunningAttempt.shortened(message),
                attempt.browserType(),
                null,
                now,
                now.plus(settings.keptAfter(status, job.ttl())),
                lastWords.of(job, attempt::nextSeq, new JobEnd(now, status, message, ran, result, error, how)));
    }

    private static void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.log(Level.FINE, "a recording of a lost attempt stays in the temporary folder", e);
        }
    }
}

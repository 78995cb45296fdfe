// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.browser.control.BrowserOptions;
import dev.drover.browser.control.BrowserPool;
import dev.drover.browser.control.BrowserRun;
import dev.drover.browser.control.RunOutcome;
import dev.drover.job.entity.Claim;
import dev.drover.job.entity.Job;
import dev.drover.job.entity.JobError;
import dev.drover.job.entity.JobStatus;
import dev.drover.job.entity.JobWrite;
import dev.drover.job.entity.Lane;
import dev.drover.system.control.NodeIdentity;
import dev.drover.task.control.ArtifactKind;
import dev.drover.task.control.AutomationTask;
import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.RegisteredTask;
import dev.drover.task.control.TaskCancelled;
import dev.drover.task.control.TaskFailure;
import dev.drover.task.control.TaskRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Runs one attempt of a job, from the claim to the settlement, on the thread of the message that asked for it. */
@ApplicationScoped
public class JobRunner {

    private static final Logger LOG = Logger.getLogger(JobRunner.class.getName());

    /** Larger results are kept as an artifact, and the row says where. */
    private static final int LARGEST_RESULT = 512 * 1024;

    private static final String STOPPED = "The server stopped while the job was running.";
    private static final String INTERRUPTED = "The job was interrupted.";

    private JobLedger ledger;
    private TaskRegistry tasks;
    private BrowserPool browsers;
    private SiteGuard sites;
    private ArtifactStorage storage;
    private RunningJobs running;
    private Dispatcher dispatcher;
    private RetryPolicy retries;
    private JobSettings settings;
    private JobMeters meters;
    private NodeIdentity node;
    private Clock clock;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected JobRunner() {}

    @Inject
    public JobRunner(
            JobLedger ledger,
            TaskRegistry tasks,
            BrowserPool browsers,
            SiteGuard sites,
            ArtifactStorage storage,
            RunningJobs running,
            Dispatcher dispatcher,
            JobSettings settings,
            JobMeters meters,
            NodeIdentity node,
            Clock clock) {
        this.ledger = ledger;
        this.tasks = tasks;
        this.browsers = browsers;
        this.sites = sites;
        this.storage = storage;
        this.running = running;
        this.dispatcher = dispatcher;
        this.retries = new RetryPolicy(settings.retryBase(), settings.longestRetry(), () -> ThreadLocalRandom.current()
                .nextDouble());
        this.settings = settings;
        this.meters = meters;
        this.node = node;
        this.clock = clock;
    }

    /**
     * Runs the job's next attempt, unless there is none to run: then the message was a duplicate or came too late.
     *
     * @throws RuntimeException when the database did not take the claim or the end; the message is to come again
     */
    void run(UUID jobId) {
        Instant now = clock.instant();
        String data = JobNotices.statusData(JobStatus.RUNNING, null, 0, "Started on " + node.name());
        Claim claim = ledger.writeAndWait(new JobWrite.Take(jobId, node.name(), now, now.plus(settings.lease()), data));
        switch (claim) {
            case Claim.Granted granted -> execute(granted.job());
            case Claim.AlreadyDone done ->
                LOG.fine(() -> "job %s needs no attempt: %s".formatted(jobId, done.status()));
            case Claim.HeldBy held ->
                LOG.fine(() -> "job %s is run by %s until %s".formatted(jobId, held.node(), held.until()));
            case Claim.NotDue notDue -> LOG.fine(() -> "job %s is due at %s".formatted(jobId, notDue.notBefore()));
        }
    }

    /** How many jobs of the lane this node runs at once. */
    int slots(Lane lane) {
        return lane == Lane.BROWSER ? Math.max(1, browsers.size()) : settings.plainConcurrency();
    }

    /** How many of them it runs in truth: none where it is no worker. */
    int slotsHere(Lane lane) {
        return node.isWorker() ? slots(lane) : 0;
    }

    private void execute(Job job) {
        BrowserOptions options = Jobs.browserOptions(job).onAttempt(job.attempt());
        RunningAttempt attempt =
                new RunningAttempt(job, job.lane() == Lane.BROWSER ? options.engine() : "", ledger, storage, clock);
        running.add(attempt);
        try {
            LogContext.during(job, attempt.browserType(), () -> admit(attempt, options));
        } finally {
            running.remove(attempt);
        }
    }

    /** An attempt that visits a site does so when the site's guard lets it; else the job waits. */
    private void admit(RunningAttempt attempt, BrowserOptions options) {
        Optional<String> site =
                attempt.job().lane() == Lane.BROWSER ? TargetSite.of(attempt.params()) : Optional.empty();
        if (site.isEmpty()) {
            settle(attempt, outcome(attempt, options));
            return;
        }
        switch (sites.enter(site.get())) {
            case SiteGuard.Entry.Granted granted -> settle(attempt, visit(granted.visit(), attempt, options));
            case SiteGuard.Entry.Later later -> park(attempt, later);
        }
    }

    private RunOutcome<JsonNode> visit(SiteGuard.Visit visit, RunningAttempt attempt, BrowserOptions options) {
        Instant began = clock.instant();
        RunOutcome<JsonNode> outcome = null;
        try {
            outcome = outcome(attempt, options);
            return outcome;
        } finally {
            tell(visit, outcome, Duration.between(began, clock.instant()));
        }
    }

    private static void tell(SiteGuard.Visit visit, @Nullable RunOutcome<JsonNode> outcome, Duration took) {
        if (outcome instanceof RunOutcome.Succeeded<JsonNode>) {
            visit.succeeded(took);
        } else if (outcome instanceof RunOutcome.Failed<JsonNode> failed) {
            visit.failed(failed.failure().category(), failed.failure().code(), took);
        } else {
            visit.dropped();
        }
    }

    /** The job waits until the site may be asked again; the attempt does not count. */
    private void park(RunningAttempt attempt, SiteGuard.Entry.Later later) {
        Job job = attempt.job();
        Instant now = clock.instant();
        JobError error =
                JobErrors.of(later.category(), later.code(), later.message(), ErrorCategory.Recovery.WAIT_FOR_BREAKER);
        JobWrite.Park park = new JobWrite.Park(
                job,
                job.attempt(),
                error,
                later.at(),
                JobNotices.retrying(attempt.nextSeq(), now, job.attempt(), later.at(), error, later.message()));
        if (ledger.writeAndWait(park)) {
            meters.parked(job, later.code());
            dispatcher.dispatch(job, later.at());
        } else {
            lost(attempt);
        }
    }

    private RunOutcome<JsonNode> outcome(RunningAttempt attempt, BrowserOptions options) {
        Job job = attempt.job();
        meters.started(job);
        Optional<RegisteredTask> task = tasks.find(job.task());
        if (task.isEmpty()) {
            TaskFailure failure = new TaskFailure(
                    ErrorCategory.INTERNAL,
                    "task_missing",
                    "The task '" + job.task() + "' is not installed on " + node.name() + ".");
            return new RunOutcome.Failed<>(failure, List.of());
        }
        return job.lane() == Lane.PLAIN
                ? runHere(attempt, task.get().task())
                : runInBrowser(attempt, options, task.get().task());
    }

    private RunOutcome<JsonNode> runInBrowser(RunningAttempt attempt, BrowserOptions options, AutomationTask task) {
        BrowserRun<JsonNode> run = browsers.start(
                attempt.job().id().toString(), options, attempt.job().timeout(), page -> {
                    attempt.openedOn(page);
                    return task.run(attempt);
                });
        attempt.interruptWith(run::cancel);
        try {
            return run.await();
        } catch (InterruptedException e) {
            // The server stops and has no time left for its listeners. The interrupt has done what it was for; the
            // message would not be acknowledged with it.
            run.cancel();
            return new RunOutcome.Stopped<>(List.of());
        }
    }

    private RunOutcome<JsonNode> runHere(RunningAttempt attempt, AutomationTask task) {
        Thread thread = Thread.currentThread();
        attempt.interruptWith(thread::interrupt);
        try {
            return new RunOutcome.Succeeded<>(task.run(attempt), List.of());
        } catch (TaskCancelled e) {
            return new RunOutcome.Cancelled<>(List.of());
        } catch (InterruptedException e) {
            return interrupted(attempt);
        } catch (TaskFailure e) {
            return new RunOutcome.Failed<>(e, List.of());
        } catch (RuntimeException | StackOverflowError e) {
            LOG.log(Level.WARNING, "DROVER0031 the task " + attempt.job().task() + " is broken", e);
            return new RunOutcome.Failed<>(
                    new TaskFailure(ErrorCategory.INTERNAL, "task_defect", "The task failed: " + e, e), List.of());
        } finally {
            attempt.interruptWith(() -> {});
            // An interrupt that came too late must not hit the next job on this thread.
            Thread.interrupted();
        }
    }

    private static RunOutcome<JsonNode> interrupted(RunningAttempt attempt) {
        if (attempt.isOverdue()) {
            return tooLate(attempt);
        }
        return attempt.isCancelled() ? new RunOutcome.Cancelled<>(List.of()) : new RunOutcome.Stopped<>(List.of());
    }

    private static RunOutcome<JsonNode> tooLate(RunningAttempt attempt) {
        return new RunOutcome.Failed<>(
                new TaskFailure(
                        ErrorCategory.TIMEOUT,
                        "attempt_timeout",
                        "The attempt took longer than "
                                + attempt.job().timeout().toSeconds() + " s."),
                List.of());
    }

    private void settle(RunningAttempt attempt, RunOutcome<JsonNode> outcome) {
        if (attempt.isLost()) {
            lost(attempt);
            outcome.recorded().forEach(recorded -> discard(recorded.file()));
            return;
        }
        outcome.recorded()
                .forEach(recorded ->
                        attempt.attach(recorded.kind(), recorded.name(), recorded.contentType(), recorded.file()));
        switch (outcome) {
            case RunOutcome.Succeeded<JsonNode> succeeded -> end(attempt, success(attempt, succeeded.value()));
            case RunOutcome.Failed<JsonNode> failed -> unfinished(attempt, () -> failed(attempt, failed.failure()));
            case RunOutcome.Cancelled<JsonNode> cancelled ->
                unfinished(attempt, () -> end(attempt, cancelled(attempt)));
            case RunOutcome.Stopped<JsonNode> stopped -> unfinished(attempt, () -> stopped(attempt));
        }
    }

    /** What the interrupt of a stopping server or of a cancellation makes of a task is not the task's failure. */
    private void unfinished(RunningAttempt attempt, Runnable otherwise) {
        if (attempt.isCancelled()) {
            end(attempt, cancelled(attempt));
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

    private void failed(RunningAttempt attempt, TaskFailure failure) {
        Job job = attempt.job();
        JobError error = JobErrors.of(failure);
        Optional<Duration> pause = retries.pause(job.attempt(), job.maxAttempts(), failure);
        if (pause.isPresent()) {
            retry(attempt, error, clock.instant().plus(pause.get()));
        } else {
            end(attempt, end(attempt, JobStatus.FAILED, null, error, error.message()));
        }
    }

    /** The job waits for its next attempt: in its row, and in the broker for as long. */
    private void retry(RunningAttempt attempt, JobError error, Instant dueAt) {
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
                message,
                attempt.browserType(),
                dueAt,
                now,
                null,
                List.of(JobNotices.retrying(attempt.nextSeq(), now, job.attempt(), dueAt, error, message)));
        if (end(attempt, settle)) {
            dispatcher.dispatch(job, dueAt);
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
            lost(attempt);
        }
    }

    private boolean end(RunningAttempt attempt, JobWrite.Settle end) {
        boolean accepted = ledger.writeAndWait(end);
        if (accepted) {
            meters.ended(attempt.job(), end);
            JobError error = end.error();
            if (error != null) {
                LOG.info(() -> "DROVER0034 attempt %d of %d failed: %s, %s"
                        .formatted(
                                attempt.job().attempt(), attempt.job().maxAttempts(), error.category(), error.code()));
            }
        } else {
            lost(attempt);
        }
        return accepted;
    }

    private static void lost(RunningAttempt attempt) {
        LOG.warning(() -> "DROVER0032 attempt %d of job %s was lost: another one has begun, its result is dropped"
                .formatted(attempt.job().attempt(), attempt.job().id()));
    }

    private JobWrite.Settle success(RunningAttempt attempt, @Nullable JsonNode value) {
        String result = value == null ? "null" : value.toString();
        if (result.length() > LARGEST_RESULT) {
            attempt.attach(
                    ArtifactKind.RESULT, "result.json", "application/json", result.getBytes(StandardCharsets.UTF_8));
            result = "{\"artifact\":\"result.json\",\"size\":" + result.length() + "}";
        }
        return end(attempt, JobStatus.SUCCEEDED, result, null, "Done");
    }

    private JobWrite.Settle cancelled(RunningAttempt attempt) {
        return end(attempt, JobStatus.CANCELLED, null, null, "Cancelled");
    }

    private JobWrite.Settle end(
            RunningAttempt attempt,
            JobStatus status,
            @Nullable String result,
            @Nullable JobError error,
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
                RunningAttempt.shortened(message),
                attempt.browserType(),
                null,
                now,
                now.plus(settings.keptAfter(status, job.ttl())),
                List.of(JobNotices.completed(attempt.nextSeq(), now, status, message, ran, result, error)));
    }

    private static void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.log(Level.FINE, "a recording of a lost attempt stays in the temporary folder", e);
        }
    }
}

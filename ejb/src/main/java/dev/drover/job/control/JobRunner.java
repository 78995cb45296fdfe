// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.browser.control.BrowserPool;
import dev.drover.browser.control.BrowserRun;
import dev.drover.browser.control.RunOutcome;
import dev.drover.browser.control.StorageState;
import dev.drover.job.entity.Claim;
import dev.drover.job.entity.Job;
import dev.drover.job.entity.JobError;
import dev.drover.job.entity.JobFallback;
import dev.drover.job.entity.JobStatus;
import dev.drover.job.entity.JobWrite;
import dev.drover.job.entity.Lane;
import dev.drover.security.entity.Owner;
import dev.drover.system.control.NodeIdentity;
import dev.drover.task.control.AutomationTask;
import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.RegisteredTask;
import dev.drover.task.control.TaskCancelled;
import dev.drover.task.control.TaskFailure;
import dev.drover.task.control.TaskRegistry;
import dev.drover.vault.control.CapturedSessions;
import dev.drover.vault.control.Opening;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Runs one attempt of a job, from the claim to the settlement, on the thread of the message that asked for it. */
@ApplicationScoped
public class JobRunner {

    private static final Logger LOG = Logger.getLogger(JobRunner.class.getName());

    private JobLedger ledger;
    private TaskRegistry tasks;
    private BrowserPool browsers;
    private SiteGuard sites;
    private CapturedSessions captured;
    private ArtifactStorage storage;
    private RunningJobs running;
    private HumanDesk desk;
    private Fallbacks fallbacks;
    private Settlements settlements;
    private UserSlots slots;
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
            CapturedSessions captured,
            ArtifactStorage storage,
            RunningJobs running,
            HumanDesk desk,
            Dispatcher dispatcher,
            Fallbacks fallbacks,
            JobSettings settings,
            JobMeters meters,
            NodeIdentity node,
            Clock clock) {
        this.ledger = ledger;
        this.tasks = tasks;
        this.browsers = browsers;
        this.sites = sites;
        this.captured = captured;
        this.storage = storage;
        this.running = running;
        this.desk = desk;
        this.fallbacks = fallbacks;
        this.settlements =
                new Settlements(ledger, new LastWords(tasks), dispatcher, fallbacks, settings, meters, clock);
        this.slots = new UserSlots(settings.runningPerUser());
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
        Optional<RegisteredTask> task = tasks.find(job.task());
        AttemptPlan plan = planned(job, task);
        RunningAttempt attempt = new RunningAttempt(plan, ledger, storage, desk, clock);
        running.add(attempt);
        try {
            LogContext.during(job, attempt.browserType(), () -> admit(attempt, task));
        } finally {
            running.remove(attempt);
        }
    }

    private AttemptPlan planned(Job job, Optional<RegisteredTask> task) {
        AttemptPlan plan = AttemptPlan.of(job, task);
        return plan.fallback() == null ? fallbacks.onStart(plan).map(plan::by).orElse(plan) : plan;
    }

    /** No user has more than a share of the node at once: the rest of the jobs come again. */
    private void admit(RunningAttempt attempt, Optional<RegisteredTask> task) {
        boolean asksPeople = task.map(known -> known.task().asksPeople()).orElse(false);
        if (asksPeople && desk.isFull(attempt.job().lane())) {
            // Before it takes a browser from those that work.
            settlements.waitForAPlace(attempt);
            return;
        }
        Owner owner = attempt.job().owner();
        Instant again = slots.take(owner, clock.instant());
        if (again != null) {
            JobError busy = JobErrors.of(
                    ErrorCategory.LOST_WORKER,
                    "user_busy",
                    "As many jobs of '%s' run on this server as may.".formatted(owner.user()),
                    ErrorCategory.Recovery.RETRY);
            settlements.park(attempt, busy, again);
            return;
        }
        try {
            enter(attempt, task);
        } finally {
            slots.free(owner);
        }
    }

    /** An attempt that visits a site does so when the site's guard lets it. */
    private void enter(RunningAttempt attempt, Optional<RegisteredTask> task) {
        Optional<String> site = attempt.plan().site();
        if (site.isEmpty()) {
            settlements.settle(attempt, outcome(attempt, task));
            return;
        }
        switch (sites.enter(site.get())) {
            case SiteGuard.Entry.Granted granted -> settlements.settle(attempt, visit(granted.visit(), attempt, task));
            case SiteGuard.Entry.Later later -> putOff(attempt, task, later);
        }
    }

    /** The job goes another way around a site that is left alone, else waits until the site may be asked again. */
    private void putOff(RunningAttempt attempt, Optional<RegisteredTask> task, SiteGuard.Entry.Later later) {
        AttemptPlan plan = attempt.plan();
        Optional<JobFallback> around =
                later.siteFailed() && plan.fallback() == null ? fallbacks.onClosedSite(plan) : Optional.empty();
        if (around.isPresent()) {
            attempt.goesBy(around.get());
            enter(attempt, task);
            return;
        }
        JobError error =
                JobErrors.of(later.category(), later.code(), later.message(), ErrorCategory.Recovery.WAIT_FOR_BREAKER);
        if (!later.siteFailed() || !settlements.substitute(attempt, error)) {
            settlements.park(attempt, error, later.at());
        }
    }

    private RunOutcome<JsonNode> visit(SiteGuard.Visit visit, RunningAttempt attempt, Optional<RegisteredTask> task) {
        Instant began = clock.instant();
        RunOutcome<JsonNode> outcome = null;
        try {
            outcome = outcome(attempt, task);
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

    private RunOutcome<JsonNode> outcome(RunningAttempt attempt, Optional<RegisteredTask> task) {
        Job job = attempt.job();
        meters.started(job);
        if (task.isEmpty()) {
            return failed(
                    ErrorCategory.INTERNAL,
                    "task_missing",
                    "The task '" + job.task() + "' is not installed on " + node.name() + ".");
        }
        return job.lane() == Lane.PLAIN
                ? runHere(attempt, task.get().task())
                : signIn(attempt, task.get().task());
    }

    /** What it is signed in with was there when the job came, and may have gone since: that no further attempt mends. */
    private RunOutcome<JsonNode> signIn(RunningAttempt attempt, AutomationTask task) {
        String name = attempt.plan().options().capturedSession();
        if (name == null) {
            return runInBrowser(attempt, null, task);
        }
        return switch (captured.open(attempt.job().owner(), name)) {
            case Opening.Opened opened -> runInBrowser(attempt, opened.state(), task);
            case Opening.Gone gone ->
                failed(
                        ErrorCategory.INVALID_INPUT,
                        "captured_session_gone",
                        "The captured session '" + name
                                + "' is not there any more: it was removed, or its time is over."
                                + " Capture it again and send a new job.");
            case Opening.Locked locked -> failed(ErrorCategory.INTERNAL, "captured_session_locked", locked.reason());
        };
    }

    private static RunOutcome<JsonNode> failed(ErrorCategory category, String code, String message) {
        return new RunOutcome.Failed<>(new TaskFailure(category, code, message), List.of());
    }

    private RunOutcome<JsonNode> runInBrowser(
            RunningAttempt attempt, @Nullable StorageState state, AutomationTask task) {
        BrowserRun<JsonNode> run = browsers.start(
                attempt.job().id().toString(),
                attempt.plan().options(),
                state,
                attempt.job().timeout(),
                page -> {
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
        return failed(
                ErrorCategory.TIMEOUT,
                "attempt_timeout",
                "The attempt took longer than " + attempt.job().timeout().toSeconds() + " s.");
    }
}

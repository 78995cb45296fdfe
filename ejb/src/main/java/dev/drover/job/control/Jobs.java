// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.browser.control.BrowserOptions;
import dev.drover.event.entity.EventType;
import dev.drover.event.entity.JobEvent;
import dev.drover.job.entity.Artifact;
import dev.drover.job.entity.Attempt;
import dev.drover.job.entity.Batch;
import dev.drover.job.entity.Job;
import dev.drover.job.entity.JobFilter;
import dev.drover.job.entity.JobPriority;
import dev.drover.job.entity.JobQueries;
import dev.drover.job.entity.JobStatus;
import dev.drover.job.entity.JobWrite;
import dev.drover.job.entity.Lane;
import dev.drover.job.entity.NewJob;
import dev.drover.security.control.Caller;
import dev.drover.security.entity.Scope;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.DroverException.Violation;
import dev.drover.system.control.ErrorCode;
import dev.drover.system.control.Json;
import dev.drover.system.control.egress.EgressRules;
import dev.drover.task.control.ParamsCheck;
import dev.drover.task.control.RegisteredTask;
import dev.drover.task.control.TaskDescriptor;
import dev.drover.task.control.TaskRegistry;
import dev.drover.vault.control.CapturedSessions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** What callers do with jobs: submit, look, cancel. Everything goes through the caller's scope. */
@ApplicationScoped
public class Jobs {

    private static final int PAGE = 500;

    private TaskRegistry tasks;
    private JobLedger ledger;
    private Dispatcher dispatcher;
    private JobQueries queries;
    private RunningJobs running;
    private FairShare shares;
    private Intake intake;
    private EgressRules egress;
    private CapturedSessions captured;
    private ArtifactStorage storage;
    private JobRunner runner;
    private LastWords lastWords;
    private JobSettings settings;
    private JobMeters meters;
    private Clock clock;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected Jobs() {}

    @Inject
    public Jobs(
            TaskRegistry tasks,
            JobLedger ledger,
            Dispatcher dispatcher,
            JobQueries queries,
            RunningJobs running,
            FairShare shares,
            Intake intake,
            EgressRules egress,
            CapturedSessions captured,
            ArtifactStorage storage,
            JobRunner runner,
            LastWords lastWords,
            JobSettings settings,
            JobMeters meters,
            Clock clock) {
        this.tasks = tasks;
        this.ledger = ledger;
        this.dispatcher = dispatcher;
        this.queries = queries;
        this.running = running;
        this.shares = shares;
        this.intake = intake;
        this.egress = egress;
        this.captured = captured;
        this.storage = storage;
        this.runner = runner;
        this.lastWords = lastWords;
        this.settings = settings;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Accepts a job: when this returns, the job is on disk and will be run. A submission that names an id which exists
     * already makes no second job: the first one is returned.
     *
     * @throws DroverException when the task is unknown or something in the submission does not fit
     */
    public Job submit(Caller caller, JobSubmission submission) {
        NewJob accepted = prepared(caller, submission);
        shares.admit(accepted.owner(), 1);
        Job job;
        try {
            job = ledger.writeAndWait(submit(accepted));
        } catch (PersistenceException e) {
            if (submission.id() == null) {
                throw e;
            }
            return find(caller, submission.id()).orElseThrow(() -> e);
        }
        dispatcher.dispatch(job);
        meters.submitted(job.task());
        return job;
    }

    private NewJob prepared(Caller caller, JobSubmission submission) {
        RegisteredTask task = tasks.find(submission.task())
                .orElseThrow(() -> new DroverException(
                        ErrorCode.UNKNOWN_TASK, "There is no task '" + submission.task() + "' on this server."));
        if (task.task().isForAdministrators() && !caller.isAdmin()) {
            throw new DroverException(ErrorCode.FORBIDDEN, "The task '" + task.name() + "' is for administrators.");
        }
        ObjectNode params = valid(task, submission);
        checkWebhook(submission.webhookUrl());
        checkCaptured(caller, submission);
        NewJob accepted = accept(caller, submission, task.descriptor(), params.toString());
        intake.admit(accepted.lane(), accepted.priority());
        return accepted;
    }

    private static JobWrite.Submit submit(NewJob accepted) {
        JobStatus status = accepted.firstStatus();
        String message = status == JobStatus.QUEUED ? "Waiting for a worker" : "Waiting for its time";
        JobEvent event = new JobEvent(
                accepted.id(),
                1,
                accepted.owner(),
                accepted.task(),
                EventType.STATUS_UPDATE,
                accepted.createdAt(),
                JobNotices.statusData(status, null, 0, message));
        return new JobWrite.Submit(accepted, event);
    }

    private ObjectNode valid(RegisteredTask task, JobSubmission submission) {
        Duration timeout = submission.timeout();
        if (timeout != null && timeout.compareTo(settings.longestTimeout()) > 0) {
            throw new DroverException(
                    ErrorCode.INVALID_REQUEST,
                    "timeout_seconds is too long.",
                    List.of(new Violation(
                            "/timeout_seconds",
                            "at most " + settings.longestTimeout().toSeconds())));
        }
        return switch (task.validator().check(submission.params())) {
            case ParamsCheck.Accepted accepted -> {
                refuseIfAny(task, task.task().objections(accepted.params()));
                yield accepted.params();
            }
            case ParamsCheck.Refused refused -> throw misfit(task, refused.violations());
        };
    }

    /** What can never be sent is refused now, not when the first event is there. */
    private void checkWebhook(@Nullable String url) {
        if (url != null) {
            egress.refusal(URI.create(url)).ifPresent(reason -> {
                throw new DroverException(
                        ErrorCode.INVALID_REQUEST,
                        "webhook_url cannot be used.",
                        List.of(new Violation("/webhook_url", reason)));
            });
        }
    }

    private void checkCaptured(Caller caller, JobSubmission submission) {
        String name = submission.browser() == null ? null : submission.browser().capturedSession();
        if (name != null) {
            captured.check(caller.ownerFor(submission.user()), name);
        }
    }

    private static void refuseIfAny(RegisteredTask task, List<ParamsCheck.Violation> objections) {
        if (!objections.isEmpty()) {
            throw misfit(task, objections);
        }
    }

    private static DroverException misfit(RegisteredTask task, List<ParamsCheck.Violation> violations) {
        return new DroverException(
                ErrorCode.INVALID_PARAMS,
                "The parameters do not fit the task '" + task.name() + "'.",
                violations.stream()
                        .map(violation -> new Violation(violation.pointer(), violation.message()))
                        .toList());
    }

    private NewJob accept(Caller caller, JobSubmission submission, TaskDescriptor descriptor, String params) {
        if (params.length() > settings.largestParams()) {
            throw new DroverException(
                    ErrorCode.BODY_TOO_LARGE,
                    "The parameters may have " + settings.largestParams() / 1024 + " kilobytes.");
        }
        Instant now = clock.instant();
        String traceParent = submission.traceParent();
        return new NewJob(
                orElse(submission.id(), NewJob.nextId()),
                caller.ownerFor(submission.user()),
                descriptor.name(),
                descriptor.needsBrowser() ? Lane.BROWSER : Lane.PLAIN,
                params,
                submission.browser() == null ? "{}" : Json.write(submission.browser()),
                submission.labels(),
                submission.labels().isEmpty() ? "{}" : Json.write(submission.labels()),
                orElse(submission.priority(), JobPriority.NORMAL),
                orElse(submission.maxAttempts(), settings.maxAttempts(descriptor)),
                orElse(submission.timeout(), descriptor.defaultTimeout()),
                orElse(submission.ttl(), settings.ttl()),
                submission.notBefore(),
                submission.webhookUrl(),
                traceParent == null ? newTraceId() : traceParent.substring(3, 35),
                traceParent,
                now);
    }

    private static <T> T orElse(@Nullable T value, T other) {
        return value == null ? other : value;
    }

    private static String newTraceId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return "%016x%016x".formatted(random.nextLong(), random.nextLong());
    }

    public Optional<Job> find(Caller caller, UUID id) {
        return queries.find(caller.scope(), id);
    }

    /** At most {@code limit} jobs that the caller may see, newest first. */
    public List<Job> list(Caller caller, JobFilter filter, int limit) {
        return queries.list(caller.scope(), filter, limit);
    }

    /**
     * Cancels a job: at once when no attempt is going on, else by asking the attempt to stop.
     *
     * @param force ends the attempt's browser when the task does not stop by itself
     */
    public Cancellation cancel(Caller caller, UUID id, @Nullable String reason, boolean force) {
        return cancel(caller.scope(), id, reason, force);
    }

    private Cancellation cancel(Scope scope, UUID id, @Nullable String reason, boolean force) {
        // The job may move on between the read and the write: then its new status decides. It moves forward only.
        while (true) {
            Optional<Job> found = queries.find(scope, id);
            if (found.isEmpty()) {
                return new Cancellation.Unknown();
            }
            Job job = found.get();
            if (job.status().isTerminal()) {
                return new Cancellation.AlreadyEnded(job.status());
            }
            if (job.status().isActive()) {
                if (ledger.writeAndWait(new JobWrite.RequestCancel(id, reason, force))) {
                    // An attempt on another node reads the request from the row within a second.
                    running.cancel(id, force);
                    return new Cancellation.Requested(job);
                }
            } else if (withdraw(job, reason)) {
                return new Cancellation.Done(queries.find(scope, id).orElse(job));
            }
        }
    }

    private JobWrite.Withdraw withdrawal(Job job, @Nullable String reason) {
        Instant now = clock.instant();
        String message = reason == null ? "Cancelled" : "Cancelled: " + reason;
        return new JobWrite.Withdraw(
                job,
                reason,
                now,
                now.plus(job.ttl()),
                lastWords.of(job, JobEnd.withoutAttempt(now, JobStatus.CANCELLED, message, null)));
    }

    private boolean withdraw(Job job, @Nullable String reason) {
        boolean withdrawn = ledger.writeAndWait(withdrawal(job, reason));
        if (withdrawn) {
            meters.ended(job.task(), JobStatus.CANCELLED);
        }
        return withdrawn;
    }

    /**
     * Cancels every job that the caller may see and that fits the filter: at once where no attempt is going on, else by
     * asking the attempt to stop.
     *
     * @return how many were cancelled or asked
     */
    public int cancelAll(Caller caller, JobFilter filter, @Nullable String reason, boolean force) {
        return onEach(caller, filter, page -> {
            List<Job> toAsk = new ArrayList<>();
            List<Job> waiting = new ArrayList<>();
            page.forEach(job -> (job.status().isActive() ? toAsk : waiting).add(job));
            List<Boolean> withdrawn = ledger.writeAndWait(
                    waiting.stream().map(job -> withdrawal(job, reason)).toList());
            for (int i = 0; i < waiting.size(); i++) {
                if (withdrawn.get(i)) {
                    meters.ended(waiting.get(i).task(), JobStatus.CANCELLED);
                } else {
                    // It began, or moved on in another way, since it was read.
                    toAsk.add(waiting.get(i));
                }
            }
            return page.size() - toAsk.size() + cancelEach(caller, toAsk, reason, force);
        });
    }

    private int cancelEach(Caller caller, List<Job> some, @Nullable String reason, boolean force) {
        int cancelled = 0;
        for (Job job : some) {
            Cancellation result = cancel(caller, job.id(), reason, force);
            cancelled += result instanceof Cancellation.Done || result instanceof Cancellation.Requested ? 1 : 0;
        }
        return cancelled;
    }

    /** Goes through all jobs that fit, newest first, page by page. */
    private int onEach(Caller caller, JobFilter filter, ToIntFunction<List<Job>> action) {
        int changed = 0;
        UUID before = filter.before();
        while (true) {
            List<Job> page = queries.list(caller.scope(), filter.before(before), PAGE);
            changed += action.applyAsInt(page);
            if (page.size() < PAGE) {
                return changed;
            }
            before = page.getLast().id();
        }
    }

    /**
     * Sends a failed job back to the queue, with its history.
     *
     * @param resetAttempts gives it as many attempts as it had at first; else it gets one
     * @return the job as it is now; nothing when there is no such job in the caller's dead letters
     */
    public Optional<Job> replay(Caller caller, UUID id, boolean resetAttempts) {
        return find(caller, id)
                .filter(job -> job.status() == JobStatus.FAILED)
                .filter(job -> replay(List.of(job), resetAttempts) == 1)
                .flatMap(job -> find(caller, id));
    }

    /** Sends every failed job that fits the filter back to the queue. Returns how many. */
    public int replayAll(Caller caller, JobFilter filter, boolean resetAttempts) {
        return onEach(caller, filter.in(JobStatus.FAILED), page -> replay(page, resetAttempts));
    }

    private int replay(List<Job> failed, boolean resetAttempts) {
        Instant now = clock.instant();
        List<Boolean> replayed = ledger.writeAndWait(failed.stream()
                .map(job -> new JobWrite.Replay(
                        job,
                        job.attempt() + (resetAttempts ? attemptsOf(job) : 1),
                        JobNotices.status(job.lastSeq() + 1, now, JobStatus.QUEUED, "Replayed")))
                .toList());
        int count = 0;
        for (int i = 0; i < failed.size(); i++) {
            if (replayed.get(i)) {
                dispatcher.dispatch(failed.get(i), null);
                count++;
            }
        }
        return count;
    }

    private int attemptsOf(Job job) {
        return tasks.find(job.task())
                .map(task -> settings.maxAttempts(task.descriptor()))
                .orElse(settings.maxAttempts());
    }

    /** Removes a failed job with its files. False when there is no such job in the caller's dead letters. */
    public boolean removeDeadLetter(Caller caller, UUID id) {
        return find(caller, id)
                .filter(job -> job.status() == JobStatus.FAILED)
                .map(job -> {
                    storage.remove(id);
                    ledger.remove(List.of(id));
                    return true;
                })
                .orElse(false);
    }

    /** How many failed jobs the caller may see, by the category of their last error. */
    public Map<String, Long> deadLettersByCategory(Caller caller) {
        return queries.failedByCategory(caller.scope());
    }

    /**
     * Accepts many jobs at once, all or none.
     *
     * @param id of the batch
     * @throws DroverException when something in one of the submissions does not fit; the pointers begin with its place
     */
    public BatchProgress submitBatch(Caller caller, UUID id, List<JobSubmission> submissions) {
        List<Violation> violations = new ArrayList<>();
        List<JobWrite.Submit> writes = new ArrayList<>();
        for (int i = 0; i < submissions.size(); i++) {
            try {
                writes.add(submit(prepared(caller, submissions.get(i))));
            } catch (DroverException e) {
                if (e.code().httpStatus() >= 500) {
                    throw e;
                }
                violations.addAll(placed("/jobs/" + i, e));
            }
        }
        if (!violations.isEmpty()) {
            throw new DroverException(
                    ErrorCode.INVALID_REQUEST, "Some of the jobs do not fit; none was accepted.", violations);
        }
        shares.admit(caller.ownerFor(null), writes.size());
        Batch batch = new Batch(id, caller.ownerFor(null), writes.size(), clock.instant());
        try {
            ledger.writeAndWait(new JobWrite.SubmitBatch(batch, writes)).forEach(job -> {
                dispatcher.dispatch(job);
                meters.submitted(job.task());
            });
        } catch (PersistenceException e) {
            // The same request came a second time while the first was answered, and lost.
            return batch(caller, id).orElseThrow(() -> e);
        }
        return progress(batch);
    }

    private static List<Violation> placed(String place, DroverException refused) {
        if (refused.violations().isEmpty()) {
            return List.of(new Violation(place, String.valueOf(refused.getMessage())));
        }
        return refused.under(refused.code() == ErrorCode.INVALID_PARAMS ? place + "/params" : place)
                .violations();
    }

    public Optional<BatchProgress> batch(Caller caller, UUID id) {
        return queries.batch(caller.scope(), id).map(this::progress);
    }

    private BatchProgress progress(Batch batch) {
        return new BatchProgress(batch, queries.countOfBatch(batch.id()));
    }

    /** The ids of the jobs of a batch that are still there, in the order in which they were given. */
    public List<UUID> idsOfBatch(Batch batch) {
        return queries.idsOfBatch(batch.id());
    }

    /** The jobs of a batch, in the order in which they were given. */
    public List<Job> jobsOfBatch(Batch batch, @Nullable UUID after, int limit) {
        return queries.jobsOfBatch(batch.id(), after, limit);
    }

    /** Cancels the jobs of a batch that have not ended. Returns how many were cancelled or asked to stop. */
    public int cancelBatch(Caller caller, Batch batch, @Nullable String reason, boolean force) {
        int cancelled = 0;
        UUID after = null;
        while (true) {
            List<Job> page = queries.jobsOfBatch(batch.id(), after, PAGE);
            cancelled += cancelEach(
                    caller,
                    page.stream().filter(job -> !job.status().isTerminal()).toList(),
                    reason,
                    force);
            if (page.size() < PAGE) {
                return cancelled;
            }
            after = page.getLast().id();
        }
    }

    public List<Attempt> attempts(Job job) {
        return queries.attempts(job.id());
    }

    public List<Artifact> artifacts(Job job) {
        return queries.artifacts(job.id());
    }

    public Optional<Artifact> artifact(Job job, String name) {
        return queries.artifact(job.id(), name);
    }

    /** How many jobs will be started before this one; 0 for the next, nothing for a job that is not queued. */
    public OptionalLong queuePosition(Job job) {
        return job.status() == JobStatus.QUEUED ? OptionalLong.of(queries.queuedBefore(job)) : OptionalLong.empty();
    }

    /** In how many seconds the job will probably end, from what jobs of its task took lately; nothing when unknown. */
    public OptionalLong etaSeconds(Job job) {
        Optional<Duration> usual = meters.usualDuration(job.task());
        if (usual.isEmpty() || job.status().isTerminal()) {
            return OptionalLong.empty();
        }
        double seconds = usual.get().toMillis() / 1000.0;
        Instant started = job.attemptStartedAt();
        if (job.status().isActive() && started != null) {
            double left = seconds - Duration.between(started, clock.instant()).toMillis() / 1000.0;
            return OptionalLong.of(Math.max(0, Math.round(left)));
        }
        OptionalLong before = queuePosition(job);
        return before.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(
                        (long) Math.ceil(seconds * (before.getAsLong() / (double) runner.slots(job.lane()) + 1)));
    }

    /** How many jobs there are in each status. */
    public Map<JobStatus, Long> counts() {
        return queries.countByStatus();
    }

    /** What a job asked of its browser. */
    public static BrowserOptions browserOptions(Job job) {
        return "{}".equals(job.options())
                ? BrowserOptions.DEFAULT
                : Json.MAPPER.convertValue(Json.read(job.options()), BrowserOptions.class);
    }
}

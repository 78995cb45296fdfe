// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.browser.control.BrowserOptions;
import dev.drover.event.entity.EventType;
import dev.drover.event.entity.JobEvent;
import dev.drover.job.entity.Artifact;
import dev.drover.job.entity.Attempt;
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
import dev.drover.task.control.ParamsCheck;
import dev.drover.task.control.RegisteredTask;
import dev.drover.task.control.TaskDescriptor;
import dev.drover.task.control.TaskRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** What callers do with jobs: submit, look, cancel. Everything goes through the caller's scope. */
@ApplicationScoped
public class Jobs {

    private static final int PURGE_PAGE = 500;

    private TaskRegistry tasks;
    private JobLedger ledger;
    private Dispatcher dispatcher;
    private JobQueries queries;
    private RunningJobs running;
    private JobRunner runner;
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
            JobRunner runner,
            JobSettings settings,
            JobMeters meters,
            Clock clock) {
        this.tasks = tasks;
        this.ledger = ledger;
        this.dispatcher = dispatcher;
        this.queries = queries;
        this.running = running;
        this.runner = runner;
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
        RegisteredTask task = tasks.find(submission.task())
                .orElseThrow(() -> new DroverException(
                        ErrorCode.UNKNOWN_TASK, "There is no task '" + submission.task() + "' on this server."));
        TaskDescriptor descriptor = task.descriptor();
        ObjectNode params = valid(task, submission);
        NewJob accepted = accept(caller, submission, descriptor, params.toString());
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
        Job job;
        try {
            job = ledger.writeAndWait(new JobWrite.Submit(accepted, event));
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
            case ParamsCheck.Accepted accepted -> accepted.params();
            case ParamsCheck.Refused refused ->
                throw new DroverException(
                        ErrorCode.INVALID_PARAMS,
                        "The parameters do not fit the task '" + task.name() + "'.",
                        refused.violations().stream()
                                .map(violation -> new Violation(violation.pointer(), violation.message()))
                                .toList());
        };
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
                orElse(submission.maxAttempts(), settings.maxAttempts()),
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

    private boolean withdraw(Job job, @Nullable String reason) {
        Instant now = clock.instant();
        String message = reason == null ? "Cancelled" : "Cancelled: " + reason;
        boolean withdrawn = ledger.writeAndWait(new JobWrite.Withdraw(
                job,
                reason,
                now,
                now.plus(job.ttl()),
                JobNotices.completed(job.lastSeq() + 1, now, JobStatus.CANCELLED, message, null, null, null)));
        if (withdrawn) {
            meters.ended(job.task(), JobStatus.CANCELLED);
        }
        return withdrawn;
    }

    /** Cancels every job that the caller may see and that waits in the queue. Returns how many. */
    public int cancelQueued(Caller caller, @Nullable String reason) {
        int cancelled = 0;
        UUID before = null;
        while (true) {
            List<Job> page = queries.list(
                    caller.scope(),
                    new JobFilter(Set.of(JobStatus.QUEUED, JobStatus.SCHEDULED), null, null, Map.of(), before),
                    PURGE_PAGE);
            for (Job job : page) {
                cancelled += withdraw(job, reason) ? 1 : 0;
                before = job.id();
            }
            if (page.size() < PURGE_PAGE) {
                return cancelled;
            }
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

// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.drover.browser.control.BrowserOptions;
import dev.drover.browser.control.BrowserPool;
import dev.drover.browser.control.BrowserRun;
import dev.drover.browser.control.BrowserWork;
import dev.drover.browser.control.EngineStatus;
import dev.drover.browser.control.RunOutcome;
import dev.drover.browser.control.StorageState;
import dev.drover.browser.control.WorkerStatus;
import dev.drover.event.entity.EventType;
import dev.drover.event.entity.JobEvent;
import dev.drover.job.entity.Claim;
import dev.drover.job.entity.HumanStep;
import dev.drover.job.entity.HumanStepQueries;
import dev.drover.job.entity.Job;
import dev.drover.job.entity.JobError;
import dev.drover.job.entity.JobFallback;
import dev.drover.job.entity.JobPriority;
import dev.drover.job.entity.JobStatus;
import dev.drover.job.entity.JobWrite;
import dev.drover.job.entity.Lane;
import dev.drover.job.entity.NewJob;
import dev.drover.security.entity.Owner;
import dev.drover.system.control.NodeIdentity;
import dev.drover.task.control.AutomationTask;
import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.HumanAnswer;
import dev.drover.task.control.ParamsValidator;
import dev.drover.task.control.RegisteredTask;
import dev.drover.task.control.TaskContext;
import dev.drover.task.control.TaskDescriptor;
import dev.drover.task.control.TaskFailure;
import dev.drover.task.control.TaskRegistry;
import dev.drover.vault.control.CapturedSessions;
import dev.drover.vault.control.Opening;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A job room with one task, whose ledger only notes what is written and whose browsers answer as they are told. */
final class JobRoom {

    /** What a test's task does. */
    interface Body {
        JsonNode run(TaskContext context) throws InterruptedException;
    }

    final Ledger ledger = new Ledger();
    final Browsers browsers = new Browsers();
    final Guard guard = new Guard();
    final Vault vault = new Vault();
    String options = "{}";
    final Others fallbacks = new Others();
    final JobSettings settings;
    final RunningJobs running;
    final List<JobStatus> ended = new CopyOnWriteArrayList<>();
    final List<@Nullable Instant> dispatched = new CopyOnWriteArrayList<>();
    private final UUID jobId = UUID.fromString("01980c8e-7f3a-7cc1-b4a5-2c5b8d1f0e6a");
    final HumanDesk desk;
    final JobRunner runner;

    JobRoom(Body body) {
        this(body, 0);
    }

    /** @param runningPerUser how many jobs of one user run at once; 0 is no limit */
    JobRoom(Body body, int runningPerUser) {
        settings = settings(1_000, runningPerUser, Map.of());
        running = new RunningJobs(settings);
        Clock clock = Clock.systemUTC();
        desk = new HumanDesk(
                ledger,
                new Steps(),
                new Links(),
                browsers,
                new HumanSettings(Optional.empty(), ""),
                settings,
                new Meters(),
                clock);
        runner = new JobRunner(
                ledger,
                new OneTask(body),
                browsers,
                guard,
                vault,
                new ArtifactStorage(Path.of("target/artifacts")),
                running,
                desk,
                new Dispatches(),
                fallbacks,
                settings,
                new Meters(),
                new Node(),
                clock);
    }

    static JobSettings settings(int queuedPerUser, Map<String, Integer> weights) {
        return settings(queuedPerUser, 0, weights);
    }

    private static JobSettings settings(int queuedPerUser, int runningPerUser, Map<String, Integer> weights) {
        return new JobSettings(
                Duration.ofHours(1),
                Duration.ofHours(1),
                Duration.ofHours(1),
                3,
                Map.of(),
                Duration.ofSeconds(30),
                Duration.ofMinutes(15),
                1 << 20,
                4,
                Duration.ofSeconds(2),
                Duration.ofMinutes(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                queuedPerUser,
                runningPerUser,
                weights,
                Duration.ofMinutes(1));
    }

    UUID jobId() {
        return jobId;
    }

    /** Runs the given attempt of a job, on this thread. */
    void run(Lane lane, int attempt, int maxAttempts) {
        ledger.claimed = claimed(lane, attempt, maxAttempts);
        runner.run(jobId);
    }

    CompletableFuture<Void> runBeside(Lane lane, int attempt, int maxAttempts) {
        return CompletableFuture.runAsync(() -> run(lane, attempt, maxAttempts));
    }

    private Job claimed(Lane lane, int attempt, int maxAttempts) {
        NewJob accepted = new NewJob(
                jobId,
                new Owner("default", "alice"),
                "thing",
                lane,
                "{\"url\": \"http://Shop.example:8080/cart\"}",
                options,
                Map.of(),
                "{}",
                JobPriority.NORMAL,
                maxAttempts,
                Duration.ofSeconds(60),
                Duration.ofHours(1),
                null,
                null,
                "0".repeat(32),
                null,
                Instant.now());
        return new ClaimedJob(accepted, attempt);
    }

    /** A row that a node has claimed for an attempt. */
    private static final class ClaimedJob extends Job {
        private final int attempt;

        ClaimedJob(NewJob accepted, int attempt) {
            super(accepted);
            this.attempt = attempt;
        }

        @Override
        public int attempt() {
            return attempt;
        }
    }

    /** Answers as a database would that nobody else writes to. */
    final class Ledger extends JobLedger {
        private final List<JobWrite<?>> writes = new CopyOnWriteArrayList<>();
        private @Nullable Job claimed;

        List<JobWrite<?>> writes() {
            return writes;
        }

        JobWrite.Settle settled() {
            return only(JobWrite.Settle.class);
        }

        List<HumanStep> questions() {
            return writes.stream()
                    .filter(JobWrite.Ask.class::isInstance)
                    .map(write -> ((JobWrite.Ask) write).step())
                    .toList();
        }

        /** The first question, once it is asked. */
        HumanStep asked() {
            return Awaitility.await()
                    .until(this::questions, asked -> !asked.isEmpty())
                    .getFirst();
        }

        /** What was told of this kind. */
        JobWrite.Notice notice(EventType type) {
            return writes.stream()
                    .filter(JobWrite.Noted.class::isInstance)
                    .map(write -> ((JobWrite.Noted) write).notice())
                    .filter(notice -> notice.type() == type)
                    .findFirst()
                    .orElseThrow();
        }

        JobWrite.GoOn wentOn() {
            return only(JobWrite.GoOn.class);
        }

        JobWrite.HandBack handedBack() {
            return only(JobWrite.HandBack.class);
        }

        JobWrite.Park parked() {
            return only(JobWrite.Park.class);
        }

        private <W> W only(Class<W> kind) {
            List<W> found =
                    writes.stream().filter(kind::isInstance).map(kind::cast).toList();
            if (found.size() != 1) {
                throw new AssertionError("not one " + kind.getSimpleName() + " in " + writes);
            }
            return found.getFirst();
        }

        @Override
        <R> void write(JobWrite<R> write, BiConsumer<? super @Nullable R, ? super @Nullable Throwable> answered) {
            answered.accept(writeAndWait(write), null);
        }

        @Override
        @SuppressWarnings("unchecked") // as the store answers
        public <R> R writeAndWait(JobWrite<R> write) {
            writes.add(write);
            Job job = claimed;
            if (write instanceof JobWrite.Take take && job != null) {
                JobEvent started = new JobEvent(
                        job.id(), 2, job.owner(), job.task(), EventType.STATUS_UPDATE, take.now(), take.data());
                return (R) new Claim.Granted(job, started);
            }
            Object accepted = true;
            return (R) accepted;
        }
    }

    /** Lets everyone in, unless told to let nobody in; notes how the visits ended. */
    static final class Guard implements SiteGuard {
        final List<String> visits = new CopyOnWriteArrayList<>();
        volatile @Nullable Instant closedUntil;
        volatile String open = "";

        @Override
        public Entry enter(String site) {
            Instant until = closedUntil;
            if (until != null && !site.equals(open)) {
                return new Entry.Later(until, ErrorCategory.NETWORK, "breaker_open", site + " is left alone.", true);
            }
            return new Entry.Granted(new Visit() {
                @Override
                public void succeeded(Duration took) {
                    visits.add(site + " succeeded");
                }

                @Override
                public void failed(ErrorCategory category, String code, Duration took) {
                    visits.add(site + " " + code);
                }

                @Override
                public void dropped() {
                    visits.add(site + " dropped");
                }
            });
        }
    }

    /** Knows the fallbacks that a test gives it. */
    static final class Others implements Fallbacks {
        final List<String> heard = new CopyOnWriteArrayList<>();
        volatile @Nullable JobFallback onStart;
        volatile @Nullable JobFallback onClosedSite;
        volatile @Nullable JobFallback onRetry;
        volatile @Nullable Substitute instead;
        volatile @Nullable JsonNode soFar;

        @Override
        public Optional<JobFallback> onStart(AttemptPlan plan) {
            return Optional.ofNullable(onStart);
        }

        @Override
        public Optional<JobFallback> onClosedSite(AttemptPlan plan) {
            return Optional.ofNullable(onClosedSite);
        }

        @Override
        public Optional<JobFallback> onRetry(AttemptPlan plan, TaskFailure failure) {
            return Optional.ofNullable(onRetry);
        }

        @Override
        public Optional<Substitute> instead(AttemptPlan plan, JobError why, @Nullable JsonNode found) {
            soFar = found;
            return Optional.ofNullable(instead);
        }

        @Override
        public void ended(Job job, @Nullable JobFallback used, JobStatus status) {
            heard.add((used == null ? "own way" : used.kind()) + " " + status.wireName());
        }

        @Override
        public void succeeded(Job job, String result, Instant madeAt) {
            heard.add("result " + result + " of " + madeAt);
        }
    }

    /** Whatever captured session is asked for, this is what comes of it. */
    static final class Vault extends CapturedSessions {
        Opening opening = new Opening.Gone();
        final List<String> asked = new CopyOnWriteArrayList<>();

        @Override
        public Opening open(Owner owner, String name) {
            asked.add(owner.user() + " " + name);
            return opening;
        }
    }

    /** Gives the answer to every run; without one, a run goes on until it is cancelled. */
    static final class Browsers implements BrowserPool {
        final CompletableFuture<RunOutcome<?>> answer = new CompletableFuture<>();
        volatile boolean cancelled;
        volatile @Nullable BrowserOptions asked;
        volatile @Nullable StorageState signedInWith;
        private volatile int waiting;

        @Override
        public <T> BrowserRun<T> start(
                String label,
                BrowserOptions options,
                @Nullable StorageState state,
                Duration timeout,
                BrowserWork<T> work) {
            asked = options;
            signedInWith = state;
            return new BrowserRun<>() {
                @Override
                @SuppressWarnings("unchecked") // the tests give no values
                public RunOutcome<T> await() throws InterruptedException {
                    waiting = 1;
                    try {
                        return (RunOutcome<T>) answer.get();
                    } catch (ExecutionException e) {
                        throw new AssertionError(e);
                    }
                }

                @Override
                public void cancel() {
                    cancelled = true;
                }
            };
        }

        @Override
        public int size() {
            return 1;
        }

        @Override
        public int waiting() {
            return waiting;
        }

        @Override
        public long recycled() {
            return 0;
        }

        @Override
        public List<EngineStatus> engines() {
            return List.of();
        }

        @Override
        public List<WorkerStatus> workers() {
            return List.of();
        }
    }

    private static final class OneTask extends TaskRegistry {
        private final RegisteredTask task;

        OneTask(Body body) {
            TaskDescriptor descriptor = new TaskDescriptor(
                    "thing",
                    "Thing",
                    "",
                    JsonNodeFactory.instance.objectNode().put("type", "object"),
                    JsonNodeFactory.instance.objectNode(),
                    List.of(),
                    List.of(),
                    Duration.ofSeconds(60),
                    null);
            AutomationTask automation = new AutomationTask() {
                @Override
                public TaskDescriptor descriptor() {
                    return descriptor;
                }

                @Override
                public JsonNode run(TaskContext context) throws InterruptedException {
                    return body.run(context);
                }
            };
            task = new RegisteredTask(
                    automation, descriptor, new ParamsValidator(descriptor.paramsSchema()), RegisteredTask.BUILT_IN);
        }

        @Override
        public Optional<RegisteredTask> find(String name) {
            return Optional.of(task);
        }
    }

    private final class Dispatches extends Dispatcher {
        @Override
        void dispatch(Job job, @Nullable Instant notBefore) {
            dispatched.add(notBefore);
        }
    }

    /** Rows that nobody answered through another node. */
    private static final class Steps extends HumanStepQueries {
        @Override
        public Optional<HumanStep> find(UUID id) {
            return Optional.empty();
        }
    }

    private static final class Links extends HumanLinks {
        @Override
        public String address(HumanStep step) {
            return "/human/" + step.id();
        }
    }

    private final class Meters extends JobMeters {
        @Override
        void asked(String kind, HumanAnswer answer, Duration waited) {}

        @Override
        void started(Job job) {}

        @Override
        void parked(Job job, String why) {}

        @Override
        void handedBack(Job job) {}

        @Override
        void ended(Job job, JobWrite.Settle end) {
            ended.add(end.status());
        }
    }

    private static final class Node extends NodeIdentity {
        @Override
        public String name() {
            return "node-a";
        }
    }
}

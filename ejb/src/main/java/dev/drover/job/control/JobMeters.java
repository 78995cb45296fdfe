// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import dev.drover.job.entity.Job;
import dev.drover.job.entity.JobError;
import dev.drover.job.entity.JobStatus;
import dev.drover.job.entity.JobWrite;
import dev.drover.job.entity.Lane;
import dev.drover.system.control.Meters;
import dev.drover.task.control.HumanAnswer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Tag;
import org.eclipse.microprofile.metrics.Timer;

/** What is measured of jobs. The names are part of the documented metrics. */
@ApplicationScoped
public class JobMeters {

    /** Weight of the newest duration in the moving average that the estimates of waiting time use. */
    private static final double NEWEST = 0.2;

    private final Map<String, Double> usualSeconds = new ConcurrentHashMap<>();
    private final Map<String, Timer> waits = new ConcurrentHashMap<>();
    private final Map<String, Timer> runs = new ConcurrentHashMap<>();
    private final Map<JobStatus, LongAdder> ends = new ConcurrentHashMap<>();
    private final LongAdder submissions = new LongAdder();
    private final LongAdder handedBack = new LongAdder();

    private MetricRegistry registry;
    private JobLedger ledger;
    private RunningJobs running;
    private Clock clock;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected JobMeters() {}

    @Inject
    public JobMeters(MetricRegistry registry, JobLedger ledger, RunningJobs running, Clock clock) {
        this.registry = registry;
        this.ledger = ledger;
        this.running = running;
        this.clock = clock;
    }

    /** At the start already: a gauge that is not there yet looks like a node that is not there. */
    void start(@Observes Startup event) {
        registry.gauge(
                Meters.described("drover_jobs_running", "Attempts that go on on this node."),
                running,
                RunningJobs::size);
        registry.gauge(
                Meters.described("drover_ledger_backlog", "Writes that wait for the next transaction."),
                ledger,
                JobLedger::backlog);
    }

    void submitted(String task) {
        submissions.increment();
        registry.counter(
                        Meters.described("drover_jobs_submitted", "Jobs accepted by this node."), new Tag("task", task))
                .inc();
    }

    void started(Job job) {
        Instant since = job.notBefore() == null || job.attempt() > 1 ? job.createdAt() : job.notBefore();
        waits.computeIfAbsent(lane(job), lane -> timer("drover_job_queue_wait", "Acceptance to start.", "lane", lane))
                .update(positive(Duration.between(since, clock.instant())));
    }

    void handedBack(Job job) {
        handedBack.increment();
        registry.counter(
                        Meters.described(
                                "drover_jobs_handed_back", "Attempts that went back to the queue as the node stopped."),
                        new Tag("task", job.task()))
                .inc();
    }

    /** An attempt did not begin, because its site is better left alone. */
    void parked(Job job, String why) {
        registry.counter(
                        Meters.described(
                                "drover_jobs_parked", "Attempts that wait until their site may be asked again."),
                        new Tag("task", job.task()),
                        new Tag("reason", why))
                .inc();
    }

    void ended(String task, JobStatus end) {
        ends.computeIfAbsent(end, status -> new LongAdder()).increment();
        registry.counter(
                        Meters.described("drover_jobs_completed", "Jobs that ended, by how."),
                        new Tag("task", task),
                        new Tag("outcome", end.wireName()))
                .inc();
    }

    /** Somebody was asked; how it ended. */
    void asked(String kind, HumanAnswer answer, Duration waited) {
        String outcome =
                switch (answer) {
                    case HumanAnswer.Given given -> "answered";
                    case HumanAnswer.WentOn wentOn -> "went_on";
                    case HumanAnswer.TooLate tooLate -> "expired";
                };
        registry.timer(
                        Metadata.builder()
                                .withName("drover_human_wait")
                                .withDescription("From a question to a person to what came of it.")
                                .withUnit(MetricUnits.SECONDS)
                                .build(),
                        new Tag("kind", kind),
                        new Tag("outcome", outcome))
                .update(positive(waited));
    }

    /** An attempt ended: with the job's end, or to be followed by another. */
    void ended(Job job, JobWrite.Settle end) {
        if (end.status().isTerminal()) {
            ended(job.task(), end.status());
        } else {
            registry.counter(
                            Meters.described("drover_job_retries", "Attempts that failed and are followed by another."),
                            new Tag("task", job.task()))
                    .inc();
        }
        JobError error = end.error();
        if (error != null) {
            registry.counter(
                            Meters.described("drover_job_errors", "Attempts that failed, by category."),
                            new Tag("task", job.task()),
                            new Tag("category", error.category()))
                    .inc();
        }
        Instant started = job.attemptStartedAt();
        if (started != null) {
            Duration ran = positive(Duration.between(started, end.finishedAt()));
            runs.computeIfAbsent(
                            job.task(),
                            task -> timer("drover_job_run_time", "Start to end of an attempt.", "task", task))
                    .update(ran);
            if (end.status() == JobStatus.SUCCEEDED) {
                usualSeconds.merge(
                        job.task(), ran.toMillis() / 1000.0, (usual, newest) -> usual * (1 - NEWEST) + newest * NEWEST);
            }
        }
    }

    /** How many jobs this node has accepted since its start. */
    long submitted() {
        return submissions.sum();
    }

    /** How many jobs ended so on this node since its start. */
    long ended(JobStatus end) {
        LongAdder count = ends.get(end);
        return count == null ? 0 : count.sum();
    }

    /** How many attempts went back to the queue because this node stops. */
    long handedBack() {
        return handedBack.sum();
    }

    /** What a successful attempt of the task took lately on this node; nothing before the first. */
    Optional<Duration> usualDuration(String task) {
        return Optional.ofNullable(usualSeconds.get(task))
                .map(seconds -> Duration.ofMillis(Math.round(seconds * 1000)));
    }

    private Timer timer(String name, String description, String tag, String value) {
        return registry.timer(
                Metadata.builder()
                        .withName(name)
                        .withDescription(description)
                        .withUnit(MetricUnits.SECONDS)
                        .build(),
                new Tag(tag, value));
    }

    private static String lane(Job job) {
        return job.lane() == Lane.BROWSER ? "browser" : "plain";
    }

    private static Duration positive(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }
}

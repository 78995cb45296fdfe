// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import dev.drover.job.entity.Job;
import dev.drover.job.entity.JobError;
import dev.drover.job.entity.JobQueries;
import dev.drover.job.entity.JobStatus;
import dev.drover.job.entity.JobWrite;
import dev.drover.job.entity.JobWrite.Notice;
import dev.drover.system.control.NodeIdentity;
import dev.drover.system.control.OneAtATime;
import dev.drover.system.control.Ticker;
import dev.drover.task.control.ErrorCategory;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What makes up for everything that can go wrong on the way of a job: messages that never left, attempts whose node is
 * gone, jobs whose time has come or is over. Every sweep is safe to run on every node at once, since each change is one
 * conditional write.
 */
@Singleton
@Startup
@DependsOn("SchemaStartup")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class JobSweeper {

    private static final Logger LOG = Logger.getLogger(JobSweeper.class.getName());
    private static final int PAGE = 500;
    private static final Duration TICK = Duration.ofSeconds(1);

    /** A row younger than this has its message still on the way. */
    private static final Duration DISPATCH_TIME = Duration.ofSeconds(5);

    private final OneAtATime rounds = new OneAtATime(this::failed);
    private long ticks;
    private volatile Instant lastFailure = Instant.EPOCH;

    @Inject
    private JobQueries queries;

    @Inject
    private JobLedger ledger;

    @Inject
    private LastWords lastWords;

    @Inject
    private Dispatcher dispatcher;

    @Inject
    private FairShare shares;

    @Inject
    private Drain drain;

    @Inject
    private RunningJobs running;

    @Inject
    private HumanDesk desk;

    @Inject
    private ArtifactStorage storage;

    @Inject
    private JobSettings settings;

    @Inject
    private JobMeters meters;

    @Inject
    private NodeIdentity node;

    @Inject
    private Ticker ticker;

    @Inject
    private Clock clock;

    @SuppressWarnings("NullAway.Init") // injected
    public JobSweeper() {}

    /** What this node had running or queued when it was last stopped, however it was stopped. */
    @PostConstruct
    void recover() {
        queries.leftRunning(node.name(), node.startedAt()).forEach(this::settleLost);
        if (!node.hasExternalBroker()) {
            // The journal of the embedded broker is not flushed at every message: after a loss of power the rows
            // decide.
            redispatch(clock.instant(), clock.instant());
        }
        ticker.every(TICK, this::tick);
    }

    private void tick() {
        rounds.run(() -> sweep(ticks++));
    }

    /** All of it now, unless a sweep is going on. */
    public void sweepNow() {
        rounds.run(() -> {
            Instant now = clock.instant();
            queries.due(now, PAGE).forEach(this::promote);
            recoverLost(now);
            removeExpired(now);
        });
    }

    private void sweep(long tick) {
        Instant now = clock.instant();
        drain.tick(now);
        running.interruptDue();
        if (running.size() > 0) {
            queries.cancelRequested(node.name()).forEach(job -> running.cancel(job.id(), job.cancelForced()));
            desk.look();
        }
        queries.due(now, PAGE).forEach(this::promote);
        if (tick % Math.max(1, settings.lease().toSeconds() / 3) == 0 && running.size() > 0) {
            ledger.writeAndWait(new JobWrite.RenewLeases(node.name(), running.ids(), now.plus(settings.lease())));
            running.stopLost(() -> queries.runningOn(node.name()));
        }
        if (tick % 2 == 1) {
            shares.look().forEach(dispatcher::hasten);
        }
        if (tick % 5 == 1) {
            recoverLost(now);
        }
        if (tick % 10 == 2) {
            removeExpired(now);
        }
    }

    private void failed(RuntimeException e) {
        lastFailure = clock.instant();
        LOG.log(Level.WARNING, "DROVER0041 a sweep failed; the next one tries again", e);
    }

    private void recoverLost(Instant now) {
        // While the database was away nobody could renew a lease: every node gets the time to do so first.
        if (now.isAfter(lastFailure.plus(settings.lease()))) {
            // What goes on here is not lost, however far the clock has jumped: its lease is about to be renewed.
            queries.leaseLost(now, PAGE).stream()
                    .filter(job -> !running.isGoingOn(job))
                    .forEach(this::settleLost);
        }
        redispatch(now.minus(DISPATCH_TIME), now.minus(settings.redispatchAfter()));
    }

    private void promote(Job job) {
        Notice notice = JobNotices.status(job.lastSeq() + 1, clock.instant(), JobStatus.QUEUED, "Its time has come");
        if (ledger.writeAndWait(new JobWrite.Promote(job, notice))) {
            dispatcher.dispatch(job);
        }
    }

    private void redispatch(Instant acceptedBefore, Instant dispatchedBefore) {
        queries.undispatched(acceptedBefore, dispatchedBefore, PAGE).forEach(dispatcher::dispatch);
    }

    /** An attempt that gave no sign of life goes back to the queue, or fails when it was the last one. */
    private void settleLost(Job job) {
        Instant now = clock.instant();
        JobError error = JobErrors.of(
                ErrorCategory.LOST_WORKER,
                "lost_worker",
                "The server that ran attempt %d of %d went away.".formatted(job.attempt(), job.maxAttempts()));
        boolean cancelled = job.cancelRequested();
        boolean again = !cancelled && job.attempt() < job.maxAttempts();
        JobStatus status = again ? JobStatus.QUEUED : cancelled ? JobStatus.CANCELLED : JobStatus.FAILED;
        List<Notice> notices = again
                ? List.of(JobNotices.status(
                        job.lastSeq() + 1, now, status, error.message() + " The job is queued again."))
                : lastWords.of(job, JobEnd.withoutAttempt(now, status, error.message(), cancelled ? null : error));
        JobWrite.Settle settle = new JobWrite.Settle(
                job,
                job.attempt(),
                status,
                null,
                cancelled ? null : error,
                again ? job.fallback() : null,
                error.message(),
                job.browserType(),
                null,
                now,
                again ? null : now.plus(settings.keptAfter(status, job.ttl())),
                notices);
        if (ledger.writeAndWait(settle)) {
            LOG.warning(() -> "DROVER0042 attempt %d of job %s was lost on %s; now %s"
                    .formatted(job.attempt(), job.id(), job.node(), status.wireName()));
            if (again) {
                dispatcher.dispatch(job);
            } else {
                meters.ended(job, settle);
            }
        }
    }

    private void removeExpired(Instant now) {
        List<UUID> expired = queries.expired(now, PAGE);
        if (!expired.isEmpty()) {
            expired.forEach(storage::remove);
            ledger.remove(expired);
            LOG.fine(() -> "removed " + expired.size() + " expired jobs");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.drover.event.entity.EventType;
import dev.drover.job.entity.Artifact;
import dev.drover.job.entity.HumanStep;
import dev.drover.job.entity.HumanStepState;
import dev.drover.job.entity.Job;
import dev.drover.job.entity.JobFallback;
import dev.drover.job.entity.JobStatus;
import dev.drover.job.entity.JobWrite;
import dev.drover.job.entity.JobWrite.Notice;
import dev.drover.task.control.ArtifactKind;
import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.HumanAnswer;
import dev.drover.task.control.HumanRequest;
import dev.drover.task.control.QrCodes;
import dev.drover.task.control.TaskCancelled;
import dev.drover.task.control.TaskContext;
import dev.drover.task.control.TaskFailure;
import dev.drover.task.control.qr.QrStream;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that this node runs: what its task sees, and what can stop it. It numbers the job's events while it runs,
 * and its writes carry the attempt's number, so that none counts once another attempt has begun.
 */
final class RunningAttempt implements TaskContext {

    /** A task that reports faster than the database takes it waits for the database. */
    private static final int MOST_WRITES_IN_FLIGHT = 32;

    private static final Logger LOG = Logger.getLogger(RunningAttempt.class.getName());

    private final Job job;
    private final String engine;
    private final JobLedger ledger;
    private final ArtifactStorage storage;
    private final HumanDesk desk;
    private final Clock clock;

    /** By the clock that never jumps: nobody is to be out of time because someone sets the clock. */
    private final long deadline;

    private final Semaphore writes = new Semaphore(MOST_WRITES_IN_FLIGHT);
    private final List<QrStream> codes = new ArrayList<>();

    private AttemptPlan plan;
    private @Nullable Page page;
    private @Nullable JsonNode foundSoFar;
    private String stage = "";
    private double progress;
    private int seq;
    private boolean waits;

    private volatile boolean turnedAway;
    private volatile boolean cancelled;
    private volatile boolean overdue;
    private volatile boolean lost;
    private volatile boolean handedBack;
    private volatile @Nullable Long interruptAt;
    private volatile Runnable interrupt = () -> {};

    RunningAttempt(AttemptPlan plan, JobLedger ledger, ArtifactStorage storage, HumanDesk desk, Clock clock) {
        this.plan = plan;
        this.job = plan.job();
        this.engine = plan.engine().orElse("");
        this.ledger = ledger;
        this.storage = storage;
        this.desk = desk;
        this.clock = clock;
        this.deadline = System.nanoTime() + job.timeout().toNanos();
        this.seq = job.lastSeq();
    }

    Job job() {
        return job;
    }

    AttemptPlan plan() {
        return plan;
    }

    /** Before the task begins: it goes another way, on the same engine. */
    void goesBy(JobFallback other) {
        plan = plan.by(other);
    }

    /** The engine that runs it; nothing for a task without a browser. */
    @Nullable
    String browserType() {
        return engine.isEmpty() ? null : engine;
    }

    /** Sets what ends the attempt's work from outside. */
    void interruptWith(Runnable action) {
        interrupt = action;
        if (cancelled || handedBack) {
            action.run();
        }
    }

    void openedOn(Page opened) {
        page = opened;
    }

    /** Asks the task to stop at its next step, and has it interrupted when it does not get there in time. */
    void requestCancel(Duration grace) {
        if (!cancelled) {
            interruptAt = System.nanoTime() + grace.toNanos();
            cancelled = true;
        }
    }

    /** Asks the task to stop and interrupts it. */
    void interrupt() {
        interruptAt = null;
        cancelled = true;
        interrupt.run();
    }

    /** Interrupts the task because the server stops: unless it has ended by then, the job goes back to the queue. */
    void handBack() {
        handedBack = true;
        interrupt.run();
    }

    /** Another attempt has begun: nothing of this one counts, so it ends. */
    void lose() {
        lost = true;
        interrupt();
    }

    /**
     * Interrupts what is due to be: a task that did not stop within its grace, and one without a browser that outlives
     * its time. The browser room watches over the time of its own runs.
     */
    void interruptIfDue() {
        Long due = interruptAt;
        if (due != null && System.nanoTime() - due >= 0) {
            interrupt();
        } else if (engine.isEmpty() && !overdue && remaining().isZero()) {
            overdue = true;
            interrupt.run();
        }
    }

    boolean isCancelled() {
        return cancelled && !lost;
    }

    /** Whether the attempt was ended because the server stops. */
    boolean isHandedBack() {
        return handedBack;
    }

    /** Whether the attempt was ended because its time was over. */
    boolean isOverdue() {
        return overdue;
    }

    /** Whether another attempt has begun, so that nothing of this one counts. */
    boolean isLost() {
        return lost;
    }

    int nextSeq() {
        return ++seq;
    }

    @Override
    public ObjectNode params() {
        return plan.params();
    }

    @Override
    public Page page() {
        if (page == null) {
            throw new IllegalStateException("the task '" + job.task() + "' names no engine, so it has no page");
        }
        return page;
    }

    @Override
    public void progress(String newStage, double newProgress, String message) {
        checkCancelled();
        stage = newStage;
        progress = Math.clamp(newProgress, 0, 100);
        String data = JobNotices.statusData(status(), stage, progress, message);
        Notice notice = new Notice(nextSeq(), EventType.STATUS_UPDATE, clock.instant(), data);
        write(new JobWrite.Advance(job, job.attempt(), stage, progress, shortened(message), browserType(), notice));
    }

    @Override
    public void log(String message) {
        checkCancelled();
        Notice notice = JobNotices.log(nextSeq(), clock.instant(), shortened(message));
        write(new JobWrite.Advance(job, job.attempt(), stageOrNull(), progress, null, browserType(), notice));
    }

    @Override
    public void found(JsonNode soFar) {
        foundSoFar = soFar;
    }

    /** What the task has found; null for nothing. */
    @Nullable
    JsonNode foundSoFar() {
        return foundSoFar;
    }

    @Override
    public void attach(ArtifactKind kind, String name, String contentType, byte[] content) {
        try {
            kept(kind, name, contentType, storage.keep(job.id(), job.attempt(), name, content));
        } catch (IOException e) {
            throw notKept(name, e);
        }
    }

    /** Keeps a file that was recorded of the run, beside those of earlier attempts. */
    void attach(ArtifactKind kind, String recorded, String contentType, Path file) {
        String name = job.attempt() == 1 ? recorded : "attempt-" + job.attempt() + "-" + recorded;
        try {
            kept(kind, name, contentType, storage.take(job.id(), job.attempt(), name, file));
        } catch (IOException e) {
            throw notKept(name, e);
        }
    }

    /** Not the task's fault, and it may pass: somebody makes room on the disk. */
    private static TaskFailure notKept(String name, IOException cause) {
        String reason = cause instanceof FileSystemException file && file.getReason() != null
                ? file.getReason()
                : String.valueOf(cause.getMessage());
        return new TaskFailure(
                        ErrorCategory.INTERNAL,
                        "artifact_not_kept",
                        "The server could not write the file '" + name + "': " + reason + ".",
                        cause)
                .recoverBy(ErrorCategory.Recovery.RETRY);
    }

    private void kept(ArtifactKind kind, String name, String contentType, ArtifactStorage.Stored stored) {
        Instant now = clock.instant();
        Artifact artifact = new Artifact(
                job.id(),
                name,
                job.attempt(),
                kind.wireName(),
                contentType,
                stored.size(),
                stored.sha256(),
                stored.key(),
                now);
        write(new JobWrite.Keep(job, job.attempt(), artifact, JobNotices.artifact(nextSeq(), now, artifact)));
    }

    @Override
    public HumanAnswer human(HumanRequest request, BooleanSupplier wentOn) throws InterruptedException {
        checkCancelled();
        return desk.ask(this, request, wentOn);
    }

    /** Puts the question to whoever follows the job. */
    void ask(HumanStep step, String link) {
        Notice notice = JobNotices.humanRequired(nextSeq(), stageOrNull(), progress, step, link);
        if (!ledger.writeAndWait(new JobWrite.Ask(job, job.attempt(), step, notice))) {
            lose();
            throw new TaskCancelled();
        }
        waits = true;
    }

    /** The write with which the attempt goes on after a question. */
    JobWrite.GoOn goOn(HumanStep step, HumanStepState end) {
        waits = false;
        Instant now = clock.instant();
        String message = end == HumanStepState.EXPIRED ? "Nobody answered in time" : "Going on";
        String data = JobNotices.statusData(JobStatus.RUNNING, stageOrNull(), progress, message);
        Notice notice = new Notice(nextSeq(), EventType.STATUS_UPDATE, now, data);
        return new JobWrite.GoOn(job, job.attempt(), step.id(), end, now, notice);
    }

    /** Found no place to wait for a person: the attempt does not count. */
    void turnAway() {
        turnedAway = true;
    }

    boolean isTurnedAway() {
        return turnedAway;
    }

    /** Lets the page live on until something is so, or for a while. False when there is no page. */
    boolean letPageLive(Duration atMost, BooleanSupplier until) {
        Page shown = page;
        if (shown == null) {
            return false;
        }
        long end = System.nanoTime() + atMost.toNanos();
        shown.waitForCondition(() -> until.getAsBoolean() || cancelled || handedBack || System.nanoTime() - end >= 0);
        return true;
    }

    @Override
    public QrCodes qr(Locator element, Duration validFor) {
        QrStream stream = new QrStream(page(), element, "droverQr" + codes.size(), code -> {
            Instant now = clock.instant();
            write(new JobWrite.Tell(job, job.attempt(), JobNotices.qrCode(nextSeq(), now, code, now.plus(validFor))));
        });
        codes.add(stream);
        return stream;
    }

    /** Sees to it that the codes of the page are watched. */
    void lookAtCodes() {
        codes.forEach(QrStream::look);
    }

    private JobStatus status() {
        return waits ? JobStatus.WAITING_FOR_HUMAN : JobStatus.RUNNING;
    }

    private @Nullable String stageOrNull() {
        return stage.isEmpty() ? null : stage;
    }

    @Override
    public Duration remaining() {
        Duration left = Duration.ofNanos(deadline - System.nanoTime());
        return left.isNegative() ? Duration.ZERO : left;
    }

    @Override
    public void checkCancelled() {
        if (cancelled || handedBack) {
            throw new TaskCancelled();
        }
    }

    private void write(JobWrite<Boolean> write) {
        writes.acquireUninterruptibly();
        ledger.write(write, (accepted, failure) -> {
            writes.release();
            if (failure != null) {
                LOG.log(Level.WARNING, "DROVER0033 progress of job " + job.id() + " could not be written", failure);
            } else if (!accepted) {
                lose();
            }
        });
    }

    /** As much as the row has room for. */
    static String shortened(String message) {
        return message.length() <= 1000 ? message : message.substring(0, 999) + "…";
    }
}

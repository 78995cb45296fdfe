// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import static java.util.Objects.requireNonNull;

import dev.drover.browser.control.egress.UpstreamProxy;
import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.TaskFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A run from its start to its one outcome; the first outcome wins, whoever brings it. */
final class RunTicket<T> implements BrowserRun<T> {

    private final String label;
    private final BrowserOptions options;
    private final @Nullable StorageState state;
    private final Duration timeout;
    private final BrowserWork<T> work;
    private final Predicate<RunTicket<?>> withdraw;
    private final long askedAt = System.nanoTime();
    private final CompletableFuture<RunOutcome<T>> outcome = new CompletableFuture<>();
    private volatile boolean cancelRequested;
    private volatile @Nullable Stretch stretch;

    /** @param withdraw takes the run out of the queue; true when it still was there */
    RunTicket(
            String label,
            BrowserOptions options,
            @Nullable StorageState state,
            Duration timeout,
            BrowserWork<T> work,
            Predicate<RunTicket<?>> withdraw) {
        this.label = requireNonNull(label, "label");
        this.options = requireNonNull(options, "options");
        this.state = state;
        this.timeout = requireNonNull(timeout, "timeout");
        this.work = requireNonNull(work, "work");
        this.withdraw = requireNonNull(withdraw, "withdraw");
    }

    String label() {
        return label;
    }

    BrowserOptions options() {
        return options;
    }

    /** What its page is signed in with. */
    @Nullable
    StorageState state() {
        return state;
    }

    BrowserKind kind() {
        return BrowserKind.of(options);
    }

    /** The proxy that the run asks for, behind ours. */
    @Nullable
    UpstreamProxy upstream() {
        return options.proxy() == null ? null : UpstreamProxy.of(options.proxy());
    }

    /** What is wrong with the options; null when nothing is. */
    @Nullable
    TaskFailure objection() {
        try {
            upstream();
            return null;
        } catch (IllegalArgumentException e) {
            return new TaskFailure(ErrorCategory.INVALID_INPUT, "invalid_proxy", String.valueOf(e.getMessage()), e);
        }
    }

    Duration timeout() {
        return timeout;
    }

    BrowserWork<T> work() {
        return work;
    }

    Duration waited() {
        return Duration.ofNanos(System.nanoTime() - askedAt);
    }

    boolean ended() {
        return outcome.isDone();
    }

    /** A worker's thread spends this stretch on the run; a cancellation ends it. */
    void enter(Stretch next) {
        stretch = next;
        if (cancelRequested) {
            next.abort(new Verdict.Cancelled());
        }
    }

    void succeed(T value, List<RunOutcome.Recorded> recorded) {
        outcome.complete(new RunOutcome.Succeeded<>(value, recorded));
    }

    void fail(TaskFailure failure, List<RunOutcome.Recorded> recorded) {
        outcome.complete(new RunOutcome.Failed<>(failure, recorded));
    }

    void end(Verdict verdict, List<RunOutcome.Recorded> recorded) {
        switch (verdict) {
            case Verdict.Cancelled ignored -> outcome.complete(new RunOutcome.Cancelled<>(recorded));
            case Verdict.ServerStops ignored -> outcome.complete(new RunOutcome.Stopped<>(recorded));
            case Verdict.Failed failed -> fail(failed.failure(), recorded);
        }
    }

    @Override
    public RunOutcome<T> await() throws InterruptedException {
        try {
            return outcome.get();
        } catch (ExecutionException e) {
            throw new AssertionError("a run has an outcome, never an exception", e);
        }
    }

    @Override
    public void cancel() {
        if (ended()) {
            return;
        }
        cancelRequested = true; // Before the look at the stretch: enter() looks the other way round.
        if (withdraw.test(this)) {
            end(new Verdict.Cancelled(), List.of());
            return;
        }
        Stretch now = stretch;
        if (now != null) {
            now.abort(new Verdict.Cancelled());
        }
    }
}

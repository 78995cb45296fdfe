// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import com.microsoft.playwright.Page;
import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.TaskFailure;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Something that is to be done with the page of a held browser, within a time. */
final class PageOrder<T> {

    private final BoundBrowser browser;
    private final Duration limit;
    private final BrowserWork<T> work;
    private final CompletableFuture<T> outcome = new CompletableFuture<>();
    private @Nullable PageOperator operator;
    private boolean overdue;

    PageOrder(BoundBrowser browser, Duration limit, BrowserWork<T> work) {
        this.browser = browser;
        this.limit = limit;
        this.work = work;
    }

    BoundBrowser browser() {
        return browser;
    }

    CompletableFuture<T> outcome() {
        return outcome;
    }

    void fail(TaskFailure failure) {
        outcome.completeExceptionally(failure);
    }

    /** Of the operator's thread; false when nobody waits any more. */
    synchronized boolean begin(PageOperator by) {
        operator = by;
        return !outcome.isDone();
    }

    /** Of the operator's thread: from now on nobody interrupts it for this order. */
    synchronized void end() {
        operator = null;
    }

    /** Of the operator's thread. */
    T perform(Page page) throws InterruptedException {
        return work.run(page);
    }

    void succeed(T value) {
        outcome.complete(value);
    }

    /** What whoever waits is told of what went wrong. */
    synchronized TaskFailure failure(Exception e) {
        if (e instanceof TaskFailure known) {
            return known;
        }
        return overdue ? timedOut(limit) : BrowserFailures.ofAction(e, browser.isAlive(), browser.traffic());
    }

    /** Interrupts it when its time is over, and ends its driver when that does not help. */
    void endAfter(Duration time, Duration grace) {
        Executor later = CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS);
        Executor last = CompletableFuture.delayedExecutor(time.plus(grace).toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture<Void> first = CompletableFuture.runAsync(this::interrupt, later);
        CompletableFuture<Void> second = CompletableFuture.runAsync(this::kill, last);
        CompletableFuture<T> unused = outcome.whenComplete((value, failure) -> {
            first.cancel(false);
            second.cancel(false);
        });
    }

    private static TaskFailure timedOut(Duration limit) {
        return new TaskFailure(
                ErrorCategory.TIMEOUT, "action_timeout", "It took more than " + limit.toSeconds() + " seconds.");
    }

    private synchronized void interrupt() {
        overdue = true;
        if (operator == null) {
            fail(timedOut(limit));
        } else {
            operator.interrupt();
        }
    }

    private synchronized void kill() {
        fail(timedOut(limit));
        if (operator != null) {
            operator.killDriver();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.TaskFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A few threads that act on pages of held browsers, for those who have no client of their own. Each has a driver of its
 * own while there is something to do, and connects to the browser as any client does: so an action that takes long, or for
 * ever, holds up neither the browser's other clients nor the driver that hosts it.
 */
final class PageOperators implements AutoCloseable {

    /** How long a thread with its driver stays when there is nothing to do. */
    static final Duration IDLE = Duration.ofMinutes(1);

    private static final int MOST_WAITING = 64;

    private final BrowserLauncher launcher;
    private final ThreadFactory threads;
    private final int most;
    private final Duration grace;
    private final LinkedBlockingQueue<PageOrder<?>> orders = new LinkedBlockingQueue<>(MOST_WAITING);
    private final List<PageOperator> operators = new ArrayList<>();
    private boolean closed;

    /** @param grace how long an overdue action may take to react before its driver is killed */
    PageOperators(BrowserLauncher launcher, ThreadFactory threads, int most, Duration grace) {
        this.launcher = launcher;
        this.threads = threads;
        this.most = most;
        this.grace = grace;
    }

    <T> CompletableFuture<T> submit(BoundBrowser browser, Duration limit, BrowserWork<T> work) {
        PageOrder<T> order = new PageOrder<>(browser, limit, work);
        synchronized (this) {
            if (closed || !orders.offer(order)) {
                order.fail(new TaskFailure(
                        ErrorCategory.LOST_WORKER, "actions_busy", "Too many actions wait on this server."));
                return order.outcome();
            }
            if (orders.size() > idle() && operators.size() < most) {
                start();
            }
        }
        order.endAfter(limit, grace);
        return order.outcome();
    }

    /** The next order; null when there was none for so long that the operator has to go. */
    @Nullable
    PageOrder<?> next(PageOperator operator) throws InterruptedException {
        PageOrder<?> order = orders.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        synchronized (this) {
            if (order == null && !orders.isEmpty()) {
                order = orders.poll();
            }
            if (order == null || closed) {
                operators.remove(operator);
                return null;
            }
        }
        return order;
    }

    /** Ends what goes on. */
    @Override
    public void close() {
        List<PageOperator> running;
        synchronized (this) {
            closed = true;
            running = List.copyOf(operators);
        }
        running.forEach(PageOperator::stop);
    }

    private long idle() {
        return operators.stream().filter(PageOperator::isIdle).count();
    }

    private void start() {
        PageOperator operator = new PageOperator(this, launcher);
        Thread thread = threads.newThread(operator);
        thread.setName("session-operator");
        operators.add(operator);
        operator.ranBy(thread);
        thread.start();
    }
}

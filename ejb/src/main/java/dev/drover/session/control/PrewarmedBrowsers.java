// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.control;

import dev.drover.browser.control.BrowserOptions;
import dev.drover.browser.control.BrowserPool;
import dev.drover.browser.control.HeldBrowser;
import dev.drover.browser.control.HeldBrowsers;
import dev.drover.browser.control.Window;
import dev.drover.browser.control.WorkerStatus.State;
import dev.drover.task.control.TaskFailure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Browsers that wait for the next session, so that it does not have to wait for a browser. */
@ApplicationScoped
public class PrewarmedBrowsers {

    private static final Logger LOG = System.getLogger(PrewarmedBrowsers.class.getName());

    /** Those that serve the same sessions, and how many there are to be. */
    private record Stock(Window window, int wanted, Queue<HeldBrowser> waiting) {
        Stock(Window window, int wanted) {
            this(window, wanted, new ConcurrentLinkedQueue<>());
        }
    }

    /** What follows a session's begin: its client connects and opens a page, which a launch beside it would slow down. */
    private static final Duration QUIET = Duration.ofMillis(500);

    private HeldBrowsers browsers;
    private BrowserPool pool;
    private List<Stock> stocks;
    private volatile boolean closed;
    private boolean deferred; // Of the thread that tends; not twice in a row.
    private volatile long takenAt = System.nanoTime() - QUIET.toNanos();

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected PrewarmedBrowsers() {}

    @Inject
    public PrewarmedBrowsers(HeldBrowsers browsers, BrowserPool pool, SessionSettings settings) {
        this.browsers = browsers;
        this.pool = pool;
        this.stocks = List.of(
                new Stock(Window.NONE, Math.min(settings.prewarmHeadless(), settings.most())),
                new Stock(Window.VNC, Math.min(settings.prewarmVnc(), settings.most())));
    }

    /**
     * One that waits, or a new one.
     *
     * @throws TaskFailure when it does not start
     */
    public HeldBrowser take(String engine, Window window) {
        if (engine.equals(BrowserOptions.USUAL_ENGINE)) {
            HeldBrowser ready = ready(window);
            if (ready != null) {
                takenAt = System.nanoTime();
                return ready;
            }
        }
        try {
            return browsers.launch(engine, window);
        } catch (TaskFailure e) {
            Optional<Stock> others =
                    stock(Window.VNC).filter(stock -> !stock.waiting().isEmpty());
            if (!e.code().equals(HeldBrowsers.DISPLAYS_TAKEN) || others.isEmpty()) {
                throw e;
            }
            giveUp(others.get()); // Nobody's display serves somebody now.
            return browsers.launch(engine, window);
        }
    }

    /** How many wait. */
    public int size() {
        return stocks.stream().mapToInt(stock -> stock.waiting().size()).sum();
    }

    /** Makes them up to their number, or gives them up when memory runs out. Of one thread at a time. */
    void tend() {
        stocks.forEach(stock -> stock.waiting().removeIf(PrewarmedBrowsers::isGone));
        if (isStarting()) {
            return; // The workers of jobs come first.
        }
        boolean isQuiet = System.nanoTime() - takenAt >= QUIET.toNanos();
        deferred = !isQuiet && !deferred;
        if (deferred) {
            return;
        }
        stocks.forEach(this::fill);
        if (closed || browsers.isMemoryShort()) {
            giveUp();
        }
    }

    void close() {
        closed = true;
        giveUp();
    }

    private void fill(Stock stock) {
        while (!closed
                && stock.waiting().size() < stock.wanted()
                && !browsers.isMemoryShort()
                && browsers.refusal(BrowserOptions.USUAL_ENGINE, stock.window()).isEmpty()) {
            try {
                stock.waiting().add(browsers.launch(BrowserOptions.USUAL_ENGINE, stock.window()));
            } catch (TaskFailure e) {
                LOG.log(Level.DEBUG, "a browser could not be launched ahead of its session", e);
                return;
            }
        }
    }

    private Optional<Stock> stock(Window window) {
        return stocks.stream().filter(stock -> stock.window() == window).findFirst();
    }

    private @Nullable HeldBrowser ready(Window window) {
        Queue<HeldBrowser> waiting = stock(window).map(Stock::waiting).orElseGet(ConcurrentLinkedQueue::new);
        for (HeldBrowser next = waiting.poll(); next != null; next = waiting.poll()) {
            if (next.isAlive()) {
                return next;
            }
            next.close();
        }
        return null;
    }

    private boolean isStarting() {
        return pool.workers().stream().anyMatch(worker -> worker.state() == State.STARTING);
    }

    private void giveUp() {
        stocks.forEach(PrewarmedBrowsers::giveUp);
    }

    private static void giveUp(Stock stock) {
        for (HeldBrowser next = stock.waiting().poll();
                next != null;
                next = stock.waiting().poll()) {
            next.close();
        }
    }

    private static boolean isGone(HeldBrowser browser) {
        if (browser.isAlive()) {
            return false;
        }
        browser.close();
        return true;
    }
}

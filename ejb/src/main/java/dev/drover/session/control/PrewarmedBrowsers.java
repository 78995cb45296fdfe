// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.control;

import dev.drover.browser.control.BrowserOptions;
import dev.drover.browser.control.BrowserPool;
import dev.drover.browser.control.HeldBrowser;
import dev.drover.browser.control.HeldBrowsers;
import dev.drover.browser.control.WorkerStatus.State;
import dev.drover.task.control.TaskFailure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Browsers that wait for the next session, so that it does not have to wait for a browser. */
@ApplicationScoped
public class PrewarmedBrowsers {

    private static final Logger LOG = System.getLogger(PrewarmedBrowsers.class.getName());

    private final Queue<HeldBrowser> waiting = new ConcurrentLinkedQueue<>();
    private HeldBrowsers browsers;
    private BrowserPool pool;
    private int wanted;
    private volatile boolean closed;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected PrewarmedBrowsers() {}

    @Inject
    public PrewarmedBrowsers(HeldBrowsers browsers, BrowserPool pool, SessionSettings settings) {
        this.browsers = browsers;
        this.pool = pool;
        this.wanted = Math.min(settings.prewarmHeadless(), settings.most());
    }

    /**
     * One that waits, or a new one.
     *
     * @throws TaskFailure when it does not start
     */
    public HeldBrowser take(String engine, boolean headless) {
        if (engine.equals(BrowserOptions.USUAL_ENGINE) && headless) {
            for (HeldBrowser next = waiting.poll(); next != null; next = waiting.poll()) {
                if (next.isAlive()) {
                    return next;
                }
                next.close();
            }
        }
        return browsers.launch(engine, headless);
    }

    /** How many wait. */
    public int size() {
        return waiting.size();
    }

    /** Makes them up to their number, or gives them up when memory runs out. Of one thread at a time. */
    void tend() {
        waiting.removeIf(PrewarmedBrowsers::isGone);
        if (wanted == 0 || isStarting()) {
            return; // The workers of jobs come first.
        }
        if (browsers.isMemoryShort()) {
            giveUp();
            return;
        }
        while (!closed
                && waiting.size() < wanted
                && browsers.refusal(BrowserOptions.USUAL_ENGINE, true).isEmpty()) {
            try {
                waiting.add(browsers.launch(BrowserOptions.USUAL_ENGINE, true));
            } catch (TaskFailure e) {
                LOG.log(Level.DEBUG, "a browser could not be launched ahead of its session", e);
                return;
            }
        }
        if (closed) {
            giveUp();
        }
    }

    void close() {
        closed = true;
        giveUp();
    }

    private boolean isStarting() {
        return pool.workers().stream().anyMatch(worker -> worker.state() == State.STARTING);
    }

    private void giveUp() {
        for (HeldBrowser next = waiting.poll(); next != null; next = waiting.poll()) {
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

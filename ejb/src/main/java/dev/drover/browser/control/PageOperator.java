// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thread with a driver of its own that connects to one held browser after the other. */
final class PageOperator implements Runnable {

    private static final double CONNECTING = 10_000;

    private final PageOperators room;
    private final BrowserLauncher launcher;
    private volatile @Nullable Thread thread;
    private volatile @Nullable DriverProcess driver;
    private volatile boolean idle;

    PageOperator(PageOperators room, BrowserLauncher launcher) {
        this.room = room;
        this.launcher = launcher;
    }

    void ranBy(Thread own) {
        thread = own;
    }

    boolean isIdle() {
        return idle;
    }

    void interrupt() {
        Thread own = thread;
        if (own != null) {
            own.interrupt();
        }
    }

    void killDriver() {
        DriverProcess now = driver;
        if (now != null) {
            now.process().destroyForcibly();
        }
    }

    void stop() {
        killDriver();
        interrupt();
    }

    @Override
    public void run() {
        try {
            PageOrder<?> order = next();
            while (order != null) {
                perform(order);
                order = next();
            }
        } catch (InterruptedException e) {
            // The server stops.
        } finally {
            discard();
        }
    }

    private @Nullable PageOrder<?> next() throws InterruptedException {
        idle = true;
        PageOrder<?> order = room.next(this);
        idle = false;
        return order;
    }

    private <T> void perform(PageOrder<T> order) {
        if (!order.begin(this)) {
            return;
        }
        T value = null;
        Exception problem = null;
        Browser browser = null;
        try {
            browser = connect(order.browser());
            value = order.perform(page(browser));
        } catch (InterruptedException | RuntimeException e) {
            problem = e;
        }
        order.end();
        Thread.interrupted(); // Meant for the order, which has ended.
        if (problem != null) {
            order.fail(order.failure(problem));
        } else {
            succeed(order, value);
        }
        leave(browser);
    }

    @SuppressWarnings("NullAway") // Work may well return null.
    private static <T> void succeed(PageOrder<T> order, @Nullable T value) {
        order.succeed(value);
    }

    private Browser connect(BoundBrowser target) {
        DriverProcess now = driver;
        if (now == null || !now.process().isAlive()) {
            discard();
            now = launcher.startDriver("operator");
            driver = now;
        }
        return BrowserLauncher.type(now.playwright(), target.engine())
                .connect(target.playwright().toString(), new BrowserType.ConnectOptions().setTimeout(CONNECTING));
    }

    /** The page that was opened last in the first context that has any: the session's own, unless it was closed. */
    private static Page page(Browser browser) {
        for (BrowserContext context : browser.contexts()) {
            List<Page> pages = context.pages();
            if (!pages.isEmpty()) {
                return pages.getLast();
            }
        }
        BrowserContext context = browser.contexts().isEmpty()
                ? browser.newContext()
                : browser.contexts().getFirst();
        return context.newPage();
    }

    /** Ends the connection; the browser goes on. */
    private void leave(@Nullable Browser browser) {
        try {
            if (browser != null) {
                browser.close();
            }
        } catch (PlaywrightException e) {
            discard(); // A driver that fails at this is not to be asked again.
        }
    }

    private void discard() {
        DriverProcess now = driver;
        driver = null;
        if (now != null) {
            launcher.abandon(now);
        }
    }
}

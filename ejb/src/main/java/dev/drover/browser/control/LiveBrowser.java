// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import static java.util.Objects.requireNonNull;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/**
 * A browser that runs, with the driver through which one thread speaks to it. Contexts are opened and closed by that
 * thread alone; {@link #alive}, {@link #killBrowser} and {@link #killDriver} may be called by any.
 */
final class LiveBrowser {

    private static final Duration DRIVER_FAREWELL = Duration.ofSeconds(2);
    private static final Duration KILLED = Duration.ofSeconds(1);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

    private final BrowserKind kind;
    private final Playwright playwright;
    private final Browser browser;
    private final ProcessHandle driverProcess;
    private final ProcessHandle browserProcess;
    private final Path temporary;
    private final ProcessLedger ledger;
    private final String version;
    private final Instant launchedAt;

    LiveBrowser(
            BrowserKind kind,
            Playwright playwright,
            Browser browser,
            ProcessHandle driverProcess,
            ProcessHandle browserProcess,
            Path temporary,
            ProcessLedger ledger,
            Instant launchedAt) {
        this.kind = requireNonNull(kind, "kind");
        this.playwright = requireNonNull(playwright, "playwright");
        this.browser = requireNonNull(browser, "browser");
        this.driverProcess = requireNonNull(driverProcess, "driverProcess");
        this.browserProcess = requireNonNull(browserProcess, "browserProcess");
        this.temporary = requireNonNull(temporary, "temporary");
        this.ledger = requireNonNull(ledger, "ledger");
        this.version = browser.version();
        this.launchedAt = requireNonNull(launchedAt, "launchedAt");
    }

    BrowserKind kind() {
        return kind;
    }

    String version() {
        return version;
    }

    Instant launchedAt() {
        return launchedAt;
    }

    long driverPid() {
        return driverProcess.pid();
    }

    long browserPid() {
        return browserProcess.pid();
    }

    Playwright playwright() {
        return playwright;
    }

    BrowserContext newContext(Browser.NewContextOptions options) {
        return browser.newContext(options);
    }

    /**
     * Whether the browser lives, as its own thread sees it: its processes run, and it has not told otherwise. The second
     * may be known some milliseconds earlier.
     */
    boolean usable() {
        return alive() && browser.isConnected();
    }

    /** Whether both processes run. Playwright's own word stays "connected" until its thread listens again. */
    boolean alive() {
        return browserProcess.isAlive() && driverProcess.isAlive();
    }

    void killBrowser() {
        browserProcess.destroyForcibly();
    }

    /** Ends the driver, which takes its browser along; what the browser leaves is killed too. */
    void killDriver() {
        var descendants = driverProcess.descendants().toList();
        driverProcess.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
        browserProcess.destroyForcibly();
    }

    /** Ends both processes in good order where they still listen, and by force where they do not. Bounded in time. */
    void close() {
        if (alive()) {
            try {
                browser.close();
            } catch (PlaywrightException e) {
                // It will be killed below.
            }
        }
        var descendants = driverProcess.descendants().toList();
        if (driverProcess.isAlive()) {
            driverProcess.destroy();
        }
        if (!ends(driverProcess, DRIVER_FAREWELL)) {
            driverProcess.destroyForcibly();
        }
        descendants.forEach(ProcessHandle::destroyForcibly);
        browserProcess.destroyForcibly();
        ends(driverProcess, KILLED);
        ends(browserProcess, KILLED);
        try {
            playwright.close(); // Releases the pipes and their threads; the process has ended.
        } catch (PlaywrightException e) {
            // The connection is gone, which is what was wanted.
        }
        ledger.forget(driverProcess);
        ledger.forget(browserProcess);
        BrowserFolders.delete(temporary);
    }

    /** Looks often: for a process that is not our child the JDK's own watch may take seconds to notice. */
    private static boolean ends(ProcessHandle process, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (process.isAlive() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            Thread.interrupted(); // Else the next wait would be none; what is to end is ending.
        }
        return !process.isAlive();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.PlaywrightException;
import dev.drover.browser.control.egress.EgressProxy;
import dev.drover.task.control.TaskFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Held browsers, several on each driver. A browser is bound to an endpoint as it is launched: Playwright then answers
 * clients that connect, all of whom see the same contexts and pages, and none of whom ends anything by leaving.
 */
final class BoundBrowsers implements HeldBrowsers, BoundBrowser.Means, AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";

    /** What Chromium writes its DevTools port into, within its user data folder: the port, then the path of the browser. */
    private static final String PORT_FILE = "DevToolsActivePort";

    private static final String PROFILES = "playwright_chromiumdev_profile-";
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final BrowserSettings settings;
    private final HeldSettings held;
    private final BrowserLauncher launcher;
    private final EngineCatalog engines;
    private final Supplier<EgressProxy> proxies;
    private final Supplier<MachineLoad> machine;
    private final ThreadFactory threads;
    private final PageOperators operators;
    private final AtomicInteger turn = new AtomicInteger();
    private final List<HeldDriver> drivers = new ArrayList<>();
    private final List<Thread> running = new ArrayList<>();
    private boolean closed;

    BoundBrowsers(
            BrowserSettings settings,
            HeldSettings held,
            BrowserLauncher launcher,
            EngineCatalog engines,
            Supplier<EgressProxy> proxies,
            Supplier<MachineLoad> machine,
            ThreadFactory threads) {
        this.settings = settings;
        this.held = held;
        this.launcher = launcher;
        this.engines = engines;
        this.proxies = proxies;
        this.machine = machine;
        this.threads = threads;
        this.operators = new PageOperators(launcher, threads, held.operators(), settings.cancelGrace());
    }

    @Override
    public Optional<String> refusal(String engine, boolean headless) {
        return Optional.ofNullable(engines.refusalOf(new BrowserKind(engine, headless)))
                .map(failure -> String.valueOf(failure.getMessage()));
    }

    @Override
    public HeldBrowser launch(String engine, boolean headless) {
        BrowserKind kind = new BrowserKind(engine, headless);
        TaskFailure refusal = engines.refusalOf(kind);
        if (refusal != null) {
            throw refusal;
        }
        HeldDriver driver = place(engine);
        EgressProxy egress = proxies.get();
        try {
            Duration limit = settings.launchTimeout().multipliedBy(2);
            BoundBrowser browser = driver.call(limit, process -> launchOn(driver, process, kind, egress));
            engines.launched(kind, browser.version());
            return browser;
        } catch (RuntimeException e) {
            egress.close();
            driver.leave();
            throw engines.failed(kind, BrowserFailures.ofLaunch(e));
        }
    }

    @Override
    public boolean isMemoryShort() {
        return machine.get().memoryFree() < 2 * MachineCapacity.BROWSER;
    }

    @Override
    public BrowserOptions complete(BrowserOptions options) {
        return settings.identity().complete(options, turn.getAndIncrement());
    }

    @Override
    public PageOperators operators() {
        return operators;
    }

    @Override
    public void forget(ProcessHandle process) {
        launcher.forget(process);
    }

    /** Ends all drivers with their browsers. */
    @Override
    public void close() {
        List<Thread> ending;
        synchronized (this) {
            closed = true;
            drivers.forEach(HeldDriver::stop);
            ending = List.copyOf(running);
        }
        operators.close();
        long deadline = System.nanoTime() + FAREWELL.toNanos();
        for (Thread thread : ending) {
            try {
                thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Of the driver's thread. */
    private BoundBrowser launchOn(HeldDriver driver, DriverProcess process, BrowserKind kind, EgressProxy egress) {
        boolean chromium = kind.engine().equals(BrowserKind.CHROMIUM);
        Set<Path> before = profiles(process);
        BrowserLauncher.Launched launched = launcher.launchOn(
                process, kind, egress.port(), chromium ? List.of("--remote-debugging-port=0") : List.of());
        try {
            URI playwright = URI.create(launched.browser()
                    .bind("session", new Browser.BindOptions().setHost(LOOPBACK).setPort(0))
                    .endpoint);
            BoundBrowser.Endpoints endpoints = new BoundBrowser.Endpoints(
                    playwright,
                    chromium ? devTools(process, before) : null,
                    Files.createTempDirectory(process.temporary(), "files-"));
            BoundBrowser browser =
                    new BoundBrowser(kind, driver, launched.browser(), launched.process(), egress, endpoints, this);
            browser.prepare();
            return browser;
        } catch (IOException e) {
            launched.process().destroyForcibly();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            launched.process().destroyForcibly();
            throw e;
        }
    }

    private static @Nullable URI devTools(DriverProcess process, Set<Path> before) throws IOException {
        for (Path profile : profiles(process)) {
            Path file = profile.resolve(PORT_FILE);
            if (!before.contains(profile) && Files.exists(file)) {
                List<String> lines = Files.readAllLines(file);
                return URI.create("ws://" + LOOPBACK + ":" + lines.get(0).strip()
                        + lines.get(1).strip());
            }
        }
        throw new PlaywrightException("Chromium did not tell the port of its DevTools");
    }

    private static Set<Path> profiles(DriverProcess process) {
        try (Stream<Path> files = Files.list(process.temporary())) {
            return files.filter(file -> String.valueOf(file.getFileName()).startsWith(PROFILES))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized HeldDriver place(String engine) {
        if (closed) {
            throw new PlaywrightException("the server stops");
        }
        for (HeldDriver driver : drivers) {
            if (driver.engine().equals(engine) && driver.isAlive() && driver.enter(held.perDriver())) {
                return driver;
            }
        }
        HeldDriver driver = new HeldDriver(launcher, engine, this::gone);
        driver.enter(held.perDriver());
        drivers.add(driver);
        Thread thread = threads.newThread(driver);
        thread.setName("session-driver");
        running.removeIf(earlier -> earlier.getState() == Thread.State.TERMINATED);
        running.add(thread);
        thread.start();
        return driver;
    }

    private synchronized void gone(HeldDriver driver) {
        drivers.remove(driver);
    }
}

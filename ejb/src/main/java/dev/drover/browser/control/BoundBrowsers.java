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
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
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
    private static final Duration TELLING_PORT = Duration.ofSeconds(5);
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final BrowserSettings settings;
    private final HeldSettings held;
    private final BrowserLauncher launcher;
    private final EngineCatalog engines;
    private final Supplier<EgressProxy> proxies;
    private final Supplier<MachineLoad> machine;
    private final ThreadFactory threads;
    private final VncDisplays displays;
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
            ThreadFactory threads,
            VncDisplays displays) {
        this.settings = settings;
        this.held = held;
        this.launcher = launcher;
        this.engines = engines;
        this.proxies = proxies;
        this.machine = machine;
        this.threads = threads;
        this.displays = displays;
        this.operators = new PageOperators(launcher, threads, held.operators(), settings.cancelGrace());
    }

    @Override
    public Optional<String> refusal(String engine, Window window) {
        Optional<String> reason = window.isVnc() ? displays.refusal(window) : Optional.empty();
        return reason.or(() -> Optional.ofNullable(engines.refusalOf(kind(engine, window), window.isVnc()))
                .map(failure -> String.valueOf(failure.getMessage())));
    }

    private static BrowserKind kind(String engine, Window window) {
        return new BrowserKind(engine, window == Window.NONE);
    }

    @Override
    public HeldBrowser launch(String engine, Window window) {
        BrowserKind kind = kind(engine, window);
        TaskFailure refusal = engines.refusalOf(kind, window.isVnc());
        if (refusal != null) {
            throw refusal;
        }
        VncDisplay display = window.isVnc() ? displays.open(window) : null;
        try {
            return launch(kind, display);
        } catch (RuntimeException e) {
            if (display != null) {
                display.close();
            }
            throw e;
        }
    }

    private HeldBrowser launch(BrowserKind kind, @Nullable VncDisplay display) {
        HeldDriver driver = place(kind.engine());
        EgressProxy egress = proxies.get();
        try {
            Duration limit = settings.launchTimeout().multipliedBy(2);
            BoundBrowser browser = driver.call(limit, process -> launchOn(driver, process, kind, egress, display));
            engines.launched(kind, browser.version());
            return browser;
        } catch (RuntimeException e) {
            egress.close();
            driver.leave();
            throw engines.failed(kind, BrowserFailures.ofLaunch(e));
        }
    }

    @Override
    public void sweepDisplays() {
        displays.sweep();
    }

    @Override
    public int displays() {
        return displays.size();
    }

    @Override
    public int orphanedDisplays() {
        return displays.orphans();
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
    private BoundBrowser launchOn(
            HeldDriver driver,
            DriverProcess process,
            BrowserKind kind,
            EgressProxy egress,
            @Nullable VncDisplay display) {
        boolean chromium = kind.engine().equals(BrowserKind.CHROMIUM);
        Set<Path> before = profiles(process);
        BrowserLauncher.Launched launched = launcher.launchOn(
                process,
                kind,
                egress.port(),
                chromium ? List.of("--remote-debugging-port=0") : List.of(),
                display == null ? null : new BrowserLauncher.Screen(display.environment(), displays.resolution()));
        try {
            URI playwright = URI.create(launched.browser()
                    .bind("session", new Browser.BindOptions().setHost(LOOPBACK).setPort(0))
                    .endpoint);
            BoundBrowser.Endpoints endpoints = new BoundBrowser.Endpoints(
                    playwright,
                    chromium ? devTools(process, before) : null,
                    Files.createTempDirectory(process.temporary(), "files-"));
            BoundBrowser browser = new BoundBrowser(
                    kind, driver, launched.browser(), launched.process(), egress, endpoints, display, this);
            if (display != null) {
                display.belongsTo(launched.process());
            }
            browser.prepare();
            return browser;
        } catch (IOException e) {
            launched.process().destroyForcibly();
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            launched.process().destroyForcibly();
            Thread.currentThread().interrupt();
            throw new PlaywrightException("the server stops", e);
        } catch (RuntimeException e) {
            launched.process().destroyForcibly();
            throw e;
        }
    }

    /** Chromium writes the file on a thread of its own, so it may answer its driver before it has done so. */
    private static URI devTools(DriverProcess process, Set<Path> before) throws IOException, InterruptedException {
        Path profile = profiles(process).stream()
                .filter(found -> !before.contains(found))
                .findFirst()
                .orElseThrow(() -> new PlaywrightException("Chromium has no user data folder"));
        Optional<URI> told = devTools(profile.resolve(PORT_FILE));
        return told.isPresent() ? told.get() : awaitDevTools(profile);
    }

    private static URI awaitDevTools(Path profile) throws IOException, InterruptedException {
        long end = System.nanoTime() + TELLING_PORT.toNanos();
        try (WatchService watch = profile.getFileSystem().newWatchService()) {
            profile.register(watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
            Optional<URI> told = devTools(profile.resolve(PORT_FILE));
            while (told.isEmpty()) {
                WatchKey change = watch.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (change == null) {
                    throw new PlaywrightException("Chromium did not tell the port of its DevTools");
                }
                change.pollEvents();
                change.reset();
                told = devTools(profile.resolve(PORT_FILE));
            }
            return told.get();
        }
    }

    /** Empty until both lines are there. */
    private static Optional<URI> devTools(Path file) throws IOException {
        List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
        return lines.size() < 2
                ? Optional.empty()
                : Optional.of(URI.create("ws://" + LOOPBACK + ":" + lines.get(0).strip()
                        + lines.get(1).strip()));
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

// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.impl.PlaywrightImpl;
import com.microsoft.playwright.options.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Starts drivers and browsers. */
final class BrowserLauncher {

    /** One driver starts at a time, so that one that fails while it starts can be told from those that run. */
    private static final ReentrantLock STARTING_DRIVER = new ReentrantLock();

    private final BrowserSettings settings;
    private final ProcessLedger ledger;
    private final BrowserFolders folders;
    private final Clock clock;

    BrowserLauncher(BrowserSettings settings, ProcessLedger ledger, BrowserFolders folders, Clock clock) {
        this.settings = settings;
        this.ledger = ledger;
        this.folders = folders;
        this.clock = clock;
    }

    /**
     * Starts a driver and a browser, and returns once the browser answers. Nothing is left running when it fails.
     *
     * @param owner of the temporary folder that the processes use, for those who look at it
     * @param proxyPort on loopback, through which all of the browser's traffic has to go
     * @throws PlaywrightException when either does not start
     */
    LiveBrowser launch(String owner, BrowserKind kind, int proxyPort) {
        DriverProcess driver = startDriver(owner);
        try {
            Launched launched = launchOn(driver, kind, proxyPort, List.of(), null);
            return new LiveBrowser(
                    kind,
                    driver.playwright(),
                    launched.browser(),
                    driver.process(),
                    launched.process(),
                    driver.temporary(),
                    ledger,
                    clock.instant());
        } catch (RuntimeException e) {
            abandon(driver);
            throw e;
        }
    }

    /** A driver with nothing to drive yet; it belongs to the calling thread. */
    DriverProcess startDriver(String owner) {
        DriverFiles.provide(folders.driver());
        Path temporary = folders.ofDriver(owner);
        Playwright playwright = startDriver(temporary);
        return new DriverProcess(playwright, processOf(playwright), temporary);
    }

    /**
     * Starts a browser beside those that the driver has already.
     *
     * @param arguments beside the usual ones, for Chromium
     * @param screen for its window; null for that of the server
     * @throws PlaywrightException when it does not start; nothing of it is left then
     */
    Launched launchOn(
            DriverProcess driver, BrowserKind kind, int proxyPort, List<String> arguments, @Nullable Screen screen) {
        Set<ProcessHandle> before = driver.process().children().collect(Collectors.toSet());
        BrowserType.LaunchOptions options = options(kind, proxyPort, arguments);
        if (screen != null) {
            fill(screen, kind, options);
        } else if (!kind.headless() && kind.engine().equals(BrowserKind.CHROMIUM)) {
            Map<String, String> environment = new HashMap<>(System.getenv());
            environment.put("TMPDIR", fromHere(driver.temporary()));
            options.setEnv(environment);
        }
        Browser browser = type(driver.playwright(), kind.engine()).launch(options);
        ProcessHandle process = driver.process()
                .children()
                .filter(child -> !before.contains(child))
                .findFirst()
                .orElseThrow(() -> new PlaywrightException("the browser ended as soon as it had started"));
        ledger.record(process);
        return new Launched(browser, process);
    }

    /**
     * As short as it can be told to a process that is started here: Chromium with a window makes a socket in its temporary
     * folder, and the path of a socket has at most 107 bytes (unix(7)).
     */
    private static String fromHere(Path folder) {
        String whole = folder.toAbsolutePath().toString();
        String relative =
                Path.of("").toAbsolutePath().relativize(folder.toAbsolutePath()).toString();
        return relative.length() < whole.length() ? relative : whole;
    }

    /**
     * A display that a window is to fill.
     *
     * @param environment that leads there
     */
    record Screen(Map<String, String> environment, VncSettings.Resolution size) {}

    private static void fill(Screen screen, BrowserKind kind, BrowserType.LaunchOptions options) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.remove("WAYLAND_DISPLAY");
        environment.putAll(screen.environment());
        options.setEnv(environment);
        String width = Integer.toString(screen.size().width());
        String height = Integer.toString(screen.size().height());
        List<String> window = kind.engine().equals(BrowserKind.CHROMIUM)
                ? List.of("--ozone-platform=x11", "--window-position=0,0", "--window-size=" + width + "," + height)
                : List.of("--width", width, "--height", height);
        options.setArgs(Stream.concat(Stream.ofNullable(options.args).flatMap(List::stream), window.stream())
                .toList());
    }

    /** A browser process that has ended, or is to be forgotten. */
    void forget(ProcessHandle process) {
        ledger.forget(process);
    }

    /** Ends a driver at once, with all that it drives. */
    void abandon(DriverProcess driver) {
        abandon(driver.playwright(), driver.process());
        BrowserFolders.delete(driver.temporary());
    }

    /** A browser that answers, and its first process. */
    record Launched(Browser browser, ProcessHandle process) {}

    private Playwright startDriver(Path temporary) {
        Map<String, String> environment = new HashMap<>();
        environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        environment.put("TMPDIR", temporary.toString());
        // Where bound browsers are listed for the command line tools of the same user, with their endpoints (1.62).
        environment.put("PWTEST_SERVER_REGISTRY", temporary.resolve("registry").toString());
        Path node = settings.executables().node();
        if (node != null) {
            environment.put("PLAYWRIGHT_NODEJS_PATH", node.toString());
        }
        // Only where the machine brings the browser as well: else Playwright has to find its own where it put them.
        Path browsers = settings.executables().chromiumHeadless() == null
                ? null
                : folders.playwrightBrowsers(settings.executables().ffmpeg());
        if (browsers != null) {
            environment.put("PLAYWRIGHT_BROWSERS_PATH", browsers.toString());
        }
        STARTING_DRIVER.lock();
        // Playwright.create() keeps the environment of the first call for all later drivers of the process; each worker
        // needs its own temporary folder, which only this form allows (Driver.ensureDriverInstalled, 1.62).
        try {
            Playwright playwright = PlaywrightImpl.createImpl(new Playwright.CreateOptions().setEnv(environment), true);
            ledger.record(processOf(playwright));
            return playwright;
        } catch (RuntimeException e) {
            killUnrecordedDrivers();
            BrowserFolders.delete(temporary);
            throw e;
        } finally {
            STARTING_DRIVER.unlock();
        }
    }

    /** A driver that was started but never answered has no object that could be closed. */
    private void killUnrecordedDrivers() {
        ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").endsWith(" run-driver"))
                .filter(child -> !ledger.knows(child))
                .forEach(ProcessHandle::destroyForcibly);
    }

    private static ProcessHandle processOf(Playwright playwright) {
        try {
            // Playwright tells nobody the process it has started, and a stuck driver can only be ended from outside.
            var field = PlaywrightImpl.class.getDeclaredField("driverProcess");
            field.setAccessible(true);
            return ((Process) field.get(playwright)).toHandle();
        } catch (ReflectiveOperationException e) {
            playwright.close();
            throw new LinkageError("this is not the Playwright that Drover was built with", e);
        }
    }

    static BrowserType type(Playwright playwright, String engine) {
        return switch (engine) {
            case BrowserKind.FIREFOX -> playwright.firefox();
            case BrowserKind.WEBKIT -> playwright.webkit();
            default -> playwright.chromium();
        };
    }

    private BrowserType.LaunchOptions options(BrowserKind kind, int proxyPort, List<String> arguments) {
        BrowserType.LaunchOptions options = new BrowserType.LaunchOptions()
                .setHeadless(kind.headless())
                .setTimeout((double) settings.launchTimeout().toMillis())
                .setHandleSIGINT(false)
                .setHandleSIGTERM(false)
                .setHandleSIGHUP(false)
                .setProxy(new Proxy("http://127.0.0.1:" + proxyPort));
        Path executable = executable(kind);
        if (executable != null) {
            options.setExecutablePath(executable);
        }
        if (kind.engine().equals(BrowserKind.FIREFOX)) {
            options.setFirefoxUserPrefs(FIREFOX_PREFERENCES);
            if (executable != null) {
                options.setChannel("moz-firefox"); // A stock Firefox speaks WebDriver BiDi, not Playwright's protocol.
            }
        } else if (kind.engine().equals(BrowserKind.CHROMIUM)) {
            options.setChromiumSandbox(settings.sandbox())
                    .setArgs(Stream.concat(CHROMIUM_ARGUMENTS.stream(), arguments.stream())
                            .toList());
        }
        return options;
    }

    private @Nullable Path executable(BrowserKind kind) {
        Executables executables = settings.executables();
        return switch (kind.engine()) {
            case BrowserKind.CHROMIUM -> kind.headless() ? executables.chromiumHeadless() : executables.chromium();
            case BrowserKind.FIREFOX -> executables.firefox();
            default -> null;
        };
    }

    private void abandon(Playwright playwright, ProcessHandle driver) {
        List<ProcessHandle> tree = new ArrayList<>(
                Stream.concat(Stream.of(driver), driver.descendants()).toList());
        tree.forEach(ProcessHandle::destroyForcibly);
        boolean interrupted = Thread.interrupted(); // close() waits for the process, which has been killed.
        try {
            playwright.close();
        } catch (PlaywrightException e) {
            // It is gone.
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        ledger.forget(driver);
    }

    private static final List<String> CHROMIUM_ARGUMENTS = List.of(
            "--disable-quic",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            "--disable-gpu",
            // No way around the proxy: WebRTC over UDP, and names that the browser would resolve by itself.
            "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
            "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1");

    private static final Map<String, Object> FIREFOX_PREFERENCES = Map.of(
            "network.proxy.allow_hijacking_localhost",
            true,
            "network.dns.disablePrefetch",
            true,
            "network.trr.mode",
            5,
            "media.peerconnection.enabled",
            false,
            "network.http.http3.enable",
            false,
            "app.update.enabled",
            false);
}

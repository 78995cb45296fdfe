// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import static java.util.Objects.requireNonNull;

import dev.drover.system.control.ConfigKey;
import dev.drover.system.control.egress.AddressRange;
import dev.drover.system.control.egress.EgressSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/**
 * The settings of the browser room.
 *
 * @param workers how many browsers may run at once; at least 1
 * @param leastWorkers how many stay when there is nothing to do
 * @param executables where the browsers are
 * @param headless what a run that says nothing about it gets, and what warm browsers are
 * @param sandbox whether Chromium's own sandbox confines its pages
 * @param prewarm whether browsers are launched before the first run asks
 * @param recycleRuns after how many runs a worker gets a new driver and browser
 * @param memoryLimit above how much memory of its browser a worker gets a new one; twice as much ends a run
 * @param cancelGrace how long a worker may take to react before its browser, and then its driver, is killed
 * @param launchTimeout of a driver with its browser
 * @param maxPageBytes how much one run may load from the network
 * @param record when to keep what is known of a run that does not say it itself: never, on failure, or always
 * @param identity who browsers say they are where a run leaves it open
 * @param recordingBytes how large a trace, a video or a HAR may be to be kept
 * @param egressAllow what pages may reach although it is not public
 */
public record BrowserSettings(
        int workers,
        int leastWorkers,
        Executables executables,
        boolean headless,
        boolean sandbox,
        boolean prewarm,
        int recycleRuns,
        long memoryLimit,
        Duration cancelGrace,
        Duration launchTimeout,
        long maxPageBytes,
        BrowserOptions.Keep record,
        Identity identity,
        long recordingBytes,
        List<AddressRange> egressAllow) {

    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,6})\\s*([MmGg])([Ii]?[Bb])?");
    private static final long LEAST_MEMORY = 128L << 20;

    public static final ConfigKey<Optional<Integer>> WORKERS = new ConfigKey<>(
            "drover.browser.workers",
            "",
            "How many browsers may run at once; by default one for each core, as far as memory allows 512 MB for each.",
            text -> text.isBlank() ? Optional.empty() : Optional.of(workers(text)),
            List.of("MAX_BROWSER_INSTANCES"));

    public static final ConfigKey<Integer> LEAST_WORKERS = ConfigKey.number(
            "drover.browser.least-workers",
            1,
            1,
            64,
            "How many browsers stay when there is nothing to do for minutes, or when memory runs out.");

    public static final ConfigKey<List<String>> ENGINES = ConfigKey.words(
            "drover.browser.engines",
            "chromium,firefox,webkit",
            "Engines that runs may ask for, where this machine has them.");

    public static final ConfigKey<Optional<Path>> CHROMIUM_HEADLESS = executable(
            "drover.browser.chromium-headless-executable",
            "Chromium for runs without a window: the binary itself, not a script that starts it.");

    public static final ConfigKey<Optional<Path>> CHROMIUM = executable(
            "drover.browser.chromium-executable", "Chromium for runs with a window: the binary itself, not a script.");

    public static final ConfigKey<Optional<Path>> FIREFOX =
            executable("drover.browser.firefox-executable", "Firefox, driven over WebDriver BiDi.");

    public static final ConfigKey<Optional<Path>> NODE =
            executable("drover.browser.node-executable", "Node.js 20 or later, which runs the Playwright driver.");

    public static final ConfigKey<Boolean> HEADLESS = ConfigKey.flag(
            "drover.browser.headless",
            true,
            "Whether browsers run without a window where a job does not say; a window needs a display.",
            "BROWSER_HEADLESS");

    public static final ConfigKey<String> SANDBOX = new ConfigKey<>(
            "drover.browser.sandbox",
            "auto",
            "Chromium's own sandbox: on, off, or auto (on unless the server runs as root, where it cannot work).",
            BrowserSettings::sandboxWord,
            List.of());

    public static final ConfigKey<Boolean> PREWARM = ConfigKey.flag(
            "drover.browser.prewarm", true, "Whether browsers are launched at start, before the first job asks.");

    public static final ConfigKey<Integer> RECYCLE_RUNS = ConfigKey.number(
            "drover.browser.recycle-runs", 250, 1, 1_000_000, "After how many runs a worker gets a new browser.");

    public static final ConfigKey<Long> MEMORY_LIMIT = new ConfigKey<>(
            "drover.browser.memory-limit",
            "1GB",
            "Above how much memory of its processes, in MB or GB, a browser is replaced once its run has ended; a run"
                    + " whose browser takes twice as much is ended.",
            BrowserSettings::bytes,
            List.of("BROWSER_MEMORY_LIMIT"));

    public static final ConfigKey<Duration> CANCEL_GRACE = ConfigKey.seconds(
            "drover.browser.cancel-grace-seconds",
            "2",
            "Seconds that a cancelled or overdue run may take to stop before its browser is killed.");

    public static final ConfigKey<Duration> LAUNCH_TIMEOUT = ConfigKey.seconds(
            "drover.browser.launch-timeout-seconds", "60", "Seconds that the launch of a browser may take.");

    public static final ConfigKey<Integer> MAX_PAGE_MEGABYTES = ConfigKey.number(
            "drover.browser.max-page-megabytes",
            100,
            1,
            1_000_000,
            "Megabytes that one run may load from the network; a run that wants more fails as too_large.");

    public static final ConfigKey<BrowserOptions.Keep> RECORD = new ConfigKey<>(
            "drover.browser.record",
            "on_failure",
            "When to keep console, requests, last picture and last document of a run, and the trace of a repeated one,"
                    + " where its job does not say: never, on_failure or always.",
            BrowserSettings::keep,
            List.of());

    public static final ConfigKey<List<String>> USER_AGENTS = new ConfigKey<>(
            "drover.browser.user-agents",
            "",
            "User agents of Chromium, separated by vertical bars, which runs get in turn that name none; client hints"
                    + " follow them. By default the browser's own.",
            Identity::userAgents,
            List.of());

    public static final ConfigKey<Optional<String>> LOCALE = new ConfigKey<>(
            "drover.browser.locale",
            "",
            "The locale of runs that name none, as in sv-SE. By default the browser's own.",
            text -> text.isBlank() ? Optional.empty() : Optional.of(Identity.locale(text)),
            List.of());

    public static final ConfigKey<Optional<String>> TIMEZONE = new ConfigKey<>(
            "drover.browser.timezone",
            "",
            "The time zone of runs that name none, as in Europe/Stockholm. By default the machine's.",
            text -> text.isBlank() ? Optional.empty() : Optional.of(Identity.timezone(text)),
            List.of());

    public static final ConfigKey<Integer> RECORDING_MEGABYTES = ConfigKey.number(
            "drover.browser.recording-megabytes",
            100,
            1,
            10_000,
            "Megabytes up to which a trace, a video or a HAR is kept.");

    public BrowserSettings {
        if (leastWorkers < 1 || workers < leastWorkers) {
            throw new IllegalArgumentException("not a range of workers: " + leastWorkers + " to " + workers);
        }
        requireNonNull(executables, "executables");
        requireNonNull(record, "record");
        egressAllow = List.copyOf(egressAllow);
    }

    public static BrowserSettings from(Config config) {
        MachineCapacity machine = MachineCapacity.ofThisMachine();
        String sandbox = SANDBOX.read(config);
        int workers = WORKERS.read(config).orElseGet(machine::browsers);
        return new BrowserSettings(
                workers,
                Math.min(workers, LEAST_WORKERS.read(config)),
                Executables.find(
                        List.copyOf(ENGINES.read(config)),
                        CHROMIUM_HEADLESS.read(config),
                        CHROMIUM.read(config),
                        FIREFOX.read(config),
                        NODE.read(config)),
                HEADLESS.read(config),
                sandbox.equals("auto") ? !machine.runsAsRoot() : sandbox.equals("on"),
                PREWARM.read(config),
                RECYCLE_RUNS.read(config),
                MEMORY_LIMIT.read(config),
                CANCEL_GRACE.read(config),
                LAUNCH_TIMEOUT.read(config),
                MAX_PAGE_MEGABYTES.read(config) * 1024L * 1024L,
                RECORD.read(config),
                new Identity(
                        USER_AGENTS.read(config),
                        LOCALE.read(config).orElse(null),
                        TIMEZONE.read(config).orElse(null)),
                RECORDING_MEGABYTES.read(config) * 1024L * 1024L,
                EgressSettings.ALLOW.read(config));
    }

    private static long bytes(String text) {
        Matcher amount = AMOUNT.matcher(text.strip());
        if (!amount.matches()) {
            throw new IllegalArgumentException("an amount such as 512MB or 1GB");
        }
        int shift = amount.group(2).toUpperCase(Locale.ROOT).equals("G") ? 30 : 20;
        long bytes = Long.parseLong(amount.group(1)) << shift;
        if (bytes < LEAST_MEMORY) {
            throw new IllegalArgumentException("at least 128MB: a browser with an empty page takes that");
        }
        return bytes;
    }

    private static int workers(String text) {
        int value = Integer.parseInt(text.strip());
        if (value < 1 || value > 64) {
            throw new IllegalArgumentException("a whole number from 1 to 64");
        }
        return value;
    }

    private static String sandboxWord(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        if (!List.of("auto", "on", "off").contains(word)) {
            throw new IllegalArgumentException("auto, on or off");
        }
        return word;
    }

    private static BrowserOptions.Keep keep(String text) {
        for (BrowserOptions.Keep keep : BrowserOptions.Keep.values()) {
            if (keep.name().equalsIgnoreCase(text.strip())) {
                return keep;
            }
        }
        throw new IllegalArgumentException("never, on_failure or always");
    }

    private static ConfigKey<Optional<Path>> executable(String name, String description) {
        Function<String, Optional<Path>> parser =
                text -> text.isBlank() ? Optional.empty() : Optional.of(Path.of(text.strip()));
        return new ConfigKey<>(
                name, "", description + " By default looked for where Debian puts it.", parser, List.of());
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import dev.drover.browser.control.EngineStatus.Availability;
import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.TaskFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of each browser: from what is installed, and from every launch that was tried. */
final class EngineCatalog {

    static final List<String> ENGINES = List.of(BrowserKind.CHROMIUM, BrowserKind.FIREFOX, BrowserKind.WEBKIT);

    /** After a failed launch the engine may be asked for again, since what was wrong may have passed. */
    private static final Duration REST = Duration.ofSeconds(30);

    private final Executables executables;
    private final @Nullable String display;
    private final Clock clock;
    private final Map<BrowserKind, Launch> launches = new HashMap<>();

    /** The last launch of a kind of browser. */
    private record Launch(
            Instant at, @Nullable String version, @Nullable String problem) {}

    /** @param display where windows can be shown ({@code DISPLAY}); null when nowhere */
    EngineCatalog(Executables executables, @Nullable String display, Clock clock) {
        this.executables = executables;
        this.display = display;
        this.clock = clock;
    }

    synchronized void launched(BrowserKind kind, String version) {
        launches.put(kind, new Launch(clock.instant(), version, null));
    }

    /** A launch failed. Returns what the runs that wait for this browser fail with. */
    synchronized TaskFailure failed(BrowserKind kind, String problem) {
        Launch last = launches.get(kind);
        if (last != null && last.version() != null) {
            // It has worked on this machine: the launch has failed, not the engine.
            return new TaskFailure(
                    ErrorCategory.CRASH, "browser_launch_failed", "The browser could not be started: " + problem);
        }
        launches.put(kind, new Launch(clock.instant(), null, problem));
        return unavailable(kind, problem);
    }

    /** Why a run with these wishes fails at once; null when it may try. */
    @Nullable
    TaskFailure refusal(BrowserOptions options) {
        TaskFailure refusal = refusalOf(BrowserKind.of(options));
        boolean video = options.recording().video() != BrowserOptions.Keep.NEVER;
        if (refusal == null && video && !executables.canRecordVideo()) {
            return new TaskFailure(
                    ErrorCategory.ENGINE_UNAVAILABLE,
                    "video_unavailable",
                    "This server cannot record videos: ffmpeg is not installed.");
        }
        return refusal;
    }

    /** Why runs that ask for this browser fail at once; null when they may try. */
    @Nullable
    TaskFailure refusalOf(BrowserKind kind) {
        return refusalOf(kind, false);
    }

    /** @param ownDisplay whether the browser brings a display for its window */
    synchronized @Nullable TaskFailure refusalOf(BrowserKind kind, boolean ownDisplay) {
        String reason = missing(kind, ownDisplay || display != null);
        if (reason != null) {
            return unavailable(kind, reason);
        }
        Launch last = launches.get(kind);
        if (last != null
                && last.problem() != null
                && clock.instant().isBefore(last.at().plus(REST))) {
            return unavailable(kind, last.problem());
        }
        return null;
    }

    synchronized List<EngineStatus> statuses() {
        return ENGINES.stream().map(this::status).toList();
    }

    private EngineStatus status(String engine) {
        BrowserKind kind = new BrowserKind(engine, true);
        String missing = missing(kind, display != null);
        if (missing != null) {
            return new EngineStatus(engine, Availability.UNAVAILABLE, null, missing);
        }
        Launch last = launches.getOrDefault(kind, launches.get(new BrowserKind(engine, false)));
        if (last == null) {
            return new EngineStatus(engine, Availability.UNKNOWN, null, "It has not been launched yet.");
        }
        return last.version() != null
                ? new EngineStatus(engine, Availability.AVAILABLE, last.version(), null)
                : new EngineStatus(engine, Availability.UNAVAILABLE, null, last.problem());
    }

    /** What this machine lacks for such a browser, in a sentence. */
    private @Nullable String missing(BrowserKind kind, boolean hasDisplay) {
        if (!ENGINES.contains(kind.engine())) {
            return "There is no such engine; there are " + String.join(", ", ENGINES) + ".";
        }
        if (!executables.engines().contains(kind.engine())) {
            return "It is switched off on this server (DROVER_BROWSER_ENGINES).";
        }
        if (kind.engine().equals(BrowserKind.FIREFOX) && executables.firefox() == null) {
            return "Firefox is not installed.";
        }
        if (kind.engine().equals(BrowserKind.WEBKIT)) {
            return "There is no WebKit that this server could drive.";
        }
        if (!kind.headless() && !hasDisplay) {
            return "This server has no display to show a window on (DISPLAY is not set).";
        }
        if (!kind.headless() && kind.engine().equals(BrowserKind.CHROMIUM) && executables.chromium() == null) {
            return "Only Chromium's headless shell is installed, which shows no window.";
        }
        return null;
    }

    private static TaskFailure unavailable(BrowserKind kind, String reason) {
        return new TaskFailure(
                ErrorCategory.ENGINE_UNAVAILABLE,
                kind.headless() ? "engine_unavailable" : "window_unavailable",
                "%s is not available on this server. %s".formatted(kind, reason));
    }
}

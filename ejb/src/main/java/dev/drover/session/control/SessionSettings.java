// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.control;

import static java.util.Objects.requireNonNull;

import dev.drover.session.entity.StartPage;
import dev.drover.system.control.ConfigKey;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.config.Config;

/**
 * How sessions are kept.
 *
 * @param most how many this node has at once
 * @param idleTtl of sessions that do not say
 * @param maxTtl the longest that one may live
 * @param prewarmHeadless how many browsers wait for the next session
 * @param prewarmVnc how many of those with a display of their own
 * @param prewarmInterval how often they are made up to that number
 * @param startUrlWait of sessions that do not say
 * @param kept how long sessions are listed that have ended
 * @param framesInterval how often a frame of each session that is used is kept; zero for never
 * @param framesKept how many frames of each session are kept
 */
public record SessionSettings(
        int most,
        Duration idleTtl,
        Duration maxTtl,
        int prewarmHeadless,
        int prewarmVnc,
        Duration prewarmInterval,
        StartPage.Wait startUrlWait,
        Duration kept,
        Duration framesInterval,
        int framesKept) {

    /** Bounds of what a session may ask for. */
    public static final int LEAST_IDLE_SECONDS = 30;

    public static final int MOST_IDLE_SECONDS = 3600;

    public static final ConfigKey<Integer> MOST = ConfigKey.number(
            "drover.sessions.max", 16, 0, 1000, "How many sessions this node has at once, each with a browser.");

    public static final ConfigKey<Integer> IDLE_TTL = ConfigKey.number(
            "drover.sessions.idle-ttl-seconds",
            300,
            LEAST_IDLE_SECONDS,
            MOST_IDLE_SECONDS,
            "After how many seconds without use a session ends that does not say it itself.");

    public static final ConfigKey<Integer> MAX_TTL = ConfigKey.number(
            "drover.sessions.max-ttl-seconds",
            14_400,
            60,
            604_800,
            "How many seconds a session lives at most, however much it is used.");

    public static final ConfigKey<Integer> PREWARM_HEADLESS = ConfigKey.number(
            "drover.sessions.prewarm-headless",
            1,
            0,
            64,
            "How many headless Chromium browsers wait for the next session; given up when memory runs out.",
            "RUNNER_PREWARM_HEADLESS");

    public static final ConfigKey<Integer> PREWARM_VNC = ConfigKey.number(
            "drover.sessions.prewarm-vnc",
            1,
            0,
            64,
            "How many Chromium browsers on displays of their own wait for the next VNC session, where VNC can be had;"
                    + " given up when memory runs out.",
            "RUNNER_PREWARM_VNC");

    public static final ConfigKey<Duration> PREWARM_INTERVAL = ConfigKey.seconds(
            "drover.sessions.prewarm-interval-seconds",
            "2",
            "How often waiting browsers are made up to their number.",
            "RUNNER_PREWARM_CHECK_INTERVAL_SECONDS");

    public static final ConfigKey<StartPage.Wait> START_URL_WAIT = new ConfigKey<>(
            "drover.sessions.start-url-wait",
            "load",
            "How far the first page of a session has to be before it is ready, where the session does not say: none,"
                    + " domcontentloaded or load.",
            SessionSettings::wait,
            List.of("RUNNER_START_URL_WAIT"));

    public static final ConfigKey<Duration> KEPT =
            ConfigKey.seconds("drover.sessions.kept-seconds", "3600", "How long a session is listed after its end.");

    public static final ConfigKey<Integer> FRAMES_INTERVAL = ConfigKey.number(
            "drover.sessions.frames-seconds",
            10,
            0,
            3600,
            "How often a picture of each session is kept for its timeline, while it is used; 0: none are.");

    public static final ConfigKey<Integer> FRAMES_KEPT = ConfigKey.number(
            "drover.sessions.frames-kept",
            120,
            1,
            10_000,
            "How many pictures are kept of each session, about 50 KB each; older ones are deleted.");

    public SessionSettings {
        requireNonNull(startUrlWait, "startUrlWait");
        if (prewarmInterval.compareTo(Duration.ofMillis(100)) < 0) {
            prewarmInterval = Duration.ofMillis(100);
        }
    }

    public static SessionSettings from(Config config) {
        return new SessionSettings(
                MOST.read(config),
                Duration.ofSeconds(IDLE_TTL.read(config)),
                Duration.ofSeconds(MAX_TTL.read(config)),
                PREWARM_HEADLESS.read(config),
                PREWARM_VNC.read(config),
                PREWARM_INTERVAL.read(config),
                START_URL_WAIT.read(config),
                KEPT.read(config),
                Duration.ofSeconds(FRAMES_INTERVAL.read(config)),
                FRAMES_KEPT.read(config));
    }

    private static StartPage.Wait wait(String text) {
        for (StartPage.Wait wait : StartPage.Wait.values()) {
            if (wait.wireName().equals(text.strip().toLowerCase(Locale.ROOT))) {
                return wait;
            }
        }
        throw new IllegalArgumentException("none, domcontentloaded or load");
    }
}

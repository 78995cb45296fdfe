// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import dev.drover.system.control.ConfigKey;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;

/** When somebody is to be told that something is not as it should be. */
public record AlertSettings(
        int queueSize,
        Duration queueWait,
        int healthScore,
        int ledgerBacklog,
        Duration calm,
        Duration kept,
        Duration trendsKept) {

    public static final ConfigKey<Integer> QUEUE_SIZE = ConfigKey.number(
            "drover.alerts.queue-size",
            20,
            0,
            Integer.MAX_VALUE,
            "More waiting jobs than this raise the alert queue_size (medium).");

    public static final ConfigKey<Duration> QUEUE_WAIT = ConfigKey.seconds(
            "drover.alerts.queue-wait-seconds",
            "300",
            "A job that waits longer than so many seconds raises the alert queue_wait (high).");

    public static final ConfigKey<Integer> HEALTH_SCORE = ConfigKey.number(
            "drover.alerts.health-score",
            70,
            0,
            100,
            "A health score below this raises the alert health_score (high).");

    public static final ConfigKey<Integer> LEDGER_BACKLOG = ConfigKey.number(
            "drover.alerts.ledger-backlog",
            1000,
            0,
            Integer.MAX_VALUE,
            "More writes that wait for the database than this raise the alert ledger_backlog (high).");

    public static final ConfigKey<Duration> CALM = ConfigKey.seconds(
            "drover.alerts.calm-seconds",
            "30",
            "For how many seconds a thing must be as it should be before its alert ends.");

    public static final ConfigKey<Duration> KEPT = ConfigKey.seconds(
            "drover.alerts.kept-seconds",
            "604800",
            "How long an alert is kept after its end, in seconds; of all alerts, the newest 2000 are kept.");

    public static final ConfigKey<Duration> TRENDS_KEPT = ConfigKey.seconds(
            "drover.trends.kept-seconds",
            "172800",
            "How long the samples are kept that each node takes every minute, in seconds; at most 30 days.");

    private static final Duration MOST_TRENDS = Duration.ofDays(30);

    public static AlertSettings from(Config config) {
        Duration trends = TRENDS_KEPT.read(config);
        return new AlertSettings(
                QUEUE_SIZE.read(config),
                QUEUE_WAIT.read(config),
                HEALTH_SCORE.read(config),
                LEDGER_BACKLOG.read(config),
                CALM.read(config),
                KEPT.read(config),
                trends.compareTo(MOST_TRENDS) > 0 ? MOST_TRENDS : trends);
    }
}

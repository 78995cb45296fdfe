// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import dev.drover.system.control.ConfigKey;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.Config;

/** When the service takes on less, and when it takes on more again. */
public record LevelSettings(
        LevelSteps queueLength,
        LevelSteps queueWaitSeconds,
        LevelSteps diskFreeMegabytes,
        LevelSteps ledgerBacklog,
        LevelSteps openBreakersPercent,
        LevelSteps brokenWorkersPercent,
        Duration recovery) {

    private static final String THREE =
            " Three values, for degraded, minimal and emergency; never: it does not come to it.";

    public static final ConfigKey<LevelSteps> QUEUE_LENGTH = new ConfigKey<>(
            "drover.level.queue-length",
            "100000,250000,500000",
            "From how many waiting jobs on the service level falls." + THREE,
            LevelSteps::rising,
            List.of());

    public static final ConfigKey<LevelSteps> QUEUE_WAIT = new ConfigKey<>(
            "drover.level.queue-wait-seconds",
            "600,3600,never",
            "From which wait of the job that has waited longest on the service level falls." + THREE,
            LevelSteps::rising,
            List.of());

    public static final ConfigKey<LevelSteps> DISK_FREE = new ConfigKey<>(
            "drover.level.disk-free-megabytes",
            "1024,512,128",
            "Below which free space for DATA_ROOT the service level falls." + THREE,
            LevelSteps::falling,
            List.of());

    public static final ConfigKey<LevelSteps> LEDGER_BACKLOG = new ConfigKey<>(
            "drover.level.ledger-backlog",
            "2000,10000,50000",
            "From how many writes that wait for the database on the service level falls." + THREE,
            LevelSteps::rising,
            List.of());

    public static final ConfigKey<LevelSteps> OPEN_BREAKERS = new ConfigKey<>(
            "drover.level.open-breakers-percent",
            "50,80,never",
            "From which share of sites with an open circuit breaker on the service level falls, where the node has"
                    + " visited four sites or more." + THREE,
            LevelSteps::rising,
            List.of());

    public static final ConfigKey<LevelSteps> BROKEN_WORKERS = new ConfigKey<>(
            "drover.level.broken-workers-percent",
            "50,100,never",
            "From which share of browser workers that cannot launch their browser on the service level falls." + THREE,
            LevelSteps::rising,
            List.of());

    public static final ConfigKey<Duration> RECOVERY = ConfigKey.seconds(
            "drover.level.recovery-seconds",
            "30",
            "For how many seconds things must be better before the service level rises; it falls at once.");

    public static LevelSettings from(Config config) {
        return new LevelSettings(
                QUEUE_LENGTH.read(config),
                QUEUE_WAIT.read(config),
                DISK_FREE.read(config),
                LEDGER_BACKLOG.read(config),
                OPEN_BREAKERS.read(config),
                BROKEN_WORKERS.read(config),
                RECOVERY.read(config));
    }
}

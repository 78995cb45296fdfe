// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import dev.drover.job.entity.JobStatus;
import dev.drover.system.control.ConfigKey;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;

/** How jobs are kept and run. */
public record JobSettings(
        Duration ttl,
        Duration failedTtl,
        Duration longestTimeout,
        int maxAttempts,
        Duration lease,
        Duration redispatchAfter,
        int largestParams,
        int plainConcurrency) {

    public static final ConfigKey<Duration> TTL = ConfigKey.seconds(
            "drover.jobs.ttl-seconds",
            "3600",
            "How long a job is kept after it succeeded or was cancelled, in seconds.");

    public static final ConfigKey<Duration> FAILED_TTL = ConfigKey.seconds(
            "drover.jobs.failed-ttl-seconds", "2592000", "How long a failed job is kept, in seconds.");

    public static final ConfigKey<Duration> LONGEST_TIMEOUT = ConfigKey.seconds(
            "drover.jobs.longest-timeout-seconds", "3600", "The most that a job may ask for as timeout_seconds.");

    public static final ConfigKey<Integer> MAX_ATTEMPTS =
            ConfigKey.number("drover.jobs.max-attempts", 3, 1, 100, "Attempts that a job gets when it names none.");

    public static final ConfigKey<Duration> LEASE = ConfigKey.seconds(
            "drover.jobs.lease-seconds",
            "30",
            "After how many seconds without a sign of life a running attempt is lost.");

    public static final ConfigKey<Duration> REDISPATCH_AFTER = ConfigKey.seconds(
            "drover.jobs.redispatch-after-seconds",
            "900",
            "After how many seconds in the queue a job's message is sent again, in case the broker lost it.");

    public static final ConfigKey<Integer> LARGEST_PARAMS = ConfigKey.number(
            "drover.jobs.largest-params-kilobytes",
            8192,
            1,
            10_240,
            "The largest parameters that a job may have, in kilobytes of JSON.");

    public static final ConfigKey<Integer> PLAIN_CONCURRENCY = ConfigKey.number(
            "drover.jobs.plain.concurrency", 16, 1, 256, "How many jobs without a browser this node runs at once.");

    /** How long a job that ended so is kept: a failed one waits for someone to look at it. */
    Duration keptAfter(JobStatus end, Duration ttlOfJob) {
        return end == JobStatus.FAILED && failedTtl.compareTo(ttlOfJob) > 0 ? failedTtl : ttlOfJob;
    }

    public static JobSettings from(Config config) {
        return new JobSettings(
                TTL.read(config),
                FAILED_TTL.read(config),
                LONGEST_TIMEOUT.read(config),
                MAX_ATTEMPTS.read(config),
                LEASE.read(config),
                REDISPATCH_AFTER.read(config),
                LARGEST_PARAMS.read(config) * 1024,
                PLAIN_CONCURRENCY.read(config));
    }
}

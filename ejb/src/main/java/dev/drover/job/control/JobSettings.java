// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import dev.drover.job.entity.JobStatus;
import dev.drover.system.control.ConfigKey;
import dev.drover.system.control.InvalidSetting;
import dev.drover.task.control.TaskDescriptor;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.Config;

/** How jobs are kept and run. */
public record JobSettings(
        Duration ttl,
        Duration failedTtl,
        Duration longestTimeout,
        int maxAttempts,
        Map<String, Integer> maxAttemptsByTask,
        Duration lease,
        Duration redispatchAfter,
        int largestParams,
        int plainConcurrency,
        Duration retryBase,
        Duration longestRetry,
        Duration cancelGrace,
        Duration stopGrace,
        int queuedPerUser,
        int runningPerUser,
        Map<String, Integer> weights,
        Duration ageing) {

    public JobSettings {
        maxAttemptsByTask = Map.copyOf(maxAttemptsByTask);
        weights = Map.copyOf(weights);
    }

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

    public static final ConfigKey<List<String>> MAX_ATTEMPTS_BY_TASK = ConfigKey.words(
            "drover.jobs.max-attempts-by-task",
            "",
            "Tasks whose jobs get another number of attempts when they name none, as task:number.");

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

    public static final ConfigKey<Duration> RETRY_BASE = ConfigKey.seconds(
            "drover.jobs.retry-base-seconds",
            "2",
            "The most that the pause before a second attempt takes; each further pause may take twice the one before.");

    public static final ConfigKey<Duration> LONGEST_RETRY = ConfigKey.seconds(
            "drover.jobs.longest-retry-seconds",
            "600",
            "The longest pause between two attempts, also when a site asks for more in Retry-After.");

    public static final ConfigKey<Duration> CANCEL_GRACE = ConfigKey.seconds(
            "drover.jobs.cancel-grace-seconds",
            "10",
            "How long a cancelled task may take to its next step before it is interrupted.");

    public static final ConfigKey<Duration> STOP_GRACE = ConfigKey.seconds(
            "drover.jobs.stop-grace-seconds",
            "5",
            "How long running jobs may go on when the server is told to stop; then they go back to the queue.");

    public static final ConfigKey<Integer> QUEUED_PER_USER = ConfigKey.number(
            "drover.jobs.queued-per-user",
            100_000,
            1,
            10_000_000,
            "How many jobs of one user may wait; more are refused with 429.");

    public static final ConfigKey<Integer> RUNNING_PER_USER = ConfigKey.number(
            "drover.jobs.running-per-user",
            0,
            0,
            10_000,
            "How many jobs of one user each node runs at once, the others wait; 0: no limit.");

    public static final ConfigKey<List<String>> WEIGHTS = ConfigKey.words(
            "drover.jobs.user-weights", "", "Users whose share of the workers is larger than 1, as name:weight.");

    public static final ConfigKey<Duration> AGEING = ConfigKey.seconds(
            "drover.jobs.ageing-seconds",
            "60",
            "After each such time in the queue a job moves one of ten steps of priority forward.");

    /** The attempts of a job that names none. */
    int maxAttempts(TaskDescriptor task) {
        Integer own = task.defaultMaxAttempts();
        return maxAttemptsByTask.getOrDefault(task.name(), own == null ? maxAttempts : own);
    }

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
                numbers(MAX_ATTEMPTS_BY_TASK, config, 100),
                LEASE.read(config),
                REDISPATCH_AFTER.read(config),
                LARGEST_PARAMS.read(config) * 1024,
                PLAIN_CONCURRENCY.read(config),
                RETRY_BASE.read(config),
                LONGEST_RETRY.read(config),
                CANCEL_GRACE.read(config),
                STOP_GRACE.read(config),
                QUEUED_PER_USER.read(config),
                RUNNING_PER_USER.read(config),
                numbers(WEIGHTS, config, 999),
                AGEING.read(config));
    }

    private static Map<String, Integer> numbers(ConfigKey<List<String>> key, Config config, int most) {
        Map<String, Integer> numbers = new HashMap<>();
        for (String word : key.read(config)) {
            int colon = word.lastIndexOf(':');
            String number = word.substring(colon + 1);
            if (colon < 1 || !number.matches("[1-9][0-9]{0,2}") || Integer.parseInt(number) > most) {
                throw new InvalidSetting(
                        key.variable(),
                        word,
                        key.description(),
                        new IllegalArgumentException("write name:number, the number from 1 to " + most));
            }
            numbers.put(word.substring(0, colon), Integer.valueOf(number));
        }
        return numbers;
    }
}

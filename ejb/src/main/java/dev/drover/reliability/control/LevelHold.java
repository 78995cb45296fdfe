// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Keeps the service level from going up and down all the time: it falls at once and rises, one level or more, when things
 * have been better for long enough. Not for several threads.
 */
final class LevelHold {

    private static final Set<ServiceLevel> HELD =
            EnumSet.of(ServiceLevel.DEGRADED, ServiceLevel.MINIMAL, ServiceLevel.EMERGENCY);

    private final Duration recovery;
    private final Set<ServiceLevel> reached = EnumSet.noneOf(ServiceLevel.class);
    private final Map<ServiceLevel, Instant> betterSince = new EnumMap<>(ServiceLevel.class);

    LevelHold(Duration recovery) {
        this.recovery = recovery;
    }

    /**
     * The level to be at now.
     *
     * @param asked what things are like at this moment
     */
    ServiceLevel update(ServiceLevel asked, Instant now) {
        for (ServiceLevel level : HELD) {
            if (!level.isWorseThan(asked)) {
                reached.add(level);
                betterSince.remove(level);
            } else if (reached.contains(level) && hasBeenBetter(level, now)) {
                reached.remove(level);
                betterSince.remove(level);
            }
        }
        return reached.stream().reduce(ServiceLevel.FULL, ServiceLevel::worst);
    }

    private boolean hasBeenBetter(ServiceLevel level, Instant now) {
        Instant since = betterSince.computeIfAbsent(level, unknown -> now);
        if (since.isAfter(now)) {
            // The clock was put back.
            betterSince.put(level, now);
            return recovery.isZero();
        }
        return Duration.between(since, now).compareTo(recovery) >= 0;
    }
}

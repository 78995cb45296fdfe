// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * When a site is left alone, and how much of it a node asks for.
 *
 * @param failurePercent from this share of failed visits on the breaker opens, 1 to 100
 * @param leastCalls so many visits must have been counted before it opens
 * @param windowCalls so many of the last visits are counted
 * @param open how long nobody visits a site whose breaker has opened
 * @param probes how many visits then decide whether it closes
 * @param concurrency visits at once from one node; 0 is no limit
 * @param perSecond visits that one node begins in a second, over time; 0 is no limit
 */
public record SiteThresholds(
        int failurePercent,
        int leastCalls,
        int windowCalls,
        Duration open,
        int probes,
        int concurrency,
        double perSecond) {

    public SiteThresholds {
        within("failures", failurePercent, 1, 100);
        within("window", windowCalls, 1, 1000);
        within("calls", leastCalls, 1, windowCalls);
        within("probes", probes, 1, 100);
        within("concurrency", concurrency, 0, 10_000);
        requireNonNull(open, "open");
        if (open.isNegative() || open.isZero() || open.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("open: more than 0 seconds, at most a day");
        }
        if (!(perSecond >= 0 && perSecond <= 10_000)) {
            throw new IllegalArgumentException("rate: from 0 to 10000 a second");
        }
    }

    private static void within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("%s: a whole number from %d to %d".formatted(name, least, most));
        }
    }
}

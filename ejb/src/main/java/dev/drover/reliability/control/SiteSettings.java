// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import static java.util.Objects.requireNonNull;

import dev.drover.system.control.ConfigKey;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.Config;

/**
 * How the sites that jobs visit are watched over.
 *
 * @param usual for every site that no rule names
 * @param rules the first that covers a site counts
 * @param patience a time-out that came sooner is the job's own impatience and says nothing about the site
 * @param remembered how many sites a node keeps in memory
 */
public record SiteSettings(SiteThresholds usual, List<SiteRule> rules, Duration patience, int remembered) {

    public static final ConfigKey<Integer> FAILURE_PERCENT = ConfigKey.number(
            "drover.sites.failure-percent",
            50,
            1,
            100,
            "From this share of failed visits on, in percent, the circuit breaker of a site opens.");

    public static final ConfigKey<Integer> LEAST_CALLS = ConfigKey.number(
            "drover.sites.least-calls", 10, 1, 1000, "So many visits are counted before a breaker may open.");

    public static final ConfigKey<Integer> WINDOW_CALLS = ConfigKey.number(
            "drover.sites.window-calls", 20, 1, 1000, "So many of the last visits of a site are counted.");

    public static final ConfigKey<Duration> OPEN = ConfigKey.seconds(
            "drover.sites.open-seconds",
            "30",
            "For how many seconds nobody visits a site whose breaker has opened; its jobs wait.");

    public static final ConfigKey<Integer> PROBES = ConfigKey.number(
            "drover.sites.probes", 3, 1, 100, "How many visits then decide whether the breaker closes or opens again.");

    public static final ConfigKey<Integer> CONCURRENCY = ConfigKey.number(
            "drover.sites.concurrency",
            10,
            0,
            10_000,
            "How many jobs of one node visit the same site at once; 0: no limit.");

    public static final ConfigKey<Double> PER_SECOND = new ConfigKey<>(
            "drover.sites.per-second",
            "20",
            "How many visits to the same site one node begins in a second, over time; 0: no limit.",
            SiteSettings::rate,
            List.of());

    public static final ConfigKey<List<SiteRule>> RULES = new ConfigKey<>(
            "drover.sites.rules",
            "",
            "What is different for some sites, as in `shop.example.com concurrency=2 rate=0.5; *.example.org open=120`:"
                    + " failures (percent), calls, window, open (seconds), probes, concurrency, rate (a second).",
            SiteRule::parse,
            List.of());

    public static final ConfigKey<Duration> PATIENCE = ConfigKey.seconds(
            "drover.sites.patience-seconds",
            "5",
            "A time-out that came sooner than after so many seconds is not held against the site.");

    public static final ConfigKey<Integer> REMEMBERED = ConfigKey.number(
            "drover.sites.remembered",
            1000,
            10,
            100_000,
            "How many sites a node keeps in memory; those that were not visited for longest are forgotten.");

    public SiteSettings {
        requireNonNull(usual, "usual");
        rules = List.copyOf(rules);
        requireNonNull(patience, "patience");
        // What does not fit together is refused at the start, not at the first visit.
        rules.forEach(rule -> rule.over(usual));
    }

    /** @param site {@code host} or {@code host:port} in lower case */
    SiteThresholds of(String site) {
        for (SiteRule rule : rules) {
            if (rule.covers(site)) {
                return rule.over(usual);
            }
        }
        return usual;
    }

    /** For the receivers of webhooks: their couriers have limits of their own. */
    SiteThresholds ofReceivers() {
        return new SiteThresholds(
                usual.failurePercent(), usual.leastCalls(), usual.windowCalls(), usual.open(), usual.probes(), 0, 0);
    }

    public static SiteSettings from(Config config) {
        int window = WINDOW_CALLS.read(config);
        SiteThresholds usual = new SiteThresholds(
                FAILURE_PERCENT.read(config),
                Math.min(LEAST_CALLS.read(config), window),
                window,
                OPEN.read(config),
                PROBES.read(config),
                CONCURRENCY.read(config),
                PER_SECOND.read(config));
        return new SiteSettings(usual, RULES.read(config), PATIENCE.read(config), REMEMBERED.read(config));
    }

    private static double rate(String text) {
        double rate = Double.parseDouble(text.strip());
        if (!(rate >= 0 && rate <= 10_000)) {
            throw new IllegalArgumentException("a number from 0 to 10000");
        }
        return rate;
    }
}

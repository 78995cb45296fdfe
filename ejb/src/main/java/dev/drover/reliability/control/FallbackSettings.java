// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import static java.util.Objects.requireNonNull;

import dev.drover.job.entity.JobFallback.Kind;
import dev.drover.system.control.ConfigKey;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.config.Config;

/**
 * What jobs may fall back to when what they asked for cannot be had.
 *
 * @param rules the first that covers a task counts
 * @param sources origins by the site that they stand in for, {@code host} or {@code host:port} in lower case
 * @param longestStale how old a result may be that stands in for another
 * @param resultsKept how many such results are kept
 */
public record FallbackSettings(
        List<FallbackRule> rules, Map<String, String> sources, Duration longestStale, int resultsKept) {

    public static final ConfigKey<List<FallbackRule>> RULES = new ConfigKey<>(
            "drover.fallbacks.rules",
            "* engine",
            "What the jobs of a task may fall back to, as in `extract source reduced stale; * engine`: another `engine`"
                    + " where a job names none, another `source` of the site, a `reduced` result, a `stale` one.",
            FallbackRule::parse,
            List.of());

    public static final ConfigKey<Map<String, String>> SOURCES = new ConfigKey<>(
            "drover.fallbacks.sources",
            "",
            "Other sources of sites, as in `shop.example.com=https://mirror.example.org`, separated by commas.",
            FallbackSettings::sources,
            List.of());

    public static final ConfigKey<Duration> LONGEST_STALE = ConfigKey.seconds(
            "drover.fallbacks.longest-stale-seconds",
            "86400",
            "How old an earlier result may be that stands in for one that cannot be had.");

    public static final ConfigKey<Integer> RESULTS_KEPT = ConfigKey.number(
            "drover.fallbacks.results-kept",
            10_000,
            1,
            1_000_000,
            "How many results are kept for that; those that were made first are forgotten.");

    public FallbackSettings {
        rules = List.copyOf(rules);
        sources = Map.copyOf(sources);
        requireNonNull(longestStale, "longestStale");
    }

    boolean allows(String task, Kind kind) {
        for (FallbackRule rule : rules) {
            if (rule.covers(task)) {
                return rule.kinds().contains(kind);
            }
        }
        return false;
    }

    public static FallbackSettings from(Config config) {
        return new FallbackSettings(
                RULES.read(config), SOURCES.read(config), LONGEST_STALE.read(config), RESULTS_KEPT.read(config));
    }

    private static Map<String, String> sources(String text) {
        Map<String, String> sources = new HashMap<>();
        for (String word : text.split(",", -1)) {
            if (word.isBlank()) {
                continue;
            }
            int equals = word.indexOf('=');
            String origin = word.substring(equals + 1).strip();
            URI address = URI.create(origin);
            boolean isOrigin = ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
                    && address.getHost() != null
                    && origin.equals(address.getScheme() + "://" + address.getRawAuthority());
            if (equals < 1 || !isOrigin) {
                throw new IllegalArgumentException("site=https://host, without a path: " + word.strip());
            }
            sources.put(word.substring(0, equals).strip().toLowerCase(Locale.ROOT), origin);
        }
        return sources;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is different for some sites.
 *
 * @param site {@code host} (on any port), {@code host:port}, or {@code *.domain} for the hosts below a domain
 * @param values by the names of {@link #NAMES}; what is not named stays as it is for all sites
 */
record SiteRule(String site, Map<String, Double> values) {

    static final Set<String> NAMES = Set.of("failures", "calls", "window", "open", "probes", "concurrency", "rate");

    SiteRule {
        requireNonNull(site, "site");
        values = Map.copyOf(values);
    }

    /**
     * Reads rules as an operator writes them: {@code shop.example.com concurrency=2 rate=0.5; *.example.org open=120}.
     *
     * @throws IllegalArgumentException when one of them makes no sense
     */
    static List<SiteRule> parse(String text) {
        List<SiteRule> rules = new ArrayList<>();
        for (String rule : text.split(";", -1)) {
            if (!rule.isBlank()) {
                rules.add(parseOne(rule.strip()));
            }
        }
        return List.copyOf(rules);
    }

    private static SiteRule parseOne(String text) {
        List<String> words = List.of(text.split("[\\s,]+", -1));
        if (words.size() < 2 || words.getFirst().contains("=")) {
            throw new IllegalArgumentException("a site and what is different for it: " + text);
        }
        Map<String, Double> values = new TreeMap<>();
        for (String word : words.subList(1, words.size())) {
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            if (equals < 0 || !NAMES.contains(name)) {
                throw new IllegalArgumentException("one of " + NAMES + " with its value, not " + word);
            }
            values.put(name, Double.valueOf(word.substring(equals + 1)));
        }
        return new SiteRule(words.getFirst().toLowerCase(Locale.ROOT), values);
    }

    /** @param name {@code host} or {@code host:port} in lower case */
    boolean covers(String name) {
        // An IPv6 address stands in brackets.
        int colon = name.lastIndexOf(':');
        String host = colon > name.lastIndexOf(']') && colon > 0 ? name.substring(0, colon) : name;
        return site.startsWith("*.") ? host.endsWith(site.substring(1)) : site.equals(name) || site.equals(host);
    }

    SiteThresholds over(SiteThresholds usual) {
        Double open = values.get("open");
        Double rate = values.get("rate");
        return new SiteThresholds(
                whole("failures", usual.failurePercent()),
                whole("calls", usual.leastCalls()),
                whole("window", usual.windowCalls()),
                open == null ? usual.open() : Duration.ofMillis(Math.round(open * 1000)),
                whole("probes", usual.probes()),
                whole("concurrency", usual.concurrency()),
                rate == null ? usual.perSecond() : rate);
    }

    private int whole(String name, int usual) {
        @Nullable Double value = values.get(name);
        if (value == null) {
            return usual;
        }
        if (value != Math.rint(value)) {
            throw new IllegalArgumentException(name + ": a whole number, not " + value);
        }
        return value.intValue();
    }
}

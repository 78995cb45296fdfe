// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import java.time.ZoneId;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who browsers say they are where their run leaves it open.
 *
 * @param userAgents of Chromium, one run after the other; empty leaves the browser its own
 * @param locale BCP 47; null for the browser's own
 * @param timezone IANA name; null for the machine's
 */
record Identity(
        List<String> userAgents,
        @Nullable String locale,
        @Nullable String timezone) {

    static final Identity OWN = new Identity(List.of(), null, null);

    private static final int LONGEST = 500;

    Identity {
        userAgents = List.copyOf(userAgents);
    }

    static List<String> userAgents(String text) {
        List<String> agents = List.of(text.split("\\|", -1)).stream()
                .map(String::strip)
                .filter(agent -> !agent.isEmpty())
                .toList();
        agents.forEach(agent -> {
            if (agent.length() > LONGEST || !agent.chars().allMatch(c -> c >= ' ' && c < 127)) {
                throw new IllegalArgumentException("user agents of plain ASCII, at most 500 characters each");
            }
        });
        return agents;
    }

    static String locale(String tag) {
        try {
            return new Locale.Builder().setLanguageTag(tag.strip()).build().toLanguageTag();
        } catch (IllformedLocaleException e) {
            throw new IllegalArgumentException("a BCP 47 tag, as in sv-SE", e);
        }
    }

    static String timezone(String name) {
        if (!ZoneId.getAvailableZoneIds().contains(name.strip())) {
            throw new IllegalArgumentException("an IANA name, as in Europe/Stockholm");
        }
        return name.strip();
    }

    /**
     * What a run asks for, with what it leaves open filled in.
     *
     * @param turn counts the contexts that were opened
     */
    BrowserOptions complete(BrowserOptions options, int turn) {
        boolean turns = !userAgents.isEmpty()
                && options.userAgent() == null
                && BrowserKind.of(options).engine().equals(BrowserKind.CHROMIUM);
        return new BrowserOptions(
                options.engine(),
                options.headless(),
                options.viewport(),
                options.locale() == null ? locale : options.locale(),
                options.timezone() == null ? timezone : options.timezone(),
                options.geolocation(),
                turns ? userAgents.get(Math.floorMod(turn, userAgents.size())) : options.userAgent(),
                options.proxy(),
                options.capturedSession(),
                options.recording());
    }
}

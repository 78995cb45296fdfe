// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import dev.drover.system.control.ConfigKey;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * How jobs wait for people.
 *
 * @param mostWaiting empty: one less than the node has browsers
 * @param publicUrl where people reach this server, without a slash at the end; empty: links are given without it
 */
public record HumanSettings(Optional<Integer> mostWaiting, String publicUrl) {

    public static final ConfigKey<Optional<Integer>> MOST_WAITING = new ConfigKey<>(
            "drover.human.most-waiting",
            "",
            "How many jobs with a browser may wait for people on this node at once; by default one less than it may have"
                    + " browsers, and at least one.",
            text -> text.isBlank() ? Optional.empty() : Optional.of(count(text)),
            List.of());

    public static final ConfigKey<String> PUBLIC_URL = ConfigKey.text(
            "drover.public-url",
            "",
            "Where people reach this server, as in https://drover.example.com; begins the links that are sent to them.",
            "PUBLIC_URL");

    public HumanSettings {
        publicUrl = publicUrl.strip().replaceFirst("/+$", "");
    }

    public static HumanSettings from(Config config) {
        return new HumanSettings(MOST_WAITING.read(config), PUBLIC_URL.read(config));
    }

    private static int count(String text) {
        int value = Integer.parseInt(text.strip());
        if (value < 1 || value > 256) {
            throw new IllegalArgumentException("a whole number from 1 to 256");
        }
        return value;
    }
}

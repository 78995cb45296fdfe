// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import dev.drover.system.control.ConfigKey;
import org.eclipse.microprofile.config.Config;

/**
 * How browsers are held for sessions.
 *
 * @param perDriver how many of them share a driver process
 * @param operators how many threads act on pages for those who have no client of their own
 */
public record HeldSettings(int perDriver, int operators) {

    public static final ConfigKey<Integer> PER_DRIVER = ConfigKey.number(
            "drover.sessions.per-driver",
            8,
            1,
            64,
            "How many sessions share one driver (a Node.js process of about 100 MB); they end with it.");

    public static final ConfigKey<Integer> OPERATORS = ConfigKey.number(
            "drover.sessions.action-threads",
            2,
            1,
            32,
            "How many actions over REST run at once on this node, each with a driver of its own while there are any.");

    public HeldSettings {
        if (perDriver < 1 || operators < 1) {
            throw new IllegalArgumentException("at least one: " + perDriver + ", " + operators);
        }
    }

    public static HeldSettings from(Config config) {
        return new HeldSettings(PER_DRIVER.read(config), OPERATORS.read(config));
    }
}

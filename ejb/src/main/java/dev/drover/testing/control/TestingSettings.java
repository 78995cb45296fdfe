// SPDX-License-Identifier: Apache-2.0
package dev.drover.testing.control;

import dev.drover.system.control.ConfigKey;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;

/**
 * How tests are kept.
 *
 * @param kept how long an execution is kept after its end
 */
public record TestingSettings(Duration kept) {

    public static final ConfigKey<Duration> KEPT = ConfigKey.seconds(
            "drover.testing.kept-seconds",
            "7776000",
            "How long the execution of a test case is kept after its end; 90 days where nothing is said.");

    public static TestingSettings from(Config config) {
        return new TestingSettings(KEPT.read(config));
    }
}

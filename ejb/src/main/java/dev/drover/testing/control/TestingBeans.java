// SPDX-License-Identifier: Apache-2.0
package dev.drover.testing.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

/** Makes the room's settings, once, from the configuration. */
@ApplicationScoped
class TestingBeans {

    @Produces
    @Singleton
    TestingSettings settings(Config config) {
        return TestingSettings.from(config);
    }
}

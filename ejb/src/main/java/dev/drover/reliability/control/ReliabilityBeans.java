// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

/** Makes the room's settings, once, from the configuration of the server. */
@ApplicationScoped
class ReliabilityBeans {

    @Produces
    @Singleton
    SiteSettings sites(Config config) {
        return SiteSettings.from(config);
    }

    @Produces
    @Singleton
    FallbackSettings fallbacks(Config config) {
        return FallbackSettings.from(config);
    }

    @Produces
    @Singleton
    LevelSettings level(Config config) {
        return LevelSettings.from(config);
    }

    @Produces
    @Singleton
    AlertSettings alerts(Config config) {
        return AlertSettings.from(config);
    }
}

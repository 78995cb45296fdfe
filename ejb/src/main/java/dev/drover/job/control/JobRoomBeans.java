// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

/** Makes the room's settings, once, from the configuration of the server. */
@ApplicationScoped
class JobRoomBeans {

    @Produces
    @Singleton
    JobSettings settings(Config config) {
        return JobSettings.from(config);
    }

    @Produces
    @Singleton
    HumanSettings humanSettings(Config config) {
        return HumanSettings.from(config);
    }
}

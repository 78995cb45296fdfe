// SPDX-License-Identifier: Apache-2.0
package dev.drover.host.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

/** What the room's services are made of. */
@ApplicationScoped
class HostBeans {

    @Produces
    @Singleton
    HostSettings settings(Config config) {
        return HostSettings.from(config);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

/** Makes the room's settings, once, from the configuration. */
@ApplicationScoped
class SessionBeans {

    @Produces
    @Singleton
    SessionSettings settings(Config config) {
        return SessionSettings.from(config);
    }

    @Produces
    @Singleton
    VncLinkSettings vncLinkSettings(Config config) {
        return VncLinkSettings.from(config);
    }
}

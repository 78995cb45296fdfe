// SPDX-License-Identifier: Apache-2.0
package dev.drover.vault.control;

import dev.drover.security.control.TokenFile;
import dev.drover.system.control.NodeIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.microprofile.config.Config;

/** Makes the room's settings and its cipher, once, from the configuration and the data folder. */
@ApplicationScoped
class VaultBeans {

    private static final Logger LOG = System.getLogger(VaultBeans.class.getName());

    /** The cipher with the server's keys. */
    record Cipher(StateCipher cipher) {}

    private NodeIdentity node;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected VaultBeans() {}

    @Inject
    VaultBeans(NodeIdentity node) {
        this.node = node;
    }

    @Produces
    @Singleton
    VaultSettings settings(Config config) {
        return VaultSettings.from(config);
    }

    @Produces
    @Singleton
    Cipher cipher(VaultSettings settings) {
        return new Cipher(new StateCipher(settings.keys().isEmpty() ? ownKeys(node.dataRoot()) : settings.keys()));
    }

    /** At the start, so that a key which does not fit is told then, and not to whoever needs it first. */
    void atStart(@Observes Startup event, VaultSettings settings, Cipher cipher) {
        LOG.log(Level.DEBUG, "Captured sessions are kept with {0}.", settings);
    }

    static List<String> ownKeys(Path dataRoot) {
        Path file = dataRoot.resolve("secrets").resolve("vault-key");
        String content = new TokenFile(file).readOrCreate(StateCipher::newKey).token();
        List<String> keys = VaultSettings.KEY.parser().apply(content);
        String place = VaultSettings.KEY.variable() + " is not set, and " + file;
        if (keys.isEmpty()) {
            throw new IllegalArgumentException(place + " is empty: put the key back that it had, or remove the file to"
                    + " have a new one, with which no session that was captured before opens.");
        }
        keys.forEach(key -> StateCipher.checkKey(key, place));
        return keys;
    }
}

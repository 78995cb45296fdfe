// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.control;

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
import org.eclipse.microprofile.config.Config;

/** Makes the room's settings and the server's own secret, once, from the configuration and the data folder. */
@ApplicationScoped
class WebhookBeans {

    private static final Logger LOG = System.getLogger(WebhookBeans.class.getName());

    /** The secret that signs what goes to the addresses that jobs came with. */
    record ServerSecret(WebhookSecret secret) {}

    private NodeIdentity node;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected WebhookBeans() {}

    @Inject
    WebhookBeans(NodeIdentity node) {
        this.node = node;
    }

    @Produces
    @Singleton
    WebhookSettings settings(Config config) {
        return WebhookSettings.from(config);
    }

    @Produces
    @Singleton
    ServerSecret secret(WebhookSettings settings) {
        return new ServerSecret(WebhookSecret.parse(settings.secret().orElseGet(() -> ownSecret(node.dataRoot()))));
    }

    /** At the start, so that a receiver can be given the secret before the first webhook is there. */
    void atStart(@Observes Startup event, ServerSecret secret) {
        LOG.log(Level.DEBUG, "Webhooks are signed with {0}.", secret.secret());
    }

    private static String ownSecret(Path dataRoot) {
        Path file = dataRoot.resolve("secrets").resolve("webhook-secret");
        TokenFile.Content content = new TokenFile(file).readOrCreate(WebhookSecret::generate);
        if (content.created()) {
            // The only time that it is logged: who starts the server for the first time needs it.
            LOG.log(
                    Level.INFO,
                    "The secret by which receivers verify webhooks of this server is {0} and is kept in {1}.",
                    content.token(),
                    file);
        }
        return content.token();
    }
}

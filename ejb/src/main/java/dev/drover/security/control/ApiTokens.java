// SPDX-License-Identifier: Apache-2.0
package dev.drover.security.control;

import dev.drover.security.entity.Owner;
import dev.drover.system.control.NodeIdentity;
import dev.drover.system.control.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;

/** Tells callers by the token that they send. The configured or generated token is the administrator's. */
@ApplicationScoped
public class ApiTokens {

    private static final Logger LOG = System.getLogger(ApiTokens.class.getName());

    private static final Caller ADMINISTRATOR =
            new Caller(new Owner(Owner.DEFAULT_TENANT, "admin"), Set.of(Caller.ADMIN, Caller.USER));

    private byte[] digest;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected ApiTokens() {}

    @Inject
    public ApiTokens(Config config, NodeIdentity node) {
        this(SecuritySettings.from(config), node.dataRoot());
    }

    ApiTokens(SecuritySettings settings, Path dataRoot) {
        this.digest = sha256(settings.apiToken().orElseGet(() -> ownToken(dataRoot)));
    }

    /** Makes the token when the server starts, not when the first caller fails for want of it. */
    void atStart(@Observes Startup event) {
        LOG.log(Level.DEBUG, "Callers are told by their token.");
    }

    /** The caller whose token this is; nobody when it is no token of this server. Takes the same time for any wrong one. */
    public Optional<Caller> callerOf(String token) {
        return MessageDigest.isEqual(sha256(token), digest) ? Optional.of(ADMINISTRATOR) : Optional.empty();
    }

    private static String ownToken(Path dataRoot) {
        Path file = dataRoot.resolve("secrets").resolve("api-token");
        TokenFile.Content content = new TokenFile(file).readOrCreate();
        if (content.created()) {
            // The only time a secret is logged: who starts the server for the first time needs it.
            LOG.log(Level.INFO, "The API token of this server is {0} and is kept in {1}.", content.token(), file);
        }
        return content.token();
    }

    private static byte[] sha256(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }
}

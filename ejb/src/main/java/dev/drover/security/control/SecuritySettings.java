// SPDX-License-Identifier: Apache-2.0
package dev.drover.security.control;

import dev.drover.system.control.ConfigKey;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * How callers are known.
 *
 * @param apiToken empty: the server makes one and keeps it in its data folder
 * @param linkSecret key of the links that people get without an account; empty: as the token
 */
public record SecuritySettings(Optional<String> apiToken, Optional<String> linkSecret) {

    private static final int SHORTEST_TOKEN = 16;

    public static final ConfigKey<String> API_TOKEN = ConfigKey.text(
            "drover.security.api-token",
            "",
            "Token of the administrator, at least 16 characters; empty: one is generated at first start and kept in"
                    + " DATA_ROOT/secrets/api-token.",
            "API_SECRET_TOKEN");

    public static final ConfigKey<String> LINK_SECRET = ConfigKey.text(
            "drover.security.link-secret",
            "",
            "Key of the links that people get without an account, at least 16 characters, the same on all nodes; empty:"
                    + " one is made at first start and kept in DATA_ROOT/secrets/link-secret.",
            "LINK_SECRET");

    public SecuritySettings {
        apiToken = apiToken.map(String::strip).filter(token -> !token.isEmpty());
        apiToken.ifPresent(SecuritySettings::check);
        linkSecret = linkSecret.map(String::strip).filter(secret -> !secret.isEmpty());
        linkSecret.ifPresent(secret -> {
            if (secret.length() < SHORTEST_TOKEN) {
                throw new IllegalArgumentException(
                        LINK_SECRET.variable() + " is too short: at least " + SHORTEST_TOKEN + " characters.");
            }
        });
    }

    public static SecuritySettings from(Config config) {
        return new SecuritySettings(API_TOKEN.readIfSet(config), LINK_SECRET.readIfSet(config));
    }

    /** The message names the variables and never the token. */
    private static void check(String token) {
        if (token.length() < SHORTEST_TOKEN || !token.matches("[A-Za-z0-9._~+/-]+=*")) {
            throw new IllegalArgumentException("API_SECRET_TOKEN (or " + API_TOKEN.variable()
                    + ") does not fit: at least "
                    + SHORTEST_TOKEN + " letters, digits and . _ ~ + / - as in RFC 6750. Leave it empty to have one"
                    + " generated.");
        }
    }

    /** Never shows the secrets. */
    @Override
    public String toString() {
        return "SecuritySettings[apiToken=" + (apiToken.isPresent() ? "set" : "not set") + ", linkSecret="
                + (linkSecret.isPresent() ? "set" : "not set") + "]";
    }
}

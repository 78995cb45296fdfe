// SPDX-License-Identifier: Apache-2.0
package dev.drover.vault.control;

import dev.drover.system.control.ConfigKey;
import java.util.List;
import org.eclipse.microprofile.config.Config;

/**
 * How captured sessions are kept.
 *
 * @param keys the first encrypts, all decrypt; empty: the server makes one and keeps it in its data folder
 * @param largest how many bytes the state of one may have
 * @param perUser how many a user may have
 */
public record VaultSettings(List<String> keys, int largest, int perUser) {

    public static final ConfigKey<List<String>> KEY = ConfigKey.words(
            "drover.vault.key",
            "",
            "What encrypts captured sessions: 32 random bytes as Base64 (openssl rand -base64 32), the same on all nodes."
                    + " Several by commas: the first encrypts, all decrypt. Empty: one is made at first start and kept in"
                    + " DATA_ROOT/secrets/vault-key.");

    public static final ConfigKey<Integer> MAX_MEGABYTES = ConfigKey.number(
            "drover.vault.max-megabytes",
            5,
            1,
            12,
            "How large the cookies and the storage of a captured session may be.");

    public static final ConfigKey<Integer> PER_USER =
            ConfigKey.number("drover.vault.per-user", 100, 1, 100_000, "How many captured sessions a user may have.");

    /** @throws IllegalArgumentException for a key that is none; the message names the variable and never the key */
    public VaultSettings {
        keys = List.copyOf(keys);
        keys.forEach(key -> StateCipher.checkKey(key, KEY.variable()));
    }

    public static VaultSettings from(Config config) {
        return new VaultSettings(KEY.read(config), MAX_MEGABYTES.read(config) << 20, PER_USER.read(config));
    }

    /** Never shows a key. */
    @Override
    public String toString() {
        return "VaultSettings[keys=" + keys.size() + ", largest=" + largest + ", perUser=" + perUser + "]";
    }
}

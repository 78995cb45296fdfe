// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.control;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/**
 * What signs webhooks. Standard Webhooks writes it as {@code whsec_} and the key in Base64; any other text is taken for the
 * key itself, since many a receiver has one that was made otherwise.
 */
public final class WebhookSecret {

    private static final String PREFIX = "whsec_";
    private static final int KEY_BYTES = 32;
    private static final int LEAST_BYTES = 16;

    private final byte[] key;

    private WebhookSecret(byte[] key) {
        this.key = key;
    }

    /** @throws IllegalArgumentException when it is too short, or not Base64 after the prefix; the message has no part of it */
    static WebhookSecret parse(String text) {
        byte[] key;
        try {
            key = text.startsWith(PREFIX)
                    ? Base64.getDecoder().decode(text.substring(PREFIX.length()))
                    : text.getBytes(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("after " + PREFIX + " a secret is Base64");
        }
        if (key.length < LEAST_BYTES) {
            throw new IllegalArgumentException("a secret has at least " + LEAST_BYTES + " bytes");
        }
        return new WebhookSecret(key);
    }

    /** The text of a new one. */
    static String generate() {
        byte[] bits = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bits);
        return PREFIX + Base64.getEncoder().encodeToString(bits);
    }

    byte[] key() {
        return Arrays.copyOf(key, key.length);
    }

    /** Never shows it. */
    @Override
    public String toString() {
        return "WebhookSecret[" + key.length + " bytes]";
    }
}

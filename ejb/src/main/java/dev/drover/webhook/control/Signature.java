// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.control;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** The header {@code webhook-signature} of Standard Webhooks. */
final class Signature {

    private Signature() {}

    /** One signature for each secret, with spaces between: while a secret is replaced, two are good. */
    static String header(List<WebhookSecret> secrets, String id, Instant timestamp, String body) {
        return secrets.stream().map(secret -> of(secret, id, timestamp, body)).collect(Collectors.joining(" "));
    }

    private static String of(WebhookSecret secret, String id, Instant timestamp, String body) {
        try {
            return new Webhook(secret.key()).sign(id, timestamp.getEpochSecond(), body);
        } catch (WebhookSigningException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
        }
    }
}

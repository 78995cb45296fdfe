// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.entity;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a delivery after an attempt.
 *
 * @param nextAt when it is tried again; only while it is pending
 * @param finishedAt when it ended; only once it is not pending any more
 * @param url where it went
 */
public record Settlement(
        DeliveryStatus status,
        @Nullable Instant nextAt,
        @Nullable Instant finishedAt,
        String url,
        @Nullable Integer answerStatus,
        @Nullable String error) {

    public Settlement {
        requireNonNull(url, "url");
        if ((status == DeliveryStatus.PENDING) != (nextAt != null) || (nextAt == null) == (finishedAt == null)) {
            throw new IllegalArgumentException("a delivery is either tried again or has ended");
        }
    }

    public static Settlement again(Instant nextAt, String url, @Nullable Integer answerStatus, String error) {
        return new Settlement(DeliveryStatus.PENDING, nextAt, null, url, answerStatus, error);
    }

    public static Settlement ended(
            DeliveryStatus status, Instant at, String url, @Nullable Integer answerStatus, @Nullable String error) {
        return new Settlement(status, null, at, url, answerStatus, error);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.control;

import dev.drover.webhook.entity.DeliveryStatus;
import dev.drover.webhook.entity.Settlement;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an answer means for its delivery.
 *
 * @param status what the delivery is then
 * @param pause until it is tried again; zero where it is not
 * @param answerStatus nothing where no answer came
 * @param answer the start of its body
 * @param error a word for programs; nothing where it was taken
 * @param pausesReceiver whether the receiver asked to be left alone
 */
record Verdict(
        DeliveryStatus status,
        Duration pause,
        @Nullable Integer answerStatus,
        @Nullable String answer,
        @Nullable String error,
        @Nullable String message,
        boolean pausesReceiver) {

    static final String GONE = "gone";

    /** Whether the receiver wants to hear nothing any more. */
    boolean isGone() {
        return GONE.equals(error);
    }

    Settlement settlement(Instant now, String url) {
        return status == DeliveryStatus.PENDING
                ? Settlement.again(now.plus(pause), url, answerStatus, String.valueOf(error))
                : Settlement.ended(status, now, url, answerStatus, error);
    }
}

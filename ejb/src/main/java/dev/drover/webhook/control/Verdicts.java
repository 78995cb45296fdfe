// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.control;

import dev.drover.webhook.control.Post.Answer;
import dev.drover.webhook.control.Post.Answered;
import dev.drover.webhook.control.Post.Unanswered;
import dev.drover.webhook.entity.DeliveryStatus;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads answers as Standard Webhooks does: 2xx took it, 410 is gone for good, all else is tried again. */
final class Verdicts {

    private static final int GONE = 410;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;

    private final BackOff backOff;

    Verdicts(BackOff backOff) {
        this.backOff = backOff;
    }

    /** @param made how many attempts have been made, this one among them */
    Verdict of(Answer answer, int made) {
        return switch (answer) {
            case Answered answered -> of(answered, made);
            case Unanswered none ->
                none.isFinal()
                        ? new Verdict(
                                DeliveryStatus.FAILED, Duration.ZERO, null, null, none.error(), none.message(), false)
                        : again(made, null, null, none.error(), none.message(), null);
        };
    }

    private Verdict of(Answered answered, int made) {
        int status = answered.status();
        if (status >= 200 && status < 300) {
            return new Verdict(DeliveryStatus.DELIVERED, Duration.ZERO, status, answered.start(), null, null, false);
        }
        if (status == GONE) {
            return new Verdict(
                    DeliveryStatus.DISCARDED,
                    Duration.ZERO,
                    status,
                    answered.start(),
                    Verdict.GONE,
                    "The receiver is gone for good.",
                    false);
        }
        if (status >= 300 && status < 400) {
            return again(made, status, answered.start(), "redirect", "A redirect is not followed.", null);
        }
        boolean mayWish = status == TOO_MANY_REQUESTS || status == UNAVAILABLE;
        return again(
                made,
                status,
                answered.start(),
                "http_status",
                "The receiver answered " + status + ".",
                mayWish ? answered.retryAfter() : null);
    }

    private Verdict again(
            int made,
            @Nullable Integer status,
            @Nullable String answer,
            String error,
            String message,
            @Nullable Duration wish) {
        Optional<Duration> pause = backOff.pause(made, wish);
        return pause.isPresent()
                ? new Verdict(DeliveryStatus.PENDING, pause.get(), status, answer, error, message, wish != null)
                : new Verdict(DeliveryStatus.FAILED, Duration.ZERO, status, answer, error, message, false);
    }
}

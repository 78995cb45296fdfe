// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import dev.drover.task.control.TaskFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * Whether a failed attempt is followed by another, and when: exponential back-off with full jitter, so that jobs which
 * failed together do not come back together
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 *
 * @param base the most that the first pause may take; each further one may take twice the one before
 * @param longest pause that is ever made, a site's own wish included
 * @param random numbers from 0 to 1
 */
record RetryPolicy(Duration base, Duration longest, DoubleSupplier random) {

    /** @return the pause before the next attempt; nothing when there is none */
    Optional<Duration> pause(int attempt, int maxAttempts, TaskFailure failure) {
        boolean helps =
                switch (failure.recovery()) {
                    case RETRY, WAIT_FOR_BREAKER -> true;
                    // The same engine would be missing again.
                    case RETRY_OTHER_ENGINE, FAIL -> false;
                };
        if (!helps || attempt >= maxAttempts) {
            return Optional.empty();
        }
        double most = Math.min(base.toMillis() * Math.pow(2, Math.min(attempt - 1, 30)), (double) longest.toMillis());
        Duration jitter = Duration.ofMillis(Math.round(most * random.getAsDouble()));
        Duration asked = failure.retryAfter();
        return Optional.of(asked == null ? jitter : shorter(asked.plus(jitter), longest));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}

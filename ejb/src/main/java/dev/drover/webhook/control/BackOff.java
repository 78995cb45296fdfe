// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.control;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** When a delivery that failed is tried again: after a pause from a list, a little longer so that not all come at once. */
final class BackOff {

    /** The most that a receiver can ask for with Retry-After. */
    private static final Duration LONGEST_WISH = Duration.ofDays(1);

    private static final double JITTER = 0.2;

    private final List<Duration> pauses;
    private final DoubleSupplier random;

    /** @param random from 0 to 1 */
    BackOff(List<Duration> pauses, DoubleSupplier random) {
        this.pauses = List.copyOf(pauses);
        this.random = random;
    }

    /**
     * The pause before the next attempt; nothing when all have been made.
     *
     * @param failed how many have failed
     * @param wish what the receiver asked for
     */
    Optional<Duration> pause(int failed, @Nullable Duration wish) {
        if (failed > pauses.size()) {
            return Optional.empty();
        }
        Duration usual = pauses.get(failed - 1);
        Duration jittered = usual.plusMillis(Math.round(usual.toMillis() * JITTER * random.getAsDouble()));
        if (wish == null || wish.compareTo(jittered) <= 0) {
            return Optional.of(jittered);
        }
        return Optional.of(wish.compareTo(LONGEST_WISH) > 0 ? LONGEST_WISH : wish);
    }
}

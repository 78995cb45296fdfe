// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import dev.drover.reliability.entity.BreakerState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A circuit breaker at a moment.
 *
 * @param name {@code site:<host>[:port]}
 * @param failureRate of the calls that were counted last, 0 to 1
 * @param calls that were counted, at most as many as the window holds
 * @param openedAt when it opened; null where it is closed
 * @param retryAt from when on a call is tried; null where it is closed
 * @param running visits of this node that go on
 */
public record BreakerView(
        String name,
        BreakerState state,
        double failureRate,
        int calls,
        @Nullable Instant openedAt,
        @Nullable Instant retryAt,
        int running,
        SiteThresholds thresholds) {}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.control;

import dev.drover.webhook.entity.DeliveryStatus;
import java.time.Duration;
import java.util.Map;

/**
 * How webhooks do, as far as a caller may see.
 *
 * @param enabled endpoints that are told of events
 * @param failing those of them that took nothing lately
 * @param disabled endpoints that are told nothing
 * @param deliveries of each status that are kept
 * @param oldestWait of a delivery that is to be sent
 */
public record WebhookHealth(
        int enabled, int failing, int disabled, Map<DeliveryStatus, Long> deliveries, Duration oldestWait) {

    /** So long a delivery waits when all is well: for a receiver that is busy, or was for a moment. */
    private static final Duration USUAL_WAIT = Duration.ofMinutes(1);

    public WebhookHealth {
        deliveries = Map.copyOf(deliveries);
    }

    /** Whether all receivers take what is sent to them. */
    public boolean isWell() {
        return failing == 0 && oldestWait.compareTo(USUAL_WAIT) <= 0;
    }

    public long in(DeliveryStatus status) {
        return deliveries.getOrDefault(status, 0L);
    }
}

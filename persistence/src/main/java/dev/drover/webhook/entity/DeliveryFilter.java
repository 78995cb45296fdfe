// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.entity;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which deliveries a list shows. Null and an empty set say nothing.
 *
 * @param before only those that are older than this one
 */
public record DeliveryFilter(
        Set<DeliveryStatus> statuses,
        @Nullable UUID endpointId,
        @Nullable UUID jobId,
        @Nullable String eventType,
        @Nullable UUID before) {

    public DeliveryFilter {
        statuses = Set.copyOf(statuses);
    }
}

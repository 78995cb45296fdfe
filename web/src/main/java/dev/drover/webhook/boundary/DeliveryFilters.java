// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.boundary;

import dev.drover.system.control.Checks;
import dev.drover.system.control.RecordIds;
import dev.drover.webhook.control.WebhookEvents;
import dev.drover.webhook.entity.DeliveryFilter;
import dev.drover.webhook.entity.DeliveryStatus;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which deliveries a list shows. */
final class DeliveryFilters {

    private DeliveryFilters() {}

    /** The deliveries of the query parameters; the checks hear what does not fit. */
    static DeliveryFilter of(
            Checks checks,
            List<String> statuses,
            @Nullable String endpoint,
            @Nullable String job,
            @Nullable String eventType,
            @Nullable UUID before) {
        return new DeliveryFilter(
                statuses(checks, statuses),
                RecordIds.parameter(checks, "endpoint_id", endpoint),
                RecordIds.parameter(checks, "job_id", job),
                eventType(checks, eventType),
                before);
    }

    private static Set<DeliveryStatus> statuses(Checks checks, List<String> lists) {
        Set<DeliveryStatus> statuses = EnumSet.noneOf(DeliveryStatus.class);
        for (String list : lists) {
            for (String name : list.split(",", -1)) {
                Optional<DeliveryStatus> known = DeliveryStatus.ofWireName(name);
                if (known.isPresent()) {
                    statuses.add(known.get());
                } else {
                    checks.violated("", "status: there is no status '" + name + "'");
                }
            }
        }
        return statuses;
    }

    private static @Nullable String eventType(Checks checks, @Nullable String name) {
        if (name == null || name.isEmpty()) {
            return null;
        }
        if (!WebhookEvents.all().contains(name)) {
            checks.violated("", "event_type: one of " + String.join(", ", WebhookEvents.all()));
        }
        return name;
    }
}

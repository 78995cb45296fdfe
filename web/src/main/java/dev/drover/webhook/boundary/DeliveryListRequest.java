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
import org.jspecify.annotations.Nullable;

/** Which page of which deliveries a list shows. */
record DeliveryListRequest(DeliveryFilter filter, int limit) {

    private static final int MOST = 200;

    /** @throws dev.drover.system.control.DroverException that names every query parameter that does not fit */
    static DeliveryListRequest of(
            List<String> statuses,
            @Nullable String endpoint,
            @Nullable String job,
            @Nullable String eventType,
            @Nullable String cursor,
            String limit) {
        Checks checks = new Checks();
        DeliveryListRequest request = new DeliveryListRequest(
                new DeliveryFilter(
                        statuses(checks, statuses),
                        RecordIds.parameter(checks, "endpoint_id", endpoint),
                        RecordIds.parameter(checks, "job_id", job),
                        eventType(checks, eventType),
                        checks.cursor(cursor)),
                checks.number("limit", limit, 1, MOST));
        checks.refuseIfAny();
        return request;
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

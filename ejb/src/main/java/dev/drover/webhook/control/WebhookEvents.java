// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.control;

import dev.drover.event.entity.EventType;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** What webhooks tell of: the events of jobs, and the alerts of the server. */
public final class WebhookEvents {

    /** What the address that a job came with is told, and an endpoint that names nothing else. */
    public static final Set<String> USUAL = Set.of(
            EventType.STATUS_UPDATE.wireName(),
            EventType.QR_CODE_UPDATE.wireName(),
            EventType.HUMAN_REQUIRED.wireName(),
            EventType.JOB_COMPLETED.wireName(),
            EventType.BOOKING_COMPLETED.wireName());

    private WebhookEvents() {}

    /** All names, those of jobs first. */
    public static List<String> all() {
        return Arrays.stream(EventType.values())
                .filter(type -> type != EventType.TEST_PROGRESS) // It is kept nowhere: only who listens hears it.
                .map(EventType::wireName)
                .toList();
    }

    /** Whether it is of the server and not of a job, which is for administrators. */
    static boolean isOfServer(String name) {
        return !EventType.ofWireName(name).isOfJob();
    }
}

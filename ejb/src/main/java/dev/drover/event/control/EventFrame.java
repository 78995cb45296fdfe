// SPDX-License-Identifier: Apache-2.0
package dev.drover.event.control;

import static java.util.Objects.requireNonNull;

import dev.drover.event.entity.EventType;
import dev.drover.security.entity.Owner;
import java.util.Map;
import java.util.UUID;

/**
 * An event on its way to subscribers: what decides who hears it, and the text they are sent.
 *
 * @param json the event as API clients read it, serialised once however many subscribers there are
 */
public record EventFrame(
        UUID jobId, int seq, EventType type, Owner owner, String task, Map<String, String> labels, String json) {

    public EventFrame {
        requireNonNull(jobId, "jobId");
        requireNonNull(type, "type");
        requireNonNull(owner, "owner");
        requireNonNull(task, "task");
        requireNonNull(json, "json");
        labels = Map.copyOf(labels);
    }
}

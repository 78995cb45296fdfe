// SPDX-License-Identifier: Apache-2.0
package dev.drover.event.control;

import static java.util.Objects.requireNonNull;

import dev.drover.event.entity.EventType;
import dev.drover.security.entity.Owner;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way to subscribers: what decides who hears it, and the text they are sent.
 *
 * @param json the event as API clients read it, serialised once however many subscribers there are
 * @param expiresAt from when on nobody is to get it any more; null for never
 */
public record EventFrame(
        UUID jobId,
        int seq,
        EventType type,
        Owner owner,
        String task,
        Map<String, String> labels,
        String json,
        @Nullable Instant expiresAt) {

    public EventFrame {
        requireNonNull(jobId, "jobId");
        requireNonNull(type, "type");
        requireNonNull(owner, "owner");
        requireNonNull(task, "task");
        requireNonNull(json, "json");
        labels = Map.copyOf(labels);
    }

    /** One that is of use for good. */
    public EventFrame(
            UUID jobId, int seq, EventType type, Owner owner, String task, Map<String, String> labels, String json) {
        this(jobId, seq, type, owner, task, labels, json, null);
    }

    boolean isExpired(Instant now) {
        return expiresAt != null && !expiresAt.isAfter(now);
    }

    /** Whether this one makes an earlier one worthless: the latest code is the only one that is of use. */
    boolean replaces(EventFrame earlier) {
        return type == EventType.QR_CODE_UPDATE
                && earlier.type == EventType.QR_CODE_UPDATE
                && jobId.equals(earlier.jobId);
    }
}

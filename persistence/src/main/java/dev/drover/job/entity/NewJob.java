// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.entity;

import static java.util.Objects.requireNonNull;

import dev.drover.security.entity.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.hibernate.id.uuid.UuidVersion7Strategy;
import org.jspecify.annotations.Nullable;

/**
 * A job that was accepted and has no row yet.
 *
 * @param params a JSON object, valid against the task's schema
 * @param options a JSON object: what the job asks of its browser and of its recordings
 * @param labelsJson {@code labels} as a JSON object
 * @param notBefore null starts the job as soon as a worker is free
 */
public record NewJob(
        UUID id,
        Owner owner,
        String task,
        Lane lane,
        String params,
        String options,
        Map<String, String> labels,
        String labelsJson,
        JobPriority priority,
        int maxAttempts,
        Duration timeout,
        Duration ttl,
        @Nullable Instant notBefore,
        @Nullable String webhookUrl,
        String traceId,
        @Nullable String traceParent,
        Instant createdAt) {

    public NewJob {
        requireNonNull(id, "id");
        requireNonNull(owner, "owner");
        labels = Map.copyOf(labels);
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("a job has at least one attempt: " + maxAttempts);
        }
        if (timeout.toSeconds() < 1) {
            throw new IllegalArgumentException("an attempt has at least one second: " + timeout);
        }
    }

    /** A time-ordered id (UUID version 7, RFC 9562), so that rows of one time lie together in every index. */
    public static UUID nextId() {
        return UuidVersion7Strategy.INSTANCE.generateUuid(null);
    }

    public JobStatus firstStatus() {
        return notBefore != null && notBefore.isAfter(createdAt) ? JobStatus.SCHEDULED : JobStatus.QUEUED;
    }
}

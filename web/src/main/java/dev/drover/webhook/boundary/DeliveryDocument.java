// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.boundary;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.system.control.Json;
import dev.drover.webhook.entity.Delivery;
import dev.drover.webhook.entity.DeliveryAttempt;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A delivery as API clients read it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "WebhookDelivery",
        requiredProperties = {"id", "event_type", "url", "status", "attempt_count", "created_at"})
public record DeliveryDocument(
        @Schema(description = "The webhook-id of every attempt")
        UUID id,

        @Schema(description = "Left out for the webhook_url of a job") @Nullable
        UUID endpointId,

        @Schema(description = "Left out for an alert") @Nullable
        UUID jobId,

        @Schema(examples = "job_completed") String eventType,

        @Schema(
                format = "uri",
                description = "Where it goes, or last went",
                examples = "https://shop.example.com/drover")
        String url,

        @Schema(
                enumeration = {"pending", "delivered", "failed", "discarded", "superseded"},
                description =
                        "failed: no attempt is left; discarded: its endpoint is disabled or gone; superseded: there"
                                + " was a newer QR code before it was sent")
        String status,

        @Schema(description = "How many attempts were begun", examples = "1")
        int attemptCount,

        @Schema(description = "When it is tried next; only while it is pending") @Nullable
        Instant nextAttemptAt,

        @Schema(description = "HTTP status of the last answer", examples = "200") @Nullable
        Integer answerStatus,

        @Schema(
                description = "Why it was not taken: http_status, redirect, gone, timeout, connection, tls,"
                        + " name_not_resolved, refused_address, invalid_address, endpoint_disabled, endpoint_removed,"
                        + " newer_code",
                examples = "timeout")
        @Nullable
        String error,

        Instant createdAt,

        @Schema(description = "Left out while it is pending") @Nullable
        Instant finishedAt,

        @Schema(
                type = SchemaType.OBJECT,
                implementation = Object.class,
                description = "What is sent; only where one delivery is asked for")
        @Nullable
        JsonNode body,

        @Schema(description = "In their order; only where one delivery is asked for") @Nullable
        List<AttemptDocument> attempts) {

    /** One time that it was sent. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(
            name = "WebhookAttempt",
            requiredProperties = {"number", "node", "started_at", "duration_ms"})
    public record AttemptDocument(
            int number,

            @Schema(description = "The node that sent it") String node,

            Instant startedAt,

            @Schema(description = "From the first byte to the answer", examples = "42")
            long durationMs,

            @Schema(description = "Left out where no answer came", examples = "200") @Nullable
            Integer answerStatus,

            @Schema(description = "The start of its body", examples = "ok") @Nullable
            String answer,

            @Schema(description = "Left out where it was taken", examples = "timeout") @Nullable
            String error,

            @Schema(examples = "No answer came in time.") @Nullable
            String message) {

        static AttemptDocument of(DeliveryAttempt attempt) {
            return new AttemptDocument(
                    attempt.number(),
                    attempt.node(),
                    attempt.startedAt(),
                    attempt.took().toMillis(),
                    attempt.answerStatus(),
                    attempt.answer(),
                    attempt.error(),
                    attempt.message());
        }
    }

    /** Some deliveries, the newest first. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "WebhookDeliveryPage", requiredProperties = "items")
    public record DeliveryPage(
            List<DeliveryDocument> items,

            @Schema(description = "For the next page; left out on the last one") @Nullable
            String nextCursor) {}

    /** A delivery in a list: without what is long or costs a query. */
    static DeliveryDocument listed(Delivery delivery) {
        return of(delivery, null, null);
    }

    /** All of a delivery. */
    static DeliveryDocument complete(Delivery delivery, List<DeliveryAttempt> attempts) {
        return of(
                delivery,
                Json.read(delivery.body()),
                attempts.stream().map(AttemptDocument::of).toList());
    }

    private static DeliveryDocument of(
            Delivery delivery, @Nullable JsonNode body, @Nullable List<AttemptDocument> attempts) {
        return new DeliveryDocument(
                delivery.id(),
                delivery.endpointId(),
                delivery.jobId(),
                delivery.eventType(),
                delivery.url(),
                delivery.status().wireName(),
                delivery.attempts(),
                delivery.nextAt(),
                delivery.answerStatus(),
                delivery.error(),
                delivery.createdAt(),
                delivery.finishedAt(),
                body,
                attempts);
    }
}

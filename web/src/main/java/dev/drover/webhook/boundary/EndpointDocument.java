// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.boundary;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.webhook.entity.Endpoint;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An endpoint as API clients read it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "WebhookEndpoint",
        requiredProperties = {
            "id",
            "url",
            "description",
            "event_types",
            "enabled",
            "scope",
            "user_id",
            "revision",
            "created_at",
            "updated_at"
        })
public record EndpointDocument(
        UUID id,

        @Schema(format = "uri", examples = "https://shop.example.com/drover")
        String url,

        String description,

        @Schema(examples = "[\"human_required\", \"job_completed\"]")
        List<String> eventTypes,

        boolean enabled,

        @Schema(
                enumeration = {"gone", "failing"},
                description = "Why the server disabled it: it answered 410, or took nothing for too long")
        @Nullable
        String disabledReason,

        @Schema(description = "Since when it takes nothing") @Nullable
        Instant failingSince,

        @Schema(
                enumeration = {"own", "all"},
                description = "Whose jobs it hears of: the user's own, or everyone's")
        String scope,

        @Schema(description = "Whose endpoint it is", examples = "admin")
        String userId,

        @Schema(
                description = "What verifies the signatures. Only in the answer that tells of a new one",
                examples = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        @Nullable
        String secret,

        @Schema(description = "Until then the secret before signs too") @Nullable
        Instant previousSecretUntil,

        @Schema(description = "Grows with every change; in double quotes it is the ETag", examples = "1")
        int revision,

        Instant createdAt,

        Instant updatedAt) {

    /** Some endpoints, the newest first. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "WebhookEndpointPage", requiredProperties = "items")
    public record EndpointPage(
            List<EndpointDocument> items,

            @Schema(description = "For the next page; left out on the last one") @Nullable
            String nextCursor) {}

    static EndpointDocument of(Endpoint endpoint) {
        return of(endpoint, null);
    }

    static EndpointDocument withSecret(Endpoint endpoint) {
        return of(endpoint, endpoint.secret());
    }

    private static EndpointDocument of(Endpoint endpoint, @Nullable String secret) {
        return new EndpointDocument(
                endpoint.id(),
                endpoint.url(),
                endpoint.description(),
                List.copyOf(endpoint.eventTypes()),
                endpoint.enabled(),
                endpoint.disabledReason(),
                endpoint.failingSince(),
                endpoint.allOwners() ? "all" : "own",
                endpoint.owner().user(),
                secret,
                endpoint.previousUntil(),
                endpoint.revision(),
                endpoint.createdAt(),
                endpoint.updatedAt());
    }
}

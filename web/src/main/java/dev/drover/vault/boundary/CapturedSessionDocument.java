// SPDX-License-Identifier: Apache-2.0
package dev.drover.vault.boundary;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.vault.entity.CapturedSession;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A captured session as API clients read it: without its content, which is for browsers alone. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "CapturedSession",
        requiredProperties = {
            "name",
            "user_id",
            "engine",
            "session_id",
            "cookies",
            "origins",
            "created_at",
            "updated_at"
        })
public record CapturedSessionDocument(
        @Schema(examples = "shop-as-ada") String name,

        @Schema(description = "Whose it is", examples = "admin")
        String userId,

        @Schema(description = "Of the browser that it comes from; any other may begin with it", examples = "chromium")
        String engine,

        @Schema(description = "The session that it comes from, which may have ended since")
        UUID sessionId,

        @Schema(description = "How many", examples = "4") int cookies,

        @Schema(description = "How many sites have something in their storage", examples = "1")
        int origins,

        @Schema(description = "When the name was first used")
        Instant createdAt,

        @Schema(description = "When it was captured last") Instant updatedAt,

        @Schema(description = "Left out where it is kept until it is removed") @Nullable
        Instant expiresAt,

        @Schema(description = "When a session or a job last began with it") @Nullable
        Instant lastUsedAt) {

    /** Some captured sessions, the newest first. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "CapturedSessionPage", requiredProperties = "items")
    public record CapturedSessionPage(
            List<CapturedSessionDocument> items,

            @Schema(description = "For the next page; left out on the last one") @Nullable
            String nextCursor) {}

    static CapturedSessionDocument of(CapturedSession captured) {
        return new CapturedSessionDocument(
                captured.name(),
                captured.owner().user(),
                captured.engine(),
                captured.sessionId(),
                captured.cookies(),
                captured.origins(),
                captured.createdAt(),
                captured.updatedAt(),
                captured.expiresAt(),
                captured.lastUsedAt());
    }
}

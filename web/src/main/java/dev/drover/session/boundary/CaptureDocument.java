// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.boundary;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.vault.entity.CapturedSession;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What was captured of a session. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "Capture",
        requiredProperties = {"name", "session_id", "cookies", "origins", "captured_at"})
public record CaptureDocument(
        @Schema(examples = "shop-as-ada") String name,

        UUID sessionId,

        @Schema(description = "How many", examples = "4") int cookies,

        @Schema(description = "How many sites have something in their storage", examples = "1")
        int origins,

        Instant capturedAt,

        @Schema(description = "Left out where it is kept until it is removed") @Nullable
        Instant expiresAt) {

    static CaptureDocument of(CapturedSession captured) {
        return new CaptureDocument(
                captured.name(),
                captured.sessionId(),
                captured.cookies(),
                captured.origins(),
                captured.updatedAt(),
                captured.expiresAt());
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.boundary;

import dev.drover.system.control.Checks;
import dev.drover.vault.control.CapturedNames;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Under which name a session is to be captured, and for how long. */
@Schema(
        name = "CaptureRequest",
        requiredProperties = "name",
        examples = "{\"name\": \"shop-as-ada\", \"ttl_seconds\": 86400}")
public record CaptureRequest(
        @Schema(
                pattern = CapturedNames.PATTERN,
                description = "What you have captured under it before is replaced",
                examples = "shop-as-ada")
        @Nullable
        String name,

        @Schema(
                minimum = "1",
                maximum = "" + LONGEST_TTL,
                description = "How long it is kept; where nothing is said, until it is removed")
        @Nullable
        Integer ttlSeconds) {

    /** Ten years. */
    static final int LONGEST_TTL = 315_360_000;

    /** The same, with the session that is to be captured. */
    @Schema(
            name = "CaptureSessionRequest",
            requiredProperties = {"session_id", "name"},
            examples = "{\"session_id\": \"01980c8e-7f3a-7cc1-b4a5-2c5b8d1f0e6a\", \"name\": \"shop-as-ada\"}")
    public record OfSession(
            @Schema(format = "uuid", examples = "01980c8e-7f3a-7cc1-b4a5-2c5b8d1f0e6a") @Nullable
            String sessionId,

            @Schema(
                    pattern = CapturedNames.PATTERN,
                    description = "What you have captured under it before is replaced",
                    examples = "shop-as-ada")
            @Nullable
            String name,

            @Schema(
                    minimum = "1",
                    maximum = "" + LONGEST_TTL,
                    description = "How long it is kept; where nothing is said, until it is removed")
            @Nullable
            Integer ttlSeconds) {

        CaptureRequest capture() {
            return new CaptureRequest(name, ttlSeconds);
        }
    }

    /** @throws dev.drover.system.control.DroverException that names everything that does not fit */
    Wish wish() {
        return wish(new Checks());
    }

    /** @param checks of what came with it */
    Wish wish(Checks checks) {
        String required = checks.required("/name", name);
        if (!required.isEmpty()) {
            CapturedNames.checked(checks, "/name", required);
        }
        checks.within("/ttl_seconds", ttlSeconds, 1, LONGEST_TTL);
        checks.refuseIfAny();
        return new Wish(required, ttlSeconds == null ? null : Duration.ofSeconds(ttlSeconds));
    }

    /** What was asked for, checked. */
    record Wish(String name, @Nullable Duration ttl) {}
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.boundary;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.browser.control.PageAction;
import dev.drover.browser.control.PageAnswer;
import dev.drover.security.control.Caller;
import dev.drover.session.control.SessionActions;
import java.util.Base64;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What an action left, as API clients read it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "SessionActionResult",
        requiredProperties = {"action", "url", "title", "duration_ms"})
public record ActionDocument(
        @Schema(examples = "click") String action,

        @Schema(description = "Of the page, after the action", examples = "https://example.com/")
        String url,

        String title,

        @Schema(
                implementation = Object.class,
                description = "The value of evaluate, the chosen values of select, the tree of snapshot in YAML")
        @Nullable
        Object value,

        @Schema(description = "Of screenshot, in Base64") @Nullable
        String image,

        @Schema(examples = "image/png") @Nullable String contentType,

        @Schema(examples = "42") long durationMs) {

    private static final String PNG = "image/png";
    private static final String JPEG = "image/jpeg";

    /** Does it. */
    static ActionDocument done(SessionActions actions, Caller caller, UUID session, ActionRequest request) {
        PageAction action = request.checked();
        long begin = System.nanoTime();
        PageAnswer answer = actions.perform(caller, session, action, request.limit());
        return of(
                String.valueOf(request.action()),
                answer,
                request.quality() == null ? PNG : JPEG,
                (System.nanoTime() - begin) / 1_000_000);
    }

    private static ActionDocument of(
            String action, PageAnswer answer, @Nullable String contentType, long milliseconds) {
        boolean picture = answer.value() instanceof byte[];
        return new ActionDocument(
                action,
                answer.url(),
                answer.title(),
                picture ? null : answer.value(),
                answer.value() instanceof byte[] bytes ? Base64.getEncoder().encodeToString(bytes) : null,
                picture ? contentType : null,
                milliseconds);
    }
}

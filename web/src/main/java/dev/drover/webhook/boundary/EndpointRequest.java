// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.boundary;

import dev.drover.system.control.Checks;
import dev.drover.webhook.control.EndpointWish;
import dev.drover.webhook.control.WebhookEvents;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What an endpoint is to be. */
@Schema(name = "WebhookEndpointRequest", requiredProperties = "url", examples = """
                {"url": "https://shop.example.com/drover", "description": "The shop",
                 "event_types": ["human_required", "job_completed"]}""")
public record EndpointRequest(
        @Schema(format = "uri", maxLength = LONGEST_URL) @Nullable
        String url,

        @Schema(maxLength = LONGEST_DESCRIPTION) @Nullable String description,

        @Schema(
                minItems = 1,
                description = "Which events it hears of. Where nothing is said: status_update, qr_code_update,"
                        + " human_required, job_completed and booking_completed. Further ones are artifact_created, log"
                        + " and, for administrators, alert_raised and alert_resolved")
        @Nullable
        List<@Nullable String> eventTypes,

        @Schema(
                enumeration = {"own", "all"},
                description =
                        "Whose jobs it hears of. all is for administrators, and what they get where nothing is said"
                                + " and no user is named")
        @Nullable
        String scope,

        @Schema(maxLength = 128, description = "In whose name; only administrators may name another user") @Nullable
        String userId) {

    static final int LONGEST_URL = 2000;
    static final int LONGEST_DESCRIPTION = 500;

    /** What of an endpoint is to be another way. What is left out stays. */
    @Schema(name = "WebhookEndpointChange", examples = "{\"enabled\": true, \"event_types\": [\"job_completed\"]}")
    public record EndpointChange(
            @Schema(format = "uri", maxLength = LONGEST_URL) @Nullable
            String url,

            @Schema(maxLength = LONGEST_DESCRIPTION) @Nullable
            String description,

            @Schema(minItems = 1) @Nullable List<@Nullable String> eventTypes,

            @Schema(description = "false: it hears nothing, and what waits for it is discarded") @Nullable
            Boolean enabled) {

        /** @throws dev.drover.system.control.DroverException that names everything that does not fit */
        EndpointWish wish() {
            Checks checks = new Checks();
            EndpointWish wish = new EndpointWish(
                    checks.webAddress("/url", url, LONGEST_URL),
                    checked(checks, description),
                    types(checks, eventTypes),
                    enabled,
                    null,
                    null);
            checks.refuseIfAny();
            return wish;
        }
    }

    /** @throws dev.drover.system.control.DroverException that names everything that does not fit */
    EndpointWish wish() {
        Checks checks = new Checks();
        String known = checks.oneOf("/scope", scope, List.of("own", "all"));
        String required = checks.required("/url", url);
        EndpointWish wish = new EndpointWish(
                required.isEmpty() ? required : checks.webAddress("/url", required, LONGEST_URL),
                checked(checks, description),
                types(checks, eventTypes),
                true,
                known == null ? null : known.equals("all"),
                checks.text("/user_id", userId, 128));
        checks.refuseIfAny();
        return wish;
    }

    /** An empty one takes away what was said before. */
    private static @Nullable String checked(Checks checks, @Nullable String description) {
        return description == null || description.isEmpty()
                ? description
                : checks.text("/description", description, LONGEST_DESCRIPTION);
    }

    private static @Nullable Set<String> types(Checks checks, @Nullable List<@Nullable String> names) {
        if (names == null) {
            return null;
        }
        if (names.isEmpty()) {
            checks.violated("/event_types", "at least one; disable an endpoint that is to hear nothing");
        }
        Set<String> types = new TreeSet<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            String known = checks.oneOf("/event_types/" + i, name == null ? "" : name, WebhookEvents.all());
            if (known != null) {
                types.add(known);
            }
        }
        return types;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.control;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants an endpoint to be. Null leaves it as it is, or is the default for a new one.
 *
 * @param allOwners whether it hears of the jobs of everyone; for a new one only
 * @param user in whose name; for a new one only
 */
public record EndpointWish(
        @Nullable String url,
        @Nullable String description,
        @Nullable Set<String> eventTypes,
        @Nullable Boolean enabled,
        @Nullable Boolean allOwners,
        @Nullable String user) {

    public EndpointWish {
        eventTypes = eventTypes == null ? null : Set.copyOf(eventTypes);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What this node can do with a browser engine.
 *
 * @param name {@code chromium}, {@code firefox} or {@code webkit}
 * @param version of the browser; null until it has run once
 * @param reason for people, why it is not available; null when it is
 */
public record EngineStatus(
        String name,
        Availability availability,
        @Nullable String version,
        @Nullable String reason) {

    public EngineStatus {
        requireNonNull(name, "name");
        requireNonNull(availability, "availability");
    }

    /** Whether runs may ask for the engine; {@code UNKNOWN} until it was tried, and then it may be asked for. */
    public enum Availability {
        AVAILABLE,
        UNAVAILABLE,
        UNKNOWN;

        /** The name in the API: lower case. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

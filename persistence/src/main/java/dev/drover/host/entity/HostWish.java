// SPDX-License-Identifier: Apache-2.0
package dev.drover.host.entity;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What somebody at one node wants of another, until that has read it.
 *
 * @param until of a drain: when what runs goes back to the queue; null for the other wish
 */
public record HostWish(Kind kind, @Nullable Instant until) {

    /** To take no work, or to take it again. */
    public enum Kind {
        DRAIN,
        SERVE;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind ofWireName(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }
    }
}

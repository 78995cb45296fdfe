// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.control;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Something that this node needs, or that says how it fares. Every bean of this type is asked for readiness and shown in
 * the system's status, so a room adds its own without anyone else knowing of it.
 */
public interface Vital {

    /** A word for programs, unique on the node. */
    String name();

    /** How it is now. Does not wait long, and does not throw for what may go wrong. */
    Reading read();

    /**
     * How something is.
     *
     * @param ready false: this node should get no requests
     * @param message one sentence for people
     * @param details numbers and words, as JSON can carry them, by name
     */
    record Reading(boolean ready, String message, Map<String, Object> details) {
        public Reading {
            requireNonNull(message, "message");
            details = Collections.unmodifiableMap(new TreeMap<>(details));
        }

        public static Reading up(String message) {
            return new Reading(true, message, Map.of());
        }

        public static Reading down(String message) {
            return new Reading(false, message, Map.of());
        }
    }
}

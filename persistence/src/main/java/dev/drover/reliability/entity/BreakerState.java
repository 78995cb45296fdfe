// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.entity;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whether calls go through a circuit breaker. */
public enum BreakerState {
    /** All calls go through and are counted. */
    CLOSED,
    /** No call goes through until the time of its retry. */
    OPEN,
    /** Some calls go through, and what becomes of them decides. */
    HALF_OPEN;

    /** The name in the API and in the database: lower case with underscores. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<BreakerState> ofWireName(String name) {
        return Arrays.stream(values())
                .filter(state -> state.wireName().equals(name))
                .findFirst();
    }
}

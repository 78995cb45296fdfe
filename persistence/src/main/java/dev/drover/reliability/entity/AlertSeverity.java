// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.entity;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How soon somebody should look. */
public enum AlertSeverity {
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL;

    /** The name in the API and in the database: lower case. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<AlertSeverity> ofWireName(String name) {
        return Arrays.stream(values())
                .filter(severity -> severity.wireName().equals(name))
                .findFirst();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.host.entity;

import java.util.Locale;

/** Who a host belongs to. */
public enum HostKind {
    /** A node of this cluster. */
    NODE,
    /** Another machine, registered over REST. */
    FOREIGN;

    /** The name in the database and the API: lower case. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static HostKind ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}

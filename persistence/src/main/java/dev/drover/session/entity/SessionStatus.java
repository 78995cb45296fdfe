// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.entity;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Where a session is. {@link #next} is the one table of legal transitions; the store writes no other. */
public enum SessionStatus {
    /** The browser is there; the page that it is to begin with is not yet. */
    INIT,
    /** It waits for whoever uses it. */
    READY,
    /** Its end was asked for. */
    TERMINATING,
    /** Its browser is gone. */
    DEAD;

    /** The statuses that may follow this one. */
    public Set<SessionStatus> next() {
        return switch (this) {
            case INIT -> EnumSet.of(READY, TERMINATING, DEAD);
            case READY -> EnumSet.of(TERMINATING, DEAD);
            case TERMINATING -> EnumSet.of(DEAD);
            case DEAD -> EnumSet.noneOf(SessionStatus.class);
        };
    }

    /** The statuses that this one may follow. */
    public Set<SessionStatus> before() {
        EnumSet<SessionStatus> before = EnumSet.noneOf(SessionStatus.class);
        for (SessionStatus status : values()) {
            if (status.next().contains(this)) {
                before.add(status);
            }
        }
        return before;
    }

    /** Whether a browser can be used. */
    public boolean isOpen() {
        return this == INIT || this == READY;
    }

    /** The name in the API and in the database: lower case. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<SessionStatus> ofWireName(String name) {
        return Arrays.stream(values())
                .filter(status -> status.wireName().equals(name))
                .findFirst();
    }
}

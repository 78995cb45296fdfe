// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.control;

import java.time.Duration;
import java.time.Instant;

/** Tells those who are sent away when to come again: one after the other. Not for several threads. */
public final class ReturnLine {

    /** Who is sent away gets a place in a line no longer than this; then the line begins anew. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Duration between;
    private Instant next = Instant.EPOCH;

    public ReturnLine(Duration between) {
        this.between = between;
    }

    /** When somebody is to come again who cannot come before a time. */
    public Instant place(Instant earliest) {
        Instant place = next.isAfter(earliest) ? next : earliest;
        if (place.isAfter(earliest.plus(LONGEST))) {
            place = earliest;
        }
        next = place.plus(between);
        return place;
    }
}

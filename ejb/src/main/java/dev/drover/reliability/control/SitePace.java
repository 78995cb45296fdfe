// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How fast visits to one site begin: at most so many in any second after a rest, and over time so many a second (the
 * generic cell rate algorithm). Not for several threads.
 */
final class SitePace {

    /** Who is sent away gets a place in a line no longer than this; then the line begins anew. */
    private static final Duration LONGEST_LINE = Duration.ofSeconds(60);

    private static final Duration BETWEEN_PLACES_WITHOUT_LIMIT = Duration.ofMillis(20);

    private final @Nullable Duration interval;
    private final Duration slack;
    private Instant due = Instant.EPOCH;
    private Instant nextPlace = Instant.EPOCH;

    /** @param perSecond 0 is no limit */
    SitePace(double perSecond) {
        this.interval = perSecond == 0 ? null : Duration.ofNanos(Math.round(1e9 / perSecond));
        this.slack = interval == null || perSecond <= 1
                ? Duration.ZERO
                : Duration.ofSeconds(1).minus(interval);
    }

    /** From when on a visit may begin; null when one may begin now. */
    @Nullable
    Instant notBefore(Instant now) {
        if (interval == null) {
            return null;
        }
        Instant latest = now.plus(slack).plus(interval);
        if (due.isAfter(latest)) {
            // Cannot be, unless the clock was put back.
            due = latest;
        }
        Instant from = due.minus(slack);
        return now.isBefore(from) ? from : null;
    }

    void begin(Instant now) {
        if (interval != null) {
            due = (due.isAfter(now) ? due : now).plus(interval);
        }
    }

    /** When somebody is to come again who cannot come before a time: one after the other, as fast as the site allows. */
    Instant place(Instant earliest) {
        Instant place = nextPlace.isAfter(earliest) ? nextPlace : earliest;
        if (place.isAfter(earliest.plus(LONGEST_LINE))) {
            place = earliest;
        }
        nextPlace = place.plus(interval == null ? BETWEEN_PLACES_WITHOUT_LIMIT : interval);
        return place;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import dev.drover.system.control.ReturnLine;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How fast visits to one site begin: at most so many in any second after a rest, and over time so many a second (the
 * generic cell rate algorithm). Not for several threads.
 */
final class SitePace {

    private static final Duration BETWEEN_PLACES_WITHOUT_LIMIT = Duration.ofMillis(20);

    private final @Nullable Duration interval;
    private final Duration slack;
    private final ReturnLine line;
    private Instant due = Instant.EPOCH;

    /** @param perSecond 0 is no limit */
    SitePace(double perSecond) {
        this.interval = perSecond == 0 ? null : Duration.ofNanos(Math.round(1e9 / perSecond));
        this.slack = interval == null || perSecond <= 1
                ? Duration.ZERO
                : Duration.ofSeconds(1).minus(interval);
        this.line = new ReturnLine(interval == null ? BETWEEN_PLACES_WITHOUT_LIMIT : interval);
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
        return line.place(earliest);
    }
}

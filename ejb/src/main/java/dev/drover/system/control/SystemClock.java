// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.time.Duration;

/** The clock of every room, in steps of a microsecond: what both databases keep of a timestamp. */
@ApplicationScoped
class SystemClock {

    @Produces
    Clock clock() {
        return Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));
    }
}

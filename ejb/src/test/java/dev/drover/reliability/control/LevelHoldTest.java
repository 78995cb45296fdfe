// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LevelHoldTest {

    private final SteppedClock clock = new SteppedClock();
    private final LevelHold hold = new LevelHold(Duration.ofSeconds(30));

    /** What is asked for and what is held, every ten seconds: F full, D degraded, M minimal, E emergency. */
    @ParameterizedTest
    @CsvSource({
        "it falls at once,                        FDMEM, FDMEE",
        "it rises after thirty seconds,           DFFFFF, DDDDFF",
        "it falls over all levels at once,        FEFFFF, FEEEEF",
        "a relapse begins the time anew,          DFFFDFFFFF, DDDDDDDDFF",
        "it rises to what was the worst meanwhile, EDDDDD, EEEEDD",
        "a worse time is not forgotten over a bad, EMDDDDD, EEEEMDD",
        "it rises in steps,                       EMMMMFFFFF, EEEEMMMMFF",
        "it stays while nothing changes,          DDDDDD, DDDDDD",
    })
    void theLevelFallsAtOnceAndRisesSlowly(String what, String asked, String held) {
        StringBuilder levels = new StringBuilder();

        for (int i = 0; i < asked.length(); i++) {
            levels.append(initial(hold.update(level(asked.charAt(i)), clock.instant())));
            clock.step(Duration.ofSeconds(10));
        }

        assertThat(levels).as(what).hasToString(held);
    }

    @Test
    void aClockThatIsPutBackOnlyBeginsTheTimeAnew() {
        hold.update(ServiceLevel.EMERGENCY, clock.instant());
        hold.update(ServiceLevel.FULL, clock.instant());
        clock.step(Duration.ofDays(-1));
        assertThat(hold.update(ServiceLevel.FULL, clock.instant())).isEqualTo(ServiceLevel.EMERGENCY);

        clock.step(Duration.ofSeconds(30));

        assertThat(hold.update(ServiceLevel.FULL, clock.instant())).isEqualTo(ServiceLevel.FULL);
    }

    private static ServiceLevel level(char initial) {
        for (ServiceLevel level : ServiceLevel.values()) {
            if (initial(level) == initial) {
                return level;
            }
        }
        throw new IllegalArgumentException("no level " + initial);
    }

    private static char initial(ServiceLevel level) {
        return level.wireName().toUpperCase(Locale.ROOT).charAt(0);
    }
}

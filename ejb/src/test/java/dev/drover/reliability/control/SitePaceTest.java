// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SitePaceTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @ParameterizedTest
    @ValueSource(doubles = {0.2, 1, 3, 20, 333})
    void overTimeSoManyBeginInASecond(double perSecond) {
        SitePace pace = new SitePace(perSecond);
        int begun = 0;

        for (long millis = 0; millis < 100_000; millis++) {
            Instant now = NOW.plusMillis(millis);
            while (pace.notBefore(now) == null) {
                pace.begin(now);
                begun++;
            }
        }

        assertThat((double) begun).isBetween(perSecond * 99.9, perSecond * 101.1 + 1);
    }

    @Test
    void withoutALimitAllBegin() {
        SitePace pace = new SitePace(0);

        for (int i = 0; i < 1000; i++) {
            assertThat(pace.notBefore(NOW)).isNull();
            pace.begin(NOW);
        }
    }

    @Test
    void aClockThatIsPutBackHoldsNobodyUpForLong() {
        SitePace pace = new SitePace(2);
        pace.begin(NOW);

        Instant before = NOW.minus(Duration.ofDays(1));

        Instant from = pace.notBefore(before);
        assertThat(from == null || Duration.between(before, from).toMillis() <= 500)
                .isTrue();
    }

    @Test
    void theLineOfThoseWhoWaitHasAnEnd() {
        SitePace pace = new SitePace(1);

        for (int i = 0; i < 1000; i++) {
            assertThat(pace.place(NOW)).isBetween(NOW, NOW.plusSeconds(61));
        }
    }
}

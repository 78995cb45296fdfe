// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackOffTest {

    private static final List<Duration> PAUSES =
            List.of(Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofHours(2));

    @Test
    void eachPauseIsTheNextOfTheListUntilNoneIsLeft() {
        BackOff backOff = new BackOff(PAUSES, () -> 0);

        assertThat(backOff.pause(1, null)).contains(Duration.ofSeconds(5));
        assertThat(backOff.pause(2, null)).contains(Duration.ofMinutes(5));
        assertThat(backOff.pause(3, null)).contains(Duration.ofHours(2));
        assertThat(backOff.pause(4, null)).isEmpty();
    }

    @Test
    void aPauseBecomesUpToAFifthLonger() {
        assertThat(new BackOff(PAUSES, () -> 1).pause(1, null)).contains(Duration.ofSeconds(6));
        assertThat(new BackOff(PAUSES, () -> 0.5).pause(2, null)).contains(Duration.ofSeconds(330));
    }

    @Test
    void aReceiverCanAskForALongerPauseButNotForAShorterOneNorForEver() {
        BackOff backOff = new BackOff(PAUSES, () -> 0);

        assertThat(backOff.pause(1, Duration.ofSeconds(90))).contains(Duration.ofSeconds(90));
        assertThat(backOff.pause(2, Duration.ofSeconds(90))).contains(Duration.ofMinutes(5));
        assertThat(backOff.pause(1, Duration.ofDays(400))).contains(Duration.ofDays(1));
        assertThat(backOff.pause(4, Duration.ofSeconds(90)))
                .as("it does not get more attempts")
                .isEmpty();
    }
}

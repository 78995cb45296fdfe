// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.browser.control.Scaling.Limits;
import dev.drover.browser.control.Scaling.Sight;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ScalingTest {

    private static final long BROWSER = 512L << 20;
    private static final long PLENTY = 16 * BROWSER;
    private static final Limits ONE_TO_FOUR_ON_TWO_CORES = new Limits(1, 4, 2, BROWSER);
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** What a minute or more of the same sight makes of a number of workers. */
    static Stream<Arguments> sights() {
        return Stream.of(
                //        begin, runs, wait ms, cpu, memory, seconds, workers
                of("runs wait, and there is room", 1, 5, 2_000, 0.5, PLENTY, 60, 4),
                of("runs wait on busy cores: one worker for each", 1, 5, 2_000, 1.0, PLENTY, 30, 2),
                of("runs wait, but there is no memory for one more", 1, 5, 2_000, 0.5, BROWSER, 60, 1),
                of("runs come at the same moment, and none waits long", 1, 2, 100, 0.5, PLENTY, 60, 1),
                of("all are busy, and none waits", 3, 3, 0, 0.5, PLENTY, 600, 3),
                of("some are idle, but not for long", 3, 1, 0, 0.1, PLENTY, 299, 3),
                of("some are idle for minutes", 3, 1, 0, 0.1, PLENTY, 300, 2),
                of("those that are left are idle for a minute more", 3, 1, 0, 0.1, PLENTY, 360, 1),
                of("nothing runs, and one stays", 4, 0, 0, 0.0, PLENTY, 3600, 1),
                of("memory is short: those that run one after the other go", 3, 3, 0, 0.5, BROWSER / 8, 25, 1),
                of("memory is short: the last one stays", 1, 3, 9_000, 0.5, BROWSER / 8, 60, 1),
                of("memory is neither short nor enough for one more", 2, 5, 2_000, 0.5, BROWSER, 60, 2),
                of("more than the cores can serve, for a minute", 4, 4, 0, 0.99, PLENTY, 61, 3),
                of("more than the cores can serve: one for each core stays", 4, 9, 3_000, 0.99, PLENTY, 600, 2));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sights")
    void theSameSightForSomeTime(
            String why, int begin, int runs, int waitMs, double cpu, long memory, int seconds, int workers) {
        Scaling scaling = Scaling.beginningWith(begin);
        Sight sight = new Sight(runs, Duration.ofMillis(waitMs), new MachineLoad(cpu, memory));
        for (int second = 0; second < seconds; second++) {
            scaling = scaling.next(sight, ONE_TO_FOUR_ON_TWO_CORES, LOOK);
        }

        assertThat(scaling.size()).isEqualTo(workers);
    }

    @Test
    void aMomentOfRestBeginsTheCountAnew() {
        Sight idle = new Sight(1, Duration.ZERO, new MachineLoad(0.1, PLENTY));
        Sight busy = new Sight(2, Duration.ZERO, new MachineLoad(0.1, PLENTY));
        Scaling scaling = Scaling.beginningWith(2);
        for (int minute = 0; minute < 30; minute++) {
            for (int second = 0; second < 59; second++) {
                scaling = scaling.next(idle, ONE_TO_FOUR_ON_TWO_CORES, LOOK);
            }
            scaling = scaling.next(busy, ONE_TO_FOUR_ON_TWO_CORES, LOOK);
        }

        assertThat(scaling.size()).isEqualTo(2);
    }

    @Test
    void workersComeOneByOne() {
        Sight pressed = new Sight(9, Duration.ofSeconds(2), new MachineLoad(0.2, PLENTY));
        Scaling scaling = Scaling.beginningWith(1);
        int largestStep = 0;
        for (int look = 0; look < 20; look++) {
            Scaling next = scaling.next(pressed, ONE_TO_FOUR_ON_TWO_CORES, Duration.ofMillis(400));
            largestStep = Math.max(largestStep, Math.abs(next.size() - scaling.size()));
            scaling = next;
        }

        assertThat(largestStep).isEqualTo(1);
        assertThat(scaling.size()).isEqualTo(4);
    }

    @Test
    void aSwingingLoadDoesNotSwingTheWorkers() {
        Scaling scaling = Scaling.beginningWith(2);
        int changes = 0;
        for (int second = 0; second < 600; second++) {
            boolean pressed = second % 20 < 10;
            Sight sight = new Sight(
                    pressed ? 5 : 0,
                    pressed ? Duration.ofSeconds(1) : Duration.ZERO,
                    new MachineLoad(pressed ? 0.6 : 0.1, PLENTY));
            Scaling next = scaling.next(sight, ONE_TO_FOUR_ON_TWO_CORES, LOOK);
            changes += next.size() == scaling.size() ? 0 : 1;
            scaling = next;
        }

        assertThat(scaling.size()).isEqualTo(4);
        assertThat(changes).isEqualTo(2);
    }

    @Test
    void aRangeOfWorkersBeginsWithOne() {
        assertThatThrownBy(() -> new Limits(0, 4, 2, BROWSER)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Limits(3, 2, 2, BROWSER)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Arguments of(
            String why, int begin, int runs, int waitMs, double cpu, long memory, int seconds, int workers) {
        return Arguments.of(why, begin, runs, waitMs, cpu, memory, seconds, workers);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.ErrorCategory.Recovery;
import dev.drover.task.control.TaskFailure;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {

    private static final Duration BASE = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private final TaskFailure network = new TaskFailure(ErrorCategory.NETWORK, "refused", "It was refused.");

    private static RetryPolicy policy(double random) {
        return new RetryPolicy(BASE, LONGEST, () -> random);
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "2, 4", "3, 8", "5, 32", "6, 60", "90, 60"})
    void thePauseDoublesUpToTheLongest(int attempt, long seconds) {
        assertThat(policy(1).pause(attempt, 100, network)).contains(Duration.ofSeconds(seconds));
    }

    @Test
    void thePauseIsAnythingBetweenNothingAndTheMost() {
        assertThat(policy(0).pause(3, 100, network)).contains(Duration.ZERO);
        assertThat(policy(0.25).pause(3, 100, network)).contains(Duration.ofSeconds(2));
    }

    @Test
    void theLastAttemptIsFollowedByNone() {
        assertThat(policy(1).pause(3, 3, network)).isEmpty();
    }

    @Test
    void whatAnotherAttemptCannotHelpIsNotTriedAgain() {
        assertThat(policy(1).pause(1, 3, new TaskFailure(ErrorCategory.MISSING_SELECTOR, "gone", "It is gone.")))
                .isEmpty();
        assertThat(policy(1).pause(1, 3, network.recoverBy(Recovery.FAIL))).isEmpty();
        assertThat(policy(1).pause(1, 3, new TaskFailure(ErrorCategory.ENGINE_UNAVAILABLE, "none", "No such engine.")))
                .isEmpty();
    }

    @Test
    void aSiteIsLeftAloneForAsLongAsItAskedButNotForEver() {
        assertThat(policy(0.5).pause(1, 3, network.retryAfter(Duration.ofSeconds(20))))
                .contains(Duration.ofSeconds(21));
        assertThat(policy(0.5).pause(1, 3, network.retryAfter(Duration.ofDays(1))))
                .contains(LONGEST);
    }
}

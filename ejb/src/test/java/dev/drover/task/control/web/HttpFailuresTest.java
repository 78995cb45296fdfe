// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.task.control.ErrorCategory.Recovery;
import dev.drover.task.control.TaskFailure;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpFailuresTest {

    private static final Instant NOW = Instant.parse("2026-11-22T07:28:00Z");

    private static TaskFailure of(int status, @Nullable String retryAfter) {
        return HttpFailures.of("http://shop.example/", status, retryAfter, NOW);
    }

    @ParameterizedTest
    @CsvSource({
        "400, FAIL",
        "401, FAIL",
        "404, FAIL",
        "410, FAIL",
        "501, FAIL",
        "408, RETRY",
        "429, RETRY",
        "503, RETRY"
    })
    void onlyWhatMayPassIsTriedAgain(int status, Recovery recovery) {
        TaskFailure failure = of(status, null);

        assertThat(failure.code()).isEqualTo("http_" + status);
        assertThat(failure.recovery()).isEqualTo(recovery);
        assertThat(failure.retryAfter()).isNull();
    }

    @Test
    void theSiteSaysWhenToComeAgainInSecondsOrAsADate() {
        assertThat(of(503, "120").retryAfter()).isEqualTo(Duration.ofMinutes(2));
        assertThat(of(429, "Sun, 22 Nov 2026 07:30:00 GMT").retryAfter()).isEqualTo(Duration.ofMinutes(2));
        assertThat(of(429, "Sun, 22 Nov 2026 07:00:00 GMT").retryAfter()).isEqualTo(Duration.ZERO);
    }

    @ParameterizedTest
    @CsvSource({"soon", "-1", "99999999999999", "''"})
    void nonsenseSaysNothing(String header) {
        assertThat(of(503, header).retryAfter()).isNull();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.task.control.ErrorCategory;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteEvidenceTest {

    @ParameterizedTest
    @CsvSource({
        "HTTP_STATUS, http_500, 0, ILL",
        "HTTP_STATUS, http_503, 0, ILL",
        "HTTP_STATUS, http_429, 0, ILL",
        "HTTP_STATUS, http_408, 0, ILL",
        "HTTP_STATUS, http_404, 0, WELL",
        "HTTP_STATUS, http_403, 0, WELL",
        "HTTP_STATUS, odd, 0, NOTHING",
        "TIMEOUT, navigation_timeout, 5, ILL",
        "TIMEOUT, attempt_timeout, 60, ILL",
        "TIMEOUT, attempt_timeout, 4, NOTHING",
        "TIMEOUT, element_still_there, 60, NOTHING",
        "NETWORK, net_connection_refused, 0, ILL",
        "NETWORK, net_name_not_resolved, 0, ILL",
        "NETWORK, net_internet_disconnected, 0, NOTHING",
        "CRASH, page_crashed, 1, ILL",
        "CRASH, page_closed, 1, NOTHING",
        "MISSING_SELECTOR, element_not_found, 30, WELL",
        "EXPECTATION, expectation, 1, WELL",
        "TOO_LARGE, page_too_large, 1, WELL",
        "CERTIFICATE, net_cert_date_invalid, 1, NOTHING",
        "REFUSED_ADDRESS, address_refused, 1, NOTHING",
        "LOST_WORKER, lost_worker, 1, NOTHING",
        "INTERNAL, task_defect, 1, NOTHING",
    })
    void onlyWhatASiteDoesToEveryVisitorIsHeldAgainstIt(
            ErrorCategory category, String code, int seconds, SiteEvidence expected) {
        assertThat(SiteEvidence.of(category, code, Duration.ofSeconds(seconds), Duration.ofSeconds(5)))
                .isEqualTo(expected);
    }
}

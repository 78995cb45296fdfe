// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaywrightVersionTest {

    private final PlaywrightVersion server = new PlaywrightVersion("1.62");

    @Test
    void theDriverTellsItsVersion() {
        assertThat(PlaywrightVersion.ofDriver().text()).isEqualTo("1.62");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Playwright/1.62.0 (x64; debian 12) node/20.1", "Playwright/1.62.7", "curl/8.0", "null", ""})
    void clientsOfTheSameMinorVersionAndUnknownOnesAreWelcome(String userAgent) {
        assertThat(server.objection(userAgent)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Playwright/1.61.1 (x64; debian 12) node/20.1", "Playwright/2.62.0"})
    void othersAreToldBothVersions(String userAgent) {
        assertThat(server.objection(userAgent)).hasValueSatisfying(sentence -> assertThat(sentence)
                .contains("Playwright 1.62", userAgent.substring("Playwright/".length(), "Playwright/".length() + 4)));
    }
}

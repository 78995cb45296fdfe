// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.browser.control.VncSettings.Range;
import dev.drover.browser.control.VncSettings.Resolution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VncSettingsTest {

    @Test
    void aResolutionIsWidthHeightAndDepth() {
        assertThat(Resolution.parse("1920x1080x24")).isEqualTo(new Resolution(1920, 1080, 24));
        assertThat(Resolution.parse(" 800x600 ")).isEqualTo(new Resolution(800, 600, 24));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1920", "1920x1080x8", "0x0x24", "99999x1080x24", "1920x1080x24 -ac", "1920X1080"})
    void whatIsNoResolutionIsRefused(String text) {
        assertThatThrownBy(() -> Resolution.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRangeBeginsBeforeItEnds() {
        assertThat(new Range(5900, 5900)).hasToString("5900");
        assertThat(new Range(100, 199)).hasToString("100 to 199");
        assertThatThrownBy(() -> new Range(2, 1)).hasMessageContaining("DROVER_SESSIONS_VNC");
    }
}

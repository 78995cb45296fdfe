// SPDX-License-Identifier: Apache-2.0
package dev.drover.vault.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.system.control.Checks;
import dev.drover.system.control.DroverException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CapturedNamesTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "7", "shop-as-ada", "Shop_2.json", "a..b"})
    void whatIsALineOfLettersAndDigitsFits(String name) {
        assertThat(CapturedNames.fits(name)).isTrue();
        assertThat(CapturedNames.checked(new Checks(), "/name", name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../shop", "a/b", "a\\b", ".hidden", "-x", "å", "a b", "a\n", "a%2f", "a\0"})
    void whatMeansSomethingInAPathDoesNot(String name) {
        Checks checks = new Checks();

        assertThat(CapturedNames.fits(name)).isFalse();
        assertThat(CapturedNames.checked(checks, "/captured_session", name)).isNull();
        assertThatThrownBy(checks::refuseIfAny).isInstanceOfSatisfying(DroverException.class, refused -> assertThat(
                        refused.violations().getFirst().pointer())
                .isEqualTo("/captured_session"));
    }

    @Test
    void theLongestHasAHundredCharacters() {
        assertThat(CapturedNames.fits("a".repeat(100))).isTrue();
        assertThat(CapturedNames.fits("a".repeat(101))).isFalse();
    }
}

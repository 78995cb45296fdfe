// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.system.control.Checks;
import dev.drover.system.control.DroverException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the lists and charts of this room are asked for. */
class QueryParametersTest {

    private final Checks checks = new Checks();

    @Test
    void withoutAWishAllAlertsCome() {
        assertThat(AlertsResource.active(checks, null)).isNull();
        assertThat(AlertsResource.active(checks, "")).isNull();
    }

    @Test
    void onlyThoseThatLastOrThoseThatAreOver() {
        assertThat(AlertsResource.active(checks, "true")).isTrue();
        assertThat(AlertsResource.active(checks, "false")).isFalse();
        assertThatNoException().isThrownBy(checks::refuseIfAny);
    }

    @Test
    void anythingElseIsRefused() {
        AlertsResource.active(checks, "maybe");

        assertThatThrownBy(checks::refuseIfAny).isInstanceOf(DroverException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "721", "-1", "two", ""})
    void hoursThatMakeNoSenseAreRefused(String hours) {
        assertThatThrownBy(() -> TrendsResource.hours(hours)).isInstanceOf(DroverException.class);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.system.control.DroverException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertListRequestTest {

    @Test
    void withoutAWishAllAlertsCome() {
        assertThat(AlertListRequest.of(null, null, "50")).isEqualTo(new AlertListRequest(null, null, 50));
        assertThat(AlertListRequest.of("", "", "1")).isEqualTo(new AlertListRequest(null, null, 1));
    }

    @Test
    void wishesAreRead() {
        UUID id = UUID.fromString("01980c8e-7f3a-7cc1-b4a5-2c5b8d1f0e6a");

        assertThat(AlertListRequest.of("true", id.toString(), "200")).isEqualTo(new AlertListRequest(true, id, 200));
        assertThat(AlertListRequest.of("false", null, "200").active()).isFalse();
    }

    @Test
    void everythingThatDoesNotFitIsNamed() {
        assertThatThrownBy(() -> AlertListRequest.of("maybe", "page 2", "201"))
                .isInstanceOfSatisfying(DroverException.class, refused -> assertThat(refused.violations())
                        .hasSize(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "721", "-1", "two", ""})
    void hoursThatMakeNoSenseAreRefused(String hours) {
        assertThatThrownBy(() -> TrendsResource.hours(hours)).isInstanceOf(DroverException.class);
    }
}

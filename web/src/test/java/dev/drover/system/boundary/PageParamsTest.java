// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.system.control.Checks;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.PageRequest;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageParamsTest {

    private final Checks checks = new Checks();

    @Test
    void aCursorIsTheItemBefore() {
        UUID last = UUID.randomUUID();

        PageRequest request = new PageParams("200", last.toString()).request(checks);

        assertThat(request).isEqualTo(new PageRequest(last, 200));
        assertThatNoException().isThrownBy(checks::refuseIfAny);
    }

    @Test
    void theFirstPageHasNoneBefore() {
        assertThat(new PageParams("1", null).request(checks)).isEqualTo(new PageRequest(null, 1));
        assertThat(new PageParams("1", "").request(checks)).isEqualTo(new PageRequest(null, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "201", "-1", "ten", ""})
    void aLimitOutsideTheUsualIsRefused(String limit) {
        new PageParams(limit, null).request(checks);

        assertThatThrownBy(checks::refuseIfAny).isInstanceOf(DroverException.class);
    }

    @Test
    void everythingThatDoesNotFitIsNamed() {
        new PageParams("0", "page 2").request(checks);

        assertThatThrownBy(checks::refuseIfAny)
                .isInstanceOfSatisfying(DroverException.class, refused -> assertThat(refused.violations())
                        .hasSize(2));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.entity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SessionStatusTest {

    @ParameterizedTest
    @EnumSource
    void theBrowserOfAnySessionMayDie(SessionStatus status) {
        assertThat(status.next().contains(SessionStatus.DEAD)).isEqualTo(status != SessionStatus.DEAD);
    }

    @Test
    void nothingComesBackFromTheEnd() {
        assertThat(SessionStatus.DEAD.next()).isEmpty();
        assertThat(SessionStatus.TERMINATING.next()).containsExactly(SessionStatus.DEAD);
        assertThat(SessionStatus.READY.before()).containsExactly(SessionStatus.INIT);
    }

    @ParameterizedTest
    @EnumSource
    void aStatusIsFoundByItsNameInTheApi(SessionStatus status) {
        assertThat(SessionStatus.ofWireName(status.wireName())).contains(status);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.security.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BearerTokenTest {

    @Test
    void theWordAfterDroverBearerIsTheToken() {
        assertThat(BearerToken.inProtocol("drover.bearer, abc")).isEqualTo("abc");
        assertThat(BearerToken.inProtocol("v1,drover.bearer,abc,other")).isEqualTo("abc");
    }

    @Test
    void otherProtocolsCarryNone() {
        assertThat(BearerToken.inProtocol(null)).isNull();
        assertThat(BearerToken.inProtocol("chat, superchat")).isNull();
        assertThat(BearerToken.inProtocol("drover.bearer")).isNull();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class BrokerAddressTest {

    @Test
    void oneBrokerIsOneConnector() {
        BrokerAddress address = BrokerAddress.parse(" tcp://broker.example:61616 ");

        assertThat(address.highAvailability()).isFalse();
        assertThat(address.connectors()).singleElement().satisfies(connector -> assertThat(connector.getParams())
                .containsEntry("host", "broker.example")
                .containsEntry("port", "61616"));
    }

    @Test
    void aListOfBrokersIsTriedInTurn() {
        BrokerAddress address = BrokerAddress.parse("(tcp://a:61616,tcp://b:61617)?ha=true");

        assertThat(address.highAvailability()).isTrue();
        assertThat(address.connectors())
                .extracting(connector -> connector.getParams().get("host"))
                .containsExactly("a", "b");
    }

    @Test
    void encryptionIsAskedForInTheAddress() {
        BrokerAddress address = BrokerAddress.parse("tcp://a:61617?sslEnabled=true");

        assertThat(address.connectors().get(0).getParams()).containsEntry("sslEnabled", "true");
    }

    @Test
    void anUnreadableAddressNamesTheVariableButNoSecret() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BrokerAddress.parse("http://a:1?trustStorePassword=secret"))
                .withMessageContaining("BROKER_URL")
                .withMessageNotContaining("secret");
    }

    @Test
    void aListenerWithoutAPasswordIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BrokerListener.parse("0.0.0.0:61616", "drover", " "))
                .withMessageContaining("BROKER_PASSWORD");
    }

    @Test
    void aListenerNeedsHostAndPort() {
        assertThatIllegalArgumentException().isThrownBy(() -> BrokerListener.parse("61616", "drover", "secret"));
        assertThatIllegalArgumentException().isThrownBy(() -> BrokerListener.parse("localhost:x", "drover", "secret"));
        assertThat(BrokerListener.parse("[::1]:61616", "drover", "secret").host())
                .isEqualTo("[::1]");
    }
}

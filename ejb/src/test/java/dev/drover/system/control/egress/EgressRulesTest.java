// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.control.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EgressRulesTest {

    private final EgressRules byDefault = rules("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://2130706433/",
                "http://127.1:8080/",
                "http://[::1]/",
                "http://[::ffff:10.0.0.1]/",
                "https://169.254.169.254/latest/meta-data/",
                "http://localhost:9080/",
                "http://api.localhost/",
                "https://user:secret@example.com/"
            })
    void whatCanNeverBeReachedIsToldBeforeItIsTried(String address) {
        assertThat(byDefault.refusal(URI.create(address))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://example.com/", "http://93.184.215.14/", "https://[2606:2800:21f::1]/", "http://db/"})
    void whatMayBeReachedIsLeftToTheLookUp(String address) {
        assertThat(byDefault.refusal(URI.create(address))).isEmpty();
    }

    @Test
    void whatTheOperatorOpensMayBeReached() {
        EgressRules opened = rules("127.0.0.0/8");

        assertThat(opened.refusal(URI.create("http://127.0.0.1:9080/"))).isEmpty();
        assertThat(opened.refusal(URI.create("http://localhost/"))).isEmpty();
        assertThat(opened.refusal(URI.create("http://10.0.0.1/"))).isPresent();
    }

    @Test
    void onlyPermittedAddressesOfANameAreDialled() throws UnknownHostException {
        assertThat(byDefault.permitted("two.example.com"))
                .extracting(InetAddress::getHostAddress)
                .containsExactly("93.184.215.14");
        assertThatThrownBy(() -> byDefault.permitted("inside.example.com")).isInstanceOf(RefusedAddress.class);
        assertThatThrownBy(() -> byDefault.permitted("nowhere.example.com"))
                .isInstanceOf(UnknownHostException.class)
                .isNotInstanceOf(RefusedAddress.class);
    }

    private static EgressRules rules(String opened) {
        List<AddressRange> ranges = opened.isEmpty() ? List.of() : List.of(AddressRange.parse(opened));
        return new EgressRules(new AddressFilter(ranges), host -> switch (host) {
            case "two.example.com" ->
                List.of(InetAddress.getByName("10.0.0.7"), InetAddress.getByName("93.184.215.14"));
            case "inside.example.com" -> List.of(InetAddress.getByName("10.0.0.7"));
            default -> throw new UnknownHostException(host);
        });
    }
}

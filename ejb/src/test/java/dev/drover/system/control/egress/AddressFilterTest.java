// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.control.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressFilterTest {

    private final AddressFilter byDefault = new AddressFilter(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.1.2.3",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.192",
                "192.168.1.1",
                "198.19.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::127.0.0.1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::ffff:0:127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b::10.0.0.1",
                "64:ff9b:1::1",
                "2001:0:1::1",
                "2002:7f00:1::1",
                "2002:a00:1::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void anAddressThatIsNotPublicIsClosed(String address) throws Exception {
        assertThat(byDefault.permits(address(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.1",
                "100.63.255.255",
                "100.128.0.1",
                "172.15.0.1",
                "172.32.0.1",
                "192.167.1.1",
                "193.0.0.1",
                "2606:4700::1111",
                "64:ff9b::101:101",
                "2002:101:101::1"
            })
    void aPublicAddressIsOpen(String address) throws Exception {
        assertThat(byDefault.permits(address(address))).isTrue();
    }

    @Test
    void whatTheOperatorOpensIsOpenAndNothingBesides() throws Exception {
        AddressFilter filter = new AddressFilter(Stream.of("127.0.0.0/8", "10.1.2.3", "fd00::/16")
                .map(AddressRange::parse)
                .toList());

        assertThat(filter.permits(address("127.0.0.1"))).isTrue();
        assertThat(filter.permits(address("64:ff9b::7f00:1"))).isTrue();
        assertThat(filter.permits(address("10.1.2.3"))).isTrue();
        assertThat(filter.permits(address("10.1.2.4"))).isFalse();
        assertThat(filter.permits(address("fd00:1::1"))).isTrue();
        assertThat(filter.permits(address("fd01::1"))).isFalse();
        assertThat(filter.permits(address("::1"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0/8", "a/8", "10.0.0.0/x", "", "::1/129"})
    void whatIsNoRangeIsRefused(String text) {
        assertThatThrownBy(() -> AddressRange.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.session.control.VncLinkSettings;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VncLinksTest {

    private static final String ID = "01980c8e-7f3a-7cc1-b4a5-2c5b8d1f0e6a";
    private static final EndpointAddresses ADDRESSES =
            new EndpointAddresses("wss://drover.example.com/fleet", UUID.fromString(ID), "t0ken");

    @Test
    void theyLeadWhereTheCallerReachesTheServer() {
        VncLinks links = links(null, null);

        assertThat(links.ws()).isEqualTo("wss://drover.example.com/fleet/ws/sessions/" + ID + "/vnc?token=t0ken");
        assertThat(links.http()).isEqualTo("https://drover.example.com/fleet/vnc.html#session=" + ID + "&token=t0ken");
    }

    @Test
    void basesOfTheOperatorComeFirstAndKeepTheirPath() {
        VncLinks links = links("wss://public.example/proxy/{port}/", "https://{host}.public.example");

        assertThat(links.ws()).isEqualTo("wss://public.example/proxy/9080/ws/sessions/" + ID + "/vnc?token=t0ken");
        assertThat(links.http()).isEqualTo("https://shop-1.public.example/vnc.html#session=" + ID + "&token=t0ken");
    }

    @Test
    void whatABaseAsksForStays() {
        VncLinks links = links("wss://public.example/open?to={host}:{port}", "https://public.example/?to={port}");

        assertThat(links.ws())
                .isEqualTo("wss://public.example/open/ws/sessions/" + ID + "/vnc?to=shop-1:9080&token=t0ken");
        assertThat(links.http()).isEqualTo("https://public.example/vnc.html?to=9080#session=" + ID + "&token=t0ken");
    }

    private static VncLinks links(@Nullable String ws, @Nullable String http) {
        return VncLinks.of(
                new VncLinkSettings(Optional.ofNullable(ws), Optional.ofNullable(http)), ADDRESSES, "shop-1:9080");
    }
}

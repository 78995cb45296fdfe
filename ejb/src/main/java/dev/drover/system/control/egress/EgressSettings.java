// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.control.egress;

import dev.drover.system.control.ConfigKey;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.config.Config;

/** @param opened what may be reached although it is not public */
public record EgressSettings(List<AddressRange> opened) {

    public static final ConfigKey<List<AddressRange>> ALLOW = new ConfigKey<>(
            "drover.egress.allow",
            "",
            "Address ranges (CIDR, by commas) that pages and webhooks may reach although they are loopback, private,"
                    + " link-local or reserved.",
            EgressSettings::ranges,
            List.of());

    public EgressSettings {
        opened = List.copyOf(opened);
    }

    public static EgressSettings from(Config config) {
        return new EgressSettings(ALLOW.read(config));
    }

    private static List<AddressRange> ranges(String text) {
        return Arrays.stream(text.split(","))
                .filter(range -> !range.isBlank())
                .map(AddressRange::parse)
                .toList();
    }
}

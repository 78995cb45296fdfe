// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.control.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Which addresses pages and webhooks may reach: every public one, and what the operator has opened. Everything that the IANA registries
 * of special-purpose addresses do not call globally reachable is closed, and so are the forms of IPv6 that carry a closed
 * IPv4 address.
 */
public final class AddressFilter {

    private static final List<AddressRange> CLOSED = List.of(
                    "0.0.0.0/8", // this network
                    "10.0.0.0/8", // private
                    "100.64.0.0/10", // carrier-grade NAT
                    "127.0.0.0/8", // loopback
                    "169.254.0.0/16", // link-local, with the metadata services of clouds
                    "172.16.0.0/12", // private
                    "192.0.0.0/24", // protocol assignments
                    "192.0.2.0/24", // documentation
                    "192.88.99.0/24", // 6to4 relays
                    "192.168.0.0/16", // private
                    "198.18.0.0/15", // benchmarks
                    "198.51.100.0/24", // documentation
                    "203.0.113.0/24", // documentation
                    "224.0.0.0/4", // multicast
                    "240.0.0.0/4", // reserved, with broadcast
                    "::/127", // unspecified and loopback
                    "64:ff9b:1::/48", // local-use NAT64
                    "100::/64", // discard
                    "2001::/23", // protocol assignments, with Teredo
                    "2001:db8::/32", // documentation
                    "3fff::/20", // documentation
                    "5f00::/16", // segment routing
                    "fc00::/7", // unique local
                    "fe80::/10", // link-local
                    "fec0::/10", // site-local
                    "ff00::/8") // multicast
            .stream()
            .map(AddressRange::parse)
            .toList();

    /** Where an IPv4 address lies within an IPv6 one. */
    private record Embedding(AddressRange range, int offset) {}

    private static final List<Embedding> EMBEDDINGS = List.of(
            new Embedding(AddressRange.parse("::/96"), 12), // IPv4-compatible
            new Embedding(AddressRange.parse("::ffff:0:0:0/96"), 12), // IPv4-translated
            new Embedding(AddressRange.parse("64:ff9b::/96"), 12), // NAT64
            new Embedding(AddressRange.parse("2002::/16"), 2)); // 6to4

    private final List<AddressRange> opened;

    public AddressFilter(List<AddressRange> opened) {
        this.opened = List.copyOf(opened);
    }

    /** Whether the address may be reached. */
    public boolean permits(InetAddress address) {
        // ::ffff:a.b.c.d needs no rule: java.net makes an IPv4 address of it.
        if (anyContains(opened, address)) {
            return true;
        }
        if (anyContains(CLOSED, address)) {
            return false;
        }
        return EMBEDDINGS.stream()
                .filter(embedding -> embedding.range().contains(address))
                .allMatch(embedding -> permits(embedded(address, embedding.offset())));
    }

    private static boolean anyContains(List<AddressRange> ranges, InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    private static InetAddress embedded(InetAddress address, int offset) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(address.getAddress(), offset, offset + 4));
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are an address", e);
        }
    }
}

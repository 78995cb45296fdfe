// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.control.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** A range of IP addresses in CIDR form, {@code 10.0.0.0/8}; a single address is the range of itself. */
public final class AddressRange {

    private final byte[] network;
    private final int prefix;
    private final String text;

    private AddressRange(byte[] network, int prefix, String text) {
        this.network = network;
        this.prefix = prefix;
        this.text = text;
    }

    /** @throws IllegalArgumentException when the text is no range, or names a host */
    public static AddressRange parse(String text) {
        String range = text.strip();
        int slash = range.indexOf('/');
        byte[] network = literal(slash < 0 ? range : range.substring(0, slash), text);
        int bits = network.length * 8;
        int prefix = slash < 0 ? bits : number(range.substring(slash + 1), text);
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException("not an address range: " + text);
        }
        return new AddressRange(network, prefix, range);
    }

    boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != network.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit += 8) {
            int mask = prefix - bit >= 8 ? 0xFF : 0xFF << (8 - (prefix - bit)) & 0xFF;
            if (((bytes[bit / 8] ^ network[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return text;
    }

    private static byte[] literal(String address, String text) {
        if (!address.matches("[0-9]+(\\.[0-9]+){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            throw new IllegalArgumentException("not an address range: " + text);
        }
        try {
            return InetAddress.getByName(address).getAddress(); // Digits and colons only: nothing is looked up.
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an address range: " + text, e);
        }
    }

    private static int number(String digits, String text) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not an address range: " + text, e);
        }
    }
}

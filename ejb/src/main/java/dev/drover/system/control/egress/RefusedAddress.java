// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.control.egress;

import java.net.UnknownHostException;

/** A host has no address that may be reached. */
public final class RefusedAddress extends UnknownHostException {

    private static final long serialVersionUID = 1;

    RefusedAddress(String host) {
        super(host + " has an address that may not be reached");
    }
}

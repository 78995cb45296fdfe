// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.control.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a host name, or of the text of an address. */
@FunctionalInterface
public interface NameResolver {

    List<InetAddress> resolve(String host) throws UnknownHostException;

    /** The one of the machine. */
    static NameResolver system() {
        return host -> List.of(InetAddress.getAllByName(host));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.control;

/**
 * Looks at what a client asks of a browser. Whoever holds a session drives its browser; that is not to become a way to the
 * server's files, to addresses that pages may not reach, or to other sessions, all of which the protocols of browsers offer
 * to whoever they trust.
 */
@FunctionalInterface
public interface ClientGuard {

    /** @param message which is not kept */
    Ruling rule(ClientMessage message);
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.boundary;

/** What joins the connection of a client with what it has asked for. */
interface Passage {

    /** Some bytes of the client, which may be changed. Returns when the other side has what it is to have of them. */
    void take(byte[] bytes, int offset, int count);

    /** Passes on what the other side says, until it ends. */
    void listen();

    /** The client has gone. */
    void clientGone();
}

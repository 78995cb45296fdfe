// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.control;

/** What becomes of a message that a client sends to a browser. */
public sealed interface Ruling {

    /** It goes on as it is. */
    record Pass() implements Ruling {}

    /** Another one goes in its place. */
    record Replace(String message) implements Ruling {}

    /** It goes no further; the client gets this answer. */
    record Answer(String message) implements Ruling {}

    /** The client wants the browser to end, which ends the session; it gets this answer. */
    record End(String message) implements Ruling {}

    /** It is no message of the protocol. */
    record Malformed() implements Ruling {}
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.control;

/** Whether someone may use the endpoints of a session. */
public sealed interface Entry {

    /** The endpoints are open. */
    record Open(LiveSession session) implements Entry {}

    /** There is no valid token. */
    record Unauthenticated() implements Entry {}

    /** There is no such session, or not for this caller. */
    record Unknown() implements Entry {}

    /** The session is over, and why. */
    record Ended(String reason) implements Entry {}

    /** The browser runs on another node. */
    record Elsewhere(String node) implements Entry {}
}

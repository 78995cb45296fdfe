// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.booking;

/** The site has ended the session: what was under way is to begin again after another login. */
final class LoggedOut extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LoggedOut() {
        super("the session has ended", null, false, false);
    }
}

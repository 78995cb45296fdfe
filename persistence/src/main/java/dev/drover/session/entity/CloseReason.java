// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.entity;

import java.util.Locale;

/** Why a session ended. */
public enum CloseReason {
    /** Someone asked for it over REST. */
    DELETED,
    /** A client told the browser itself to close. */
    CLOSED_BY_CLIENT,
    /** Nothing came from anyone for its idle time. */
    IDLE,
    /** It had its longest time. */
    MAX_TTL,
    /** The browser ended and nobody had asked it to. */
    BROWSER_CRASHED,
    /** The display that its window was on ended and nobody had asked it to. */
    DISPLAY_LOST,
    /** The browser could not be started. */
    START_FAILED,
    /** The server was stopped in good order. */
    SERVER_STOPPED,
    /** The node died, or nobody has heard of it for too long. */
    HOST_LOST;

    /** The name in the API and in the database: lower case with underscores. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

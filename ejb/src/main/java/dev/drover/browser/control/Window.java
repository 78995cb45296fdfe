// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

/** Where the window of a held browser is. */
public enum Window {
    /** It has none. */
    NONE,
    /** On the display that the server itself was given. */
    OF_SERVER,
    /** On a display of its own, seen over VNC. */
    VNC,
    /** On a display of its own, seen over VNC by those who know its password. */
    VNC_WITH_PASSWORD;

    /** Whether the browser has a display of its own. */
    public boolean isVnc() {
        return this == VNC || this == VNC_WITH_PASSWORD;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control.live;

import java.util.concurrent.CompletableFuture;

/** Somebody who watches a page. */
public interface Viewer {

    /**
     * Shows a picture. Not called again before the picture was taken.
     *
     * @param jpeg of the visible part of the page
     * @return completes when the viewer has taken it, however that ended
     */
    CompletableFuture<?> picture(byte[] jpeg);

    /** Whether it has a mouse and keys, with which to be in control. */
    default boolean mayControl() {
        return true;
    }

    /** Tells something, as a JSON object. */
    void tell(String json);

    /** Nothing more will come. */
    void ended(String reason);
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control.live;

import com.fasterxml.jackson.databind.JsonNode;

/** The place of a viewer before a page. */
public interface Place {

    /** What the viewer does or wants. Only whoever is in control moves anything. */
    void said(JsonNode message);

    void leave();
}

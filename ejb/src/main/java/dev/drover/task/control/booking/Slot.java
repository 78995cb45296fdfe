// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.booking;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDateTime;

/**
 * A free time.
 *
 * @param location that was searched for, where {@code place} is how the site names it
 */
record Slot(LocalDateTime at, String place, String location) {

    ObjectNode toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("exam_date", at.toLocalDate().toString())
                .put("exam_time", at.toLocalTime().toString())
                .put("location", place);
    }

    /** For people. */
    String spoken() {
        return "%s on %s at %s".formatted(place, at.toLocalDate(), at.toLocalTime());
    }
}

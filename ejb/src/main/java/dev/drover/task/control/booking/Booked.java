// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.booking;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDateTime;

/** A booking as the site shows it. */
record Booked(String id, String number, String licence, String exam, LocalDateTime at, String place) {

    ObjectNode toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("booking_id", id)
                .put("confirmation_number", number)
                .put("exam_date", at.toLocalDate().toString())
                .put("exam_time", at.toLocalTime().toString())
                .put("location", place);
    }
}

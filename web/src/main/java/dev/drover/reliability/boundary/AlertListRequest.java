// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.boundary;

import dev.drover.system.control.DroverException;
import dev.drover.system.control.DroverException.Violation;
import dev.drover.system.control.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which page of which alerts a list shows. */
record AlertListRequest(@Nullable Boolean active, @Nullable UUID before, int limit) {

    private static final int MOST = 200;

    /** @throws DroverException that names every query parameter that does not fit */
    static AlertListRequest of(@Nullable String active, @Nullable String cursor, String limit) {
        List<Violation> violations = new ArrayList<>();
        AlertListRequest request =
                new AlertListRequest(active(violations, active), before(violations, cursor), limit(violations, limit));
        if (!violations.isEmpty()) {
            throw new DroverException(ErrorCode.INVALID_REQUEST, "The request does not fit.", violations);
        }
        return request;
    }

    private static @Nullable Boolean active(List<Violation> violations, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (!text.equals("true") && !text.equals("false")) {
            violations.add(new Violation("", "active: true or false"));
        }
        return text.equals("true");
    }

    private static @Nullable UUID before(List<Violation> violations, @Nullable String cursor) {
        if (cursor == null || cursor.isEmpty()) {
            return null;
        }
        try {
            return UUID.fromString(cursor);
        } catch (IllegalArgumentException e) {
            violations.add(new Violation("", "cursor: take next_cursor of the page before"));
            return null;
        }
    }

    private static int limit(List<Violation> violations, String text) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        violations.add(new Violation("", "limit: a whole number from 1 to " + MOST));
        return 1;
    }
}

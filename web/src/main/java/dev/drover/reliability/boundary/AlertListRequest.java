// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.boundary;

import dev.drover.system.control.Checks;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which page of which alerts a list shows. */
record AlertListRequest(@Nullable Boolean active, @Nullable UUID before, int limit) {

    private static final int MOST = 200;

    /** @throws dev.drover.system.control.DroverException that names every query parameter that does not fit */
    static AlertListRequest of(@Nullable String active, @Nullable String cursor, String limit) {
        Checks checks = new Checks();
        AlertListRequest request = new AlertListRequest(
                active(checks, active), checks.cursor(cursor), checks.number("limit", limit, 1, MOST));
        checks.refuseIfAny();
        return request;
    }

    private static @Nullable Boolean active(Checks checks, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (!text.equals("true") && !text.equals("false")) {
            checks.violated("", "active: true or false");
        }
        return text.equals("true");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import dev.drover.reliability.entity.Alert;

/** Told to whoever observes it, asynchronously and on the node that has seen it: an alert has begun, or is over. */
public record AlertNotice(Alert alert) {

    public boolean isOver() {
        return alert.endedAt().isPresent();
    }
}

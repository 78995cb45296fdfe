// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import dev.drover.event.entity.EventType;
import dev.drover.reliability.entity.Alert;
import java.time.Instant;

/** Told to whoever observes it, asynchronously and on the node that has seen it: an alert has begun, or is over. */
public record AlertNotice(Alert alert) {

    public boolean isOver() {
        return alert.endedAt().isPresent();
    }

    /** The kind of event that it is. */
    public EventType type() {
        return isOver() ? EventType.ALERT_RESOLVED : EventType.ALERT_RAISED;
    }

    /** When it happened. */
    public Instant at() {
        return alert.endedAt().orElse(alert.startedAt());
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.event.control.EventFanout;
import dev.drover.event.control.EventFrame;
import dev.drover.reliability.entity.Alert;
import dev.drover.security.entity.Owner;
import dev.drover.system.control.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Tells operators live of alerts, on whatever node they listen. */
@ApplicationScoped
public class AlertEvents {

    /** Nobody's: only those hear it who may hear everything. */
    private static final Owner SERVICE = new Owner("", "");

    private EventFanout fanout;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected AlertEvents() {}

    @Inject
    public AlertEvents(EventFanout fanout) {
        this.fanout = fanout;
    }

    void tell(@ObservesAsync AlertNotice notice) {
        Alert alert = notice.alert();
        fanout.publish(List.of(new EventFrame(
                alert.id(), notice.isOver() ? 2 : 1, notice.type(), SERVICE, "", Map.of(), json(notice))));
    }

    /** The event as API clients read it. */
    public static String json(AlertNotice notice) {
        Alert alert = notice.alert();
        ObjectNode frame = Json.MAPPER.createObjectNode();
        frame.put("event_type", notice.type().wireName());
        frame.put("timestamp", notice.at().toString());
        frame.set("data", data(alert));
        return frame.toString();
    }

    /** An alert as its events have it. */
    static ObjectNode data(Alert alert) {
        ObjectNode data = Json.MAPPER.createObjectNode();
        data.put("id", alert.id().toString());
        data.put("rule", alert.rule());
        data.put("subject", alert.subject());
        data.put("severity", alert.severity().wireName());
        data.put("message", alert.message());
        data.put("node", alert.node());
        data.put("measured", alert.measured());
        data.put("threshold", alert.threshold());
        data.put("started_at", alert.startedAt().toString());
        alert.endedAt().map(Instant::toString).ifPresent(at -> data.put("ended_at", at));
        return data;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.event.boundary;

import dev.drover.event.control.EventFilter;
import dev.drover.event.control.EventHub;
import dev.drover.event.control.Subscription;
import dev.drover.event.entity.EventType;
import dev.drover.security.control.Caller;
import jakarta.inject.Inject;
import jakarta.websocket.Session;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Hears the events of all jobs that the caller may see, from now on, as far as they fit the filter in the address. */
abstract class EventsSocket extends EventSocket {

    @Inject
    @SuppressWarnings("NullAway.Init") // the container makes the endpoint and then injects
    private EventHub hub;

    @Override
    final @Nullable Subscription subscribe(Caller caller, Session session, SocketSink sink) {
        try {
            return hub.subscribe(
                    new EventFilter(caller.scope(), types(session), parameter(session, "task"), labels(session)), sink);
        } catch (IllegalArgumentException e) {
            sink.close(BAD_REQUEST, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private static Set<EventType> types(Session session) {
        Set<EventType> types = EnumSet.noneOf(EventType.class);
        String names = parameter(session, "types");
        if (names != null) {
            for (String name : names.split(",", -1)) {
                types.add(EventType.ofWireName(name.strip()));
            }
        }
        return types;
    }

    private static Map<String, String> labels(Session session) {
        Map<String, String> labels = new HashMap<>();
        for (String label : session.getRequestParameterMap().getOrDefault("label", List.of())) {
            String[] parts = label.split("[:=]", 2);
            if (parts.length < 2) {
                throw new IllegalArgumentException("label is name:value");
            }
            labels.put(parts[0], parts[1]);
        }
        return labels;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.testing.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.drover.event.control.EventFanout;
import dev.drover.event.control.EventFilter;
import dev.drover.event.control.EventFrame;
import dev.drover.event.control.EventHub;
import dev.drover.event.control.EventSink;
import dev.drover.event.control.Subscription;
import dev.drover.event.entity.EventType;
import dev.drover.security.entity.Owner;
import dev.drover.security.entity.Scope;
import dev.drover.system.control.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * How tests get on, for whoever listens on whatever node. It is kept nowhere: who comes later reads the executions. What a
 * program says goes to all, as the test backend promises; what the server says of an execution, to those who may see that.
 */
@ApplicationScoped
public class TestProgress {

    /** Of what programs say: an empty user is nobody's name. */
    private static final Owner EVERYONE = new Owner("", "");

    private EventFanout fanout;
    private EventHub hub;
    private Clock clock;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected TestProgress() {}

    @Inject
    public TestProgress(EventFanout fanout, EventHub hub, Clock clock) {
        this.fanout = fanout;
        this.hub = hub;
        this.clock = clock;
    }

    /**
     * Tells all listeners what a program says; returns at once.
     *
     * @param json an object
     */
    public void tellEveryone(String json) {
        tell(EVERYONE, json);
    }

    /** Tells listeners who may see the owner's executions; returns at once. */
    void tell(Owner owner, String json) {
        ObjectNode frame = Json.MAPPER.createObjectNode();
        frame.put("event_type", EventType.TEST_PROGRESS.wireName());
        frame.put("timestamp", clock.instant().toString());
        frame.putRawValue("data", new RawValue(json));
        fanout.publish(List.of(
                new EventFrame(UUID.randomUUID(), 1, EventType.TEST_PROGRESS, owner, "", Map.of(), frame.toString())));
    }

    /** Hears test progress from now on. */
    public Subscription listen(Scope scope, EventSink sink) {
        EventFilter all = new EventFilter(Scope.EVERYTHING, Set.of(EventType.TEST_PROGRESS), null, Map.of());
        return hub.subscribe(all, new Listening(scope, sink));
    }

    /** Leaves out what the listener may not see. */
    private record Listening(Scope scope, EventSink sink) implements EventSink {

        @Override
        public void send(EventFrame frame, Done done) {
            if (frame.owner().equals(EVERYONE) || scope.covers(frame.owner())) {
                sink.send(frame, done);
            } else {
                done.completed(true);
            }
        }

        @Override
        public void end() {
            sink.end();
        }
    }
}

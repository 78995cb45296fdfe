// SPDX-License-Identifier: Apache-2.0
package dev.drover.testing.control;

import dev.drover.event.control.EventFanout;
import dev.drover.event.control.EventFilter;
import dev.drover.event.control.EventFrame;
import dev.drover.event.control.EventHub;
import dev.drover.event.control.EventSink;
import dev.drover.event.control.Subscription;
import dev.drover.event.entity.EventType;
import dev.drover.security.entity.Owner;
import dev.drover.security.entity.Scope;
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

    /** Ends the time and begins the data of a frame. */
    private static final String DATA = "\",\"data\":";

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
        String frame = "{\"event_type\":\"" + EventType.TEST_PROGRESS.wireName() + "\",\"timestamp\":\""
                + clock.instant() + DATA + json + "}";
        fanout.publish(
                List.of(new EventFrame(UUID.randomUUID(), 1, EventType.TEST_PROGRESS, owner, "", Map.of(), frame)));
    }

    /** The object that a frame tells, as it was given: every listener needs it, and none has to parse the frame for it. */
    public static String dataOf(EventFrame frame) {
        String json = frame.json();
        return json.substring(json.indexOf(DATA) + DATA.length(), json.length() - 1);
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

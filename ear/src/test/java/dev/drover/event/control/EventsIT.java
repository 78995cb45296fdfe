// SPDX-License-Identifier: Apache-2.0
package dev.drover.event.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.event.entity.EventType;
import dev.drover.job.control.Jobs;
import dev.drover.job.entity.JobQueries;
import dev.drover.qa.container.FrameList;
import dev.drover.qa.container.InContainer;
import dev.drover.qa.container.ProbeJobs;
import dev.drover.qa.container.ProbeTask;
import dev.drover.security.entity.Owner;
import dev.drover.security.entity.Scope;
import dev.drover.system.control.Json;
import dev.drover.system.control.NodeIdentity;
import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.Topic;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** From a running job, and from other nodes, to the subscribers of this one. */
@InContainer
@SuppressWarnings({"NullAway.Init", "try"}) // injected; what is only held open
class EventsIT {

    private static final int REPORTS = 600;

    @Inject
    private EventHub hub;

    @Inject
    private NodeIdentity node;

    @Inject
    private Jobs jobs;

    @Inject
    private JobQueries queries;

    @Resource(lookup = "jms/drover")
    private ConnectionFactory connections;

    @Resource(lookup = "jms/events")
    private Topic topic;

    /** More events than a follower reads from the database at once, while new ones come in. */
    @Test
    void aFollowerHearsEveryEventOfAJobInOrderAndThenTheEnd() {
        FrameList fromTheStart = new FrameList();
        FrameList inTheMiddle = new FrameList();
        UUID id;

        try (ProbeTask.Hold hold = ProbeTask.hold("talkative")) {
            id = new ProbeJobs(jobs, queries).submitTalkative("talkative", REPORTS);
            hub.follow(id, 0, fromTheStart);
            Awaitility.await().until(() -> fromTheStart.all().size() > REPORTS / 2);
            hub.follow(id, 100, inTheMiddle);
        }
        Awaitility.await().until(() -> fromTheStart.isEnded() && inTheMiddle.isEnded());

        // Accepted, started, the reports, completed.
        assertThat(fromTheStart.all()).extracting(EventFrame::seq).containsExactlyElementsOf(numbers(1, REPORTS + 3));
        assertThat(inTheMiddle.all()).extracting(EventFrame::seq).containsExactlyElementsOf(numbers(101, REPORTS + 3));
        assertThat(fromTheStart.all().getLast().type()).isEqualTo(EventType.JOB_COMPLETED);
    }

    @Test
    void whatOtherNodesPublishComesOverTheTopicInTheirOrder() {
        FrameList heard = new FrameList();
        UUID own = UUID.randomUUID();
        UUID others = UUID.randomUUID();

        try (Subscription subscription =
                hub.subscribe(new EventFilter(Scope.EVERYTHING, Set.of(), "elsewhere", Map.of()), heard)) {
            publish(node.name(), List.of(frame(own, 1)));
            publish("another node", List.of(frame(others, 1), frame(others, 2)));
            publish("another node", List.of(frame(others, 3)));

            Awaitility.await().until(() -> heard.of(others).size() >= 3);
        }

        assertThat(heard.of(others)).extracting(EventFrame::seq).containsExactly(1, 2, 3);
        // This node's own events have reached its hub without the topic.
        assertThat(heard.of(own)).isEmpty();
    }

    private void publish(String origin, List<EventFrame> frames) {
        try (JMSContext context = connections.createContext()) {
            context.createProducer().setProperty(EventFanout.ORIGIN, origin).send(topic, Json.write(frames));
        }
    }

    private static EventFrame frame(UUID jobId, int seq) {
        Owner owner = new Owner(Owner.DEFAULT_TENANT, "someone");
        return new EventFrame(jobId, seq, EventType.STATUS_UPDATE, owner, "elsewhere", Map.of(), "{}");
    }

    private static List<Integer> numbers(int first, int last) {
        return IntStream.rangeClosed(first, last).boxed().toList();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.event.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.drover.event.entity.JobEvent;
import dev.drover.system.control.Json;
import dev.drover.system.control.NodeIdentity;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import jakarta.jms.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Brings committed events to the subscribers of every node: to those of this node through its hub, to the other nodes
 * over the topic, where the broker is one that they share. A topic that does not answer costs nobody but the followers
 * on other nodes, who find what they missed in the database when they come back.
 */
@ApplicationScoped
public class EventFanout {

    /** Names the node that published a message, so that it does not hear itself. */
    static final String ORIGIN = "drover_node";

    private static final Logger LOG = Logger.getLogger(EventFanout.class.getName());
    private static final int LARGEST_MESSAGE = 500;

    private final ArrayBlockingQueue<List<EventFrame>> outgoing = new ArrayBlockingQueue<>(10_000);

    private EventHub hub;
    private NodeIdentity node;
    private Thread sender;

    @Resource(lookup = "jms/drover")
    private ConnectionFactory connections;

    @Resource(lookup = "jms/events")
    private Topic topic;

    @Resource
    private ManagedThreadFactory threads;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected EventFanout() {}

    @Inject
    @SuppressWarnings("NullAway.Init") // the rest is injected or starts with the bean
    public EventFanout(EventHub hub, NodeIdentity node) {
        this.hub = hub;
        this.node = node;
    }

    @PostConstruct
    void start() {
        sender = threads.newThread(this::sendOn);
        sender.setName("drover-event-fanout");
        sender.start();
    }

    @PreDestroy
    void stop() {
        sender.interrupt();
    }

    /** Hands over events that are in the database; returns at once. */
    public void publish(List<JobEvent> events, Map<UUID, Map<String, String>> labels) {
        if (events.isEmpty() || !(node.hasExternalBroker() || hub.hasSubscribers())) {
            return;
        }
        List<EventFrame> frames = events.stream()
                .map(event -> EventFrames.frame(event, labels.getOrDefault(event.jobId(), Map.of())))
                .toList();
        publish(frames);
    }

    /** Hands over what belongs to no job and is kept nowhere for those who come later; returns at once. */
    public void publish(List<EventFrame> frames) {
        hub.publish(frames);
        if (node.hasExternalBroker() && !outgoing.offer(frames)) {
            LOG.warning("DROVER0011 the broker does not take events: followers on other nodes miss some until they"
                    + " come back");
        }
    }

    /** Gives this node's subscribers what another node published. */
    void heard(String message) throws JsonProcessingException {
        hub.publish(List.of(Json.MAPPER.readValue(message, EventFrame[].class)));
    }

    boolean isOwn(String origin) {
        return node.name().equals(origin);
    }

    private void sendOn() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                List<EventFrame> frames = new ArrayList<>(outgoing.take());
                while (frames.size() < LARGEST_MESSAGE && !outgoing.isEmpty()) {
                    frames.addAll(outgoing.take());
                }
                send(frames);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(List<EventFrame> frames) {
        try (JMSContext context = connections.createContext(JMSContext.AUTO_ACKNOWLEDGE)) {
            context.createProducer()
                    .setDeliveryMode(DeliveryMode.NON_PERSISTENT)
                    .setTimeToLive(60_000)
                    .setProperty(ORIGIN, node.name())
                    .send(topic, Json.write(frames));
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "DROVER0012 events did not reach the topic", e);
        }
    }
}

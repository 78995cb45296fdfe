// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.control;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSProducer;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Queue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Tells whoever sends webhooks that a stream has something to send, from one thread, so that nobody waits for the broker.
 * The messages need not survive: the rows do, and the sweeper tells of them again.
 */
@ApplicationScoped
public class DeliveryDispatcher {

    private static final Logger LOG = Logger.getLogger(DeliveryDispatcher.class.getName());
    private static final int LARGEST_GROUP = 200;

    private final LinkedBlockingQueue<String> outgoing = new LinkedBlockingQueue<>(100_000);
    private Thread sender;

    @Resource(lookup = "jms/drover")
    private ConnectionFactory connections;

    @Resource(lookup = "jms/webhooks")
    private Queue queue;

    @Resource
    private ManagedThreadFactory threads;

    @SuppressWarnings("NullAway.Init") // injected
    public DeliveryDispatcher() {}

    @PostConstruct
    void start() {
        sender = threads.newThread(this::sendOn);
        sender.setName("drover-webhook-dispatcher");
        sender.start();
    }

    @PreDestroy
    void stop() {
        sender.interrupt();
    }

    /** Hands over a stream whose rows are committed; returns at once. Where too many wait, the sweeper comes back to it. */
    void dispatch(String stream) {
        outgoing.offer(stream);
    }

    private void sendOn() {
        List<String> streams = new ArrayList<>(LARGEST_GROUP);
        try {
            while (!Thread.currentThread().isInterrupted()) {
                streams.add(outgoing.take());
                outgoing.drainTo(streams, LARGEST_GROUP - 1);
                // Several events of a job are one stream.
                send(new LinkedHashSet<>(streams));
                streams.clear();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(Set<String> streams) {
        try (JMSContext context = connections.createContext(JMSContext.AUTO_ACKNOWLEDGE)) {
            JMSProducer producer = context.createProducer().setDeliveryMode(DeliveryMode.NON_PERSISTENT);
            streams.forEach(stream -> producer.send(queue, stream));
        } catch (JMSRuntimeException e) {
            LOG.log(Level.WARNING, "DROVER5001 the broker does not take webhooks; the sweeper sends them later", e);
        }
    }
}

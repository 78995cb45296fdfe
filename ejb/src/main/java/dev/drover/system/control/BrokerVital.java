// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.control;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Whether the broker answers. */
@ApplicationScoped
class BrokerVital implements Vital {

    private static final Logger LOG = Logger.getLogger(BrokerVital.class.getName());

    private final NodeIdentity node;

    @Resource(lookup = "jms/drover")
    @SuppressWarnings("NullAway.Init") // injected
    private ConnectionFactory connections;

    @Resource(lookup = "jms/jobs-plain")
    @SuppressWarnings("NullAway.Init") // injected
    private Queue queue;

    @Inject
    BrokerVital(NodeIdentity node) {
        this.node = node;
    }

    @SuppressWarnings("NullAway") // for the container's proxy
    BrokerVital() {
        this(null);
    }

    @Override
    public String name() {
        return "broker";
    }

    /** Looks into a queue, which asks the broker itself: a pooled connection alone may be one that is long dead. */
    @Override
    public Reading read() {
        String kind = node.hasExternalBroker() ? "external" : "embedded";
        try (JMSContext context = connections.createContext();
                QueueBrowser browser = context.createBrowser(queue)) {
            browser.getEnumeration();
            return new Reading(true, "The broker answers.", Map.of("kind", kind));
        } catch (JMSRuntimeException | jakarta.jms.JMSException e) {
            LOG.log(Level.FINE, "the broker does not answer", e);
            return new Reading(false, "The broker cannot be reached.", Map.of("kind", kind));
        }
    }
}

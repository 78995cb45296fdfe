// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.control;

import dev.drover.reliability.control.AlertEvents;
import dev.drover.reliability.control.AlertNotice;
import dev.drover.system.control.Transactions;
import dev.drover.webhook.entity.Delivery;
import dev.drover.webhook.entity.DeliveryStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Writes a delivery for each alert that someone is to be told of. While the database is away, it waits for it. */
@ApplicationScoped
public class AlertOutbox {

    private static final Logger LOG = Logger.getLogger(AlertOutbox.class.getName());

    /** More than ever wait; then the oldest are not told. */
    private static final int MOST_WAITING = 500;

    private final Deque<AlertNotice> waiting = new ArrayDeque<>();
    private Endpoints endpoints;
    private DeliveryStore deliveries;
    private DeliveryDispatcher dispatcher;
    private Transactions transactions;
    private Clock clock;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected AlertOutbox() {}

    @Inject
    public AlertOutbox(
            Endpoints endpoints,
            DeliveryStore deliveries,
            DeliveryDispatcher dispatcher,
            Transactions transactions,
            Clock clock) {
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.dispatcher = dispatcher;
        this.transactions = transactions;
        this.clock = clock;
    }

    void told(@ObservesAsync AlertNotice notice) {
        synchronized (this) {
            waiting.add(notice);
            if (waiting.size() > MOST_WAITING) {
                waiting.remove();
            }
        }
        flush();
    }

    /** Writes what waits, in its order. */
    synchronized void flush() {
        try {
            AlertNotice next = waiting.peek();
            while (next != null) {
                write(next);
                waiting.remove();
                next = waiting.peek();
            }
        } catch (RuntimeException e) {
            LOG.log(Level.FINE, "an alert waits for the database before it is sent", e);
        }
    }

    private void write(AlertNotice notice) {
        String type = notice.type().wireName();
        String body = AlertEvents.json(notice);
        Instant now = clock.instant();
        List<Delivery> outgoing = endpoints.listening(type).stream()
                .map(endpoint -> Delivery.ofServer(endpoint, type, body, notice.at(), now))
                .toList();
        if (!outgoing.isEmpty()) {
            transactions.inNew(() -> deliveries.insert(outgoing));
            outgoing.forEach(delivery -> dispatcher.dispatch(delivery.stream()));
        }
    }
}

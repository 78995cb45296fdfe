// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.control;

import dev.drover.system.control.Transactions;
import dev.drover.webhook.entity.Delivery;
import dev.drover.webhook.entity.DeliveryStore;
import dev.drover.webhook.entity.Endpoint;
import dev.drover.webhook.entity.EndpointStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.UUID;
import java.util.logging.Logger;

/** Remembers how receivers do, and gives up those that are gone or have failed for too long. */
@ApplicationScoped
public class Reputation {

    private static final Logger LOG = Logger.getLogger(Reputation.class.getName());

    private EndpointStore store;
    private DeliveryStore deliveries;
    private Endpoints endpoints;
    private Transactions transactions;
    private WebhookSettings settings;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected Reputation() {}

    @Inject
    public Reputation(
            EndpointStore store,
            DeliveryStore deliveries,
            Endpoints endpoints,
            Transactions transactions,
            WebhookSettings settings) {
        this.store = store;
        this.deliveries = deliveries;
        this.endpoints = endpoints;
        this.transactions = transactions;
        this.settings = settings;
    }

    /** Takes note of what came of an attempt. */
    void judge(Delivery delivery, Verdict verdict, Instant now) {
        UUID endpoint = delivery.endpointId();
        if (endpoint == null) {
            if (verdict.isGone()) {
                transactions.inNew(() -> deliveries.discardStream(delivery.stream(), Verdict.GONE, now));
            }
        } else if (verdict.error() == null) {
            transactions.inNew(() -> store.succeeded(endpoint));
        } else {
            failed(endpoint, verdict.isGone(), now);
        }
    }

    private void failed(UUID endpoint, boolean isGone, Instant now) {
        String reason = isGone ? Endpoint.GONE : Endpoint.FAILING;
        Instant failingBefore = isGone ? null : now.minus(settings.disableAfter());
        boolean disabled = transactions.resultInNew(() -> {
            store.failed(endpoint, now);
            boolean given = store.disable(endpoint, reason, failingBefore, now);
            if (given) {
                deliveries.discard(endpoint, "endpoint_disabled", now);
            }
            return given;
        });
        if (disabled) {
            endpoints.refresh();
            LOG.warning(() -> "DROVER5003 the webhook endpoint %s is disabled: %s".formatted(endpoint, reason));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.control;

import dev.drover.event.control.EventFrames;
import dev.drover.event.control.EventOutbox;
import dev.drover.event.entity.JobEvent;
import dev.drover.webhook.entity.Delivery;
import dev.drover.webhook.entity.DeliveryStore;
import dev.drover.webhook.entity.Endpoint;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Writes a delivery with each event that someone is to be told of. */
@ApplicationScoped
public class WebhookOutbox implements EventOutbox {

    private Endpoints endpoints;
    private DeliveryStore deliveries;
    private DeliveryDispatcher dispatcher;
    private Clock clock;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected WebhookOutbox() {}

    @Inject
    public WebhookOutbox(Endpoints endpoints, DeliveryStore deliveries, DeliveryDispatcher dispatcher, Clock clock) {
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.dispatcher = dispatcher;
        this.clock = clock;
    }

    @Override
    public boolean hasListeners() {
        return endpoints.isAnyEnabled();
    }

    @Override
    public Runnable keep(List<JobEvent> events, Map<UUID, Source> wanted) {
        Instant now = clock.instant();
        List<Delivery> outgoing = new ArrayList<>();
        for (JobEvent event : events) {
            Source source = wanted.get(event.jobId());
            if (source != null) {
                add(event, source, now, outgoing);
            }
        }
        if (outgoing.isEmpty()) {
            return () -> {};
        }
        deliveries.insert(outgoing);
        List<String> streams =
                outgoing.stream().map(Delivery::stream).distinct().toList();
        return () -> streams.forEach(dispatcher::dispatch);
    }

    private void add(JobEvent event, Source source, Instant now, List<Delivery> outgoing) {
        String type = event.type().wireName();
        List<Endpoint> listening = endpoints.listening(event.owner(), type);
        String url = source.webhookUrl();
        boolean toAddress = url != null && WebhookEvents.USUAL.contains(type);
        if (listening.isEmpty() && !toAddress) {
            return;
        }
        String body = EventFrames.json(event);
        if (url != null && toAddress) {
            outgoing.add(Delivery.toAddressOfJob(
                    event.owner(), event.jobId(), event.seq(), type, url, body, source.traceId(), now));
        }
        for (Endpoint endpoint : listening) {
            outgoing.add(Delivery.ofJob(endpoint, event.jobId(), event.seq(), type, body, source.traceId(), now));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.control;

import dev.drover.system.control.Meters;
import dev.drover.webhook.entity.DeliveryStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.jspecify.annotations.Nullable;

/** What is measured of webhooks. The names are part of the documented metrics. */
@ApplicationScoped
public class WebhookMeters {

    private MetricRegistry registry;
    private Receivers receivers;
    private volatile long pending;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected WebhookMeters() {}

    @Inject
    public WebhookMeters(MetricRegistry registry, Receivers receivers) {
        this.registry = registry;
        this.receivers = receivers;
    }

    void start(@Observes Startup event) {
        registry.gauge(
                Meters.described("drover_webhooks_sending", "Webhooks that this node sends at this moment."),
                receivers,
                Receivers::running);
        registry.gauge(
                Meters.described("drover_webhooks_pending", "Webhooks of all nodes that are to be sent."),
                this,
                WebhookMeters::pending);
    }

    private long pending() {
        return pending;
    }

    /** How many are to be sent, as the sweeper has counted. */
    void counted(long now) {
        pending = now;
    }

    /** @param error nothing where the receiver took it */
    void attempted(@Nullable String error, Duration took) {
        registry.counter(
                        Meters.described("drover_webhook_attempts", "Attempts to send a webhook."),
                        new Tag("result", error == null ? "ok" : error))
                .inc();
        registry.timer(Meters.described("drover_webhook_attempt_time", "From the first byte to the answer."))
                .update(took);
    }

    void ended(DeliveryStatus status) {
        registry.counter(
                        Meters.described("drover_webhooks_ended", "Webhooks that are not to be sent any more."),
                        new Tag("outcome", status.wireName()))
                .inc();
    }
}

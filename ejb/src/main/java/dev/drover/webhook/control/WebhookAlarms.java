// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.control;

import dev.drover.reliability.control.Alarm;
import dev.drover.reliability.control.AlarmSource;
import dev.drover.reliability.entity.AlertSeverity;
import dev.drover.webhook.entity.Endpoint;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;

/** Raises an alert for each endpoint that the server gave up, until someone enables or removes it. */
@ApplicationScoped
public class WebhookAlarms implements AlarmSource {

    /** A flood of endpoints that are gone is one trouble and not a thousand. */
    private static final int MOST = 50;

    private Endpoints endpoints;
    private WebhookSettings settings;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected WebhookAlarms() {}

    @Inject
    public WebhookAlarms(Endpoints endpoints, WebhookSettings settings) {
        this.endpoints = endpoints;
        this.settings = settings;
    }

    @Override
    public List<Alarm> alarms() {
        return endpoints.all().stream()
                .filter(endpoint -> !endpoint.enabled() && endpoint.disabledReason() != null)
                .limit(MOST)
                .map(this::disabled)
                .toList();
    }

    private Alarm disabled(Endpoint endpoint) {
        Duration limit = settings.disableAfter();
        boolean gone = Endpoint.GONE.equals(endpoint.disabledReason());
        return new Alarm(
                "webhook_disabled",
                "webhook:" + endpoint.id(),
                AlertSeverity.MEDIUM,
                gone
                        ? "The webhook endpoint %s said that it is gone (410), and is disabled."
                                .formatted(endpoint.id())
                        : "The webhook endpoint %s took nothing for %d hours, and is disabled."
                                .formatted(endpoint.id(), limit.toHours()),
                gone ? 410 : limit.toSeconds(),
                gone ? 410 : limit.toSeconds(),
                true);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import dev.drover.reliability.entity.AlertSeverity;
import dev.drover.system.control.Meters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** What is counted of alerts. */
@ApplicationScoped
public class AlertMeters {

    private MetricRegistry registry;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected AlertMeters() {}

    @Inject
    public AlertMeters(MetricRegistry registry) {
        this.registry = registry;
    }

    /** Shows how many alerts go on. */
    void show(Alerts alerts) {
        for (AlertSeverity severity : AlertSeverity.values()) {
            registry.gauge(
                    Meters.described("drover_alerts_active", "Alerts of this node that go on."),
                    alerts,
                    all -> all.count(severity),
                    new Tag("severity", severity.wireName()));
        }
    }

    void begun(AlertSeverity severity) {
        registry.counter(
                        Meters.described("drover_alerts_begun", "Alerts that this node has raised."),
                        new Tag("severity", severity.wireName()))
                .inc();
    }
}

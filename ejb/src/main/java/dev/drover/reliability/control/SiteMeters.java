// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import dev.drover.reliability.entity.BreakerState;
import dev.drover.system.control.Meters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** What is counted of sites and their breakers. Sites are no tags: there is no end of them. */
@ApplicationScoped
public class SiteMeters {

    private final Map<String, Counter> refusals = new ConcurrentHashMap<>();
    private MetricRegistry registry;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected SiteMeters() {}

    @Inject
    public SiteMeters(MetricRegistry registry) {
        this.registry = registry;
    }

    /** A visit was put off. */
    void refused(String code) {
        refusals.computeIfAbsent(
                        code,
                        reason -> registry.counter(
                                Meters.described(
                                        "drover_site_visits_put_off", "Visits of sites that were put off, by why."),
                                new Tag("reason", reason)))
                .inc();
    }

    /** A breaker of this node has gone into the state. */
    void changed(BreakerState state) {
        registry.counter(
                        Meters.described("drover_breaker_changes", "Circuit breakers that went into a state."),
                        new Tag("state", state.wireName()))
                .inc();
    }

    /** Shows how many breakers are in each state. */
    void show(SiteBreakers breakers) {
        for (BreakerState state : BreakerState.values()) {
            registry.gauge(
                    Meters.described("drover_breakers", "Circuit breakers of this node, by their state."),
                    breakers,
                    all -> all.count(state),
                    new Tag("state", state.wireName()));
        }
    }
}

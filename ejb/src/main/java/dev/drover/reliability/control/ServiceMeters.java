// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import dev.drover.job.entity.JobPriority;
import dev.drover.system.control.Meters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** What is measured of the service as a whole. */
@ApplicationScoped
public class ServiceMeters {

    private MetricRegistry registry;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected ServiceMeters() {}

    @Inject
    public ServiceMeters(MetricRegistry registry) {
        this.registry = registry;
    }

    /** Shows the level and the score. */
    void show(ServiceWatch watch) {
        registry.gauge(
                Meters.described("drover_service_level", "0 full, 1 degraded, 2 minimal, 3 emergency."),
                watch,
                service -> service.current().level().rank());
        registry.gauge(
                Meters.described("drover_health_score", "How well this node does, 0 to 100."),
                watch,
                service -> service.current().health().score());
    }

    /** A new job was refused. */
    void refused(ServiceLevel level, JobPriority priority) {
        registry.counter(
                        Meters.described("drover_jobs_refused", "New jobs that were refused for the service level."),
                        new Tag("level", level.wireName()),
                        new Tag("priority", priority.wireName()))
                .inc();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Whether this node should get requests: whether all that it needs is there. */
@Readiness
@ApplicationScoped
public class ReadinessCheck implements HealthCheck {

    private final Vitals vitals;

    @Inject
    ReadinessCheck(Vitals vitals) {
        this.vitals = vitals;
    }

    @SuppressWarnings("NullAway") // for the container's proxy
    ReadinessCheck() {
        this(null);
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("drover");
        boolean ready = true;
        for (var vital : vitals.read().entrySet()) {
            response.withData(vital.getKey(), vital.getValue().message());
            ready &= vital.getValue().ready();
        }
        return response.status(ready).build();
    }
}

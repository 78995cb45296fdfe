// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.lang.management.ManagementFactory;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Startup;

/** Whether the process itself is fit: it is started again when it is not alive. */
@ApplicationScoped
class ProcessChecks {

    /** Threads that wait for each other never end to; nothing else is mended by starting again. */
    @Produces
    @Liveness
    HealthCheck alive() {
        return () -> {
            long[] deadlocked = ManagementFactory.getThreadMXBean().findDeadlockedThreads();
            int count = deadlocked == null ? 0 : deadlocked.length;
            return HealthCheckResponse.named("threads")
                    .withData("deadlocked", count)
                    .status(count == 0)
                    .build();
        };
    }

    /** The application is there as soon as it answers this: the schema is migrated before. */
    @Produces
    @Startup
    HealthCheck started() {
        return () -> HealthCheckResponse.up("application");
    }
}

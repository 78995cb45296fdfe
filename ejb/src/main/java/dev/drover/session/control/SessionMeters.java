// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.control;

import dev.drover.session.entity.CloseReason;
import dev.drover.system.control.Meters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Supplier;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** What is measured of sessions. The names are part of the documented metrics. */
@ApplicationScoped
public class SessionMeters {

    private MetricRegistry registry;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected SessionMeters() {}

    @Inject
    public SessionMeters(MetricRegistry registry) {
        this.registry = registry;
    }

    void watch(
            Supplier<Integer> live,
            Supplier<Integer> connections,
            Supplier<Integer> prewarmed,
            Supplier<Integer> displays,
            Supplier<Integer> orphans) {
        registry.gauge(Meters.described("drover_sessions", "Sessions whose browsers run on this node."), live);
        registry.gauge(
                Meters.described("drover_session_connections", "Connections to the endpoints of this node's sessions."),
                connections);
        registry.gauge(
                Meters.described("drover_sessions_prewarmed", "Browsers that wait for the next session."), prewarmed);
        registry.gauge(
                Meters.described(
                        "drover_session_displays", "Displays of sessions with VNC, and of browsers that wait."),
                displays);
        registry.gauge(
                Meters.described(
                        "drover_session_displays_orphaned",
                        "Displays whose browser has gone; anything but 0 for longer than a minute is a leak."),
                orphans);
    }

    void opened(String engine) {
        registry.counter(
                        Meters.described("drover_sessions_opened", "Sessions that were opened."),
                        new Tag("engine", engine))
                .inc();
    }

    void ended(CloseReason reason) {
        registry.counter(
                        Meters.described("drover_sessions_ended", "Sessions that ended."),
                        new Tag("reason", reason.wireName()))
                .inc();
    }
}

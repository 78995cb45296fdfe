// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import dev.drover.browser.control.WorkerStatus.State;
import dev.drover.system.control.Meters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** What is measured of the browsers. The names are part of the documented metrics. */
@ApplicationScoped
public class BrowserMeters {

    private MetricRegistry registry;
    private BrowserPool pool;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected BrowserMeters() {}

    @Inject
    public BrowserMeters(MetricRegistry registry, BrowserPool pool) {
        this.registry = registry;
        this.pool = pool;
    }

    void start(@Observes Startup event) {
        for (State state : State.values()) {
            registry.gauge(
                    Meters.described("drover_browser_workers", "Browser workers of this node, by what they do."),
                    pool,
                    browsers -> browsers.workers().stream()
                            .filter(worker -> worker.state() == state)
                            .count(),
                    new Tag("state", state.wireName()));
        }
        registry.gauge(
                Meters.described("drover_browser_runs_waiting", "Runs that wait for a browser worker of this node."),
                pool,
                BrowserPool::waiting);
        registry.gauge(
                Meters.described(
                        "drover_browser_recycled", "Browsers that were replaced after their runs or for their size."),
                pool,
                BrowserPool::recycled);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.boundary;

import dev.drover.browser.control.BrowserPool;
import dev.drover.browser.control.EngineStatus;
import dev.drover.browser.control.EngineStatus.Availability;
import dev.drover.browser.control.WorkerStatus.State;
import dev.drover.system.control.NodeIdentity;
import dev.drover.system.control.Vital;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;

/** Whether this node can run browsers, where it has to. */
@ApplicationScoped
class BrowserVital implements Vital {

    private final BrowserPool pool;
    private final NodeIdentity node;

    @Inject
    BrowserVital(BrowserPool pool, NodeIdentity node) {
        this.pool = pool;
        this.node = node;
    }

    @SuppressWarnings("NullAway") // for the container's proxy
    BrowserVital() {
        this(null, null);
    }

    @Override
    public String name() {
        return "browser";
    }

    @Override
    public Reading read() {
        if (!node.isWorker()) {
            return Reading.up("This node runs no jobs.");
        }
        long engines = pool.engines().stream()
                .map(EngineStatus::availability)
                .filter(availability -> availability != Availability.UNAVAILABLE)
                .count();
        long busy = pool.workers().stream()
                .filter(worker -> worker.state() == State.BUSY)
                .count();
        long broken = pool.workers().stream()
                .filter(worker -> worker.state() == State.BROKEN)
                .count();
        boolean ready = engines > 0 && broken < pool.size();
        return new Reading(
                ready,
                ready ? "Browsers run." : "No browser can be started: see GET /api/v1/status/browser-sessions.",
                Map.of("workers", pool.size(), "busy", busy, "broken", broken, "waiting", pool.waiting()));
    }
}

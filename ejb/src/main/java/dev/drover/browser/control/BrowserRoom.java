// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import dev.drover.system.control.NodeIdentity;
import dev.drover.system.control.egress.NameResolver;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.time.Clock;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/** Opens the node's browsers when the application starts, without keeping it waiting, and ends them with it. */
@ApplicationScoped
public class BrowserRoom {

    private Config config;
    private NodeIdentity node;
    private Clock clock;
    private @Nullable PlaywrightPool pool;
    private @Nullable BoundBrowsers held;

    @Resource(lookup = "java:comp/DefaultManagedThreadFactory")
    private ManagedThreadFactory threads;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected BrowserRoom() {}

    @Inject
    @SuppressWarnings("NullAway.Init") // the thread factory is injected later
    public BrowserRoom(Config config, NodeIdentity node, Clock clock) {
        this.config = config;
        this.node = node;
        this.clock = clock;
    }

    void start(@Observes Startup event) {
        pool();
    }

    @Produces
    BrowserSettings settings() {
        return BrowserSettings.from(config);
    }

    /** Opens the browsers where nobody has done so yet: another bean's start may come before this one's. */
    @Produces
    @ApplicationScoped
    synchronized BrowserPool pool() {
        if (!node.isWorker()) {
            return new NoBrowsers();
        }
        if (pool == null) {
            PlaywrightPool next = new PlaywrightPool(
                    settings(), node.dataRoot(), threads, NameResolver.system(), new MachineLoad.Gauge()::read, clock);
            next.open();
            pool = next;
        }
        return pool;
    }

    /** Nothing of an earlier server is left when the first is launched: the pool has seen to that. */
    @Produces
    @ApplicationScoped
    synchronized HeldBrowsers heldBrowsers() {
        pool();
        if (pool == null) {
            return new NoHeldBrowsers();
        }
        if (held == null) {
            held = pool.held(HeldSettings.from(config), VncSettings.from(config));
        }
        return held;
    }

    @PreDestroy
    synchronized void stop() {
        if (held != null) {
            held.close();
            held = null;
        }
        if (pool != null) {
            pool.close();
            pool = null;
        }
    }
}

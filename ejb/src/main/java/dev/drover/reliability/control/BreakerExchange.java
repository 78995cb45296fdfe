// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Lets the nodes learn of each other's circuit breakers, every two seconds on every node. */
@Singleton
@Startup
@DependsOn("SchemaStartup")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class BreakerExchange {

    private static final Logger LOG = Logger.getLogger(BreakerExchange.class.getName());

    private final AtomicBoolean going = new AtomicBoolean();
    private volatile boolean failed;

    @Inject
    private SharedBreakers shared;

    @Inject
    private SiteBreakers breakers;

    @Inject
    private SiteMeters meters;

    @SuppressWarnings("NullAway.Init") // injected
    public BreakerExchange() {}

    @PostConstruct
    void start() {
        meters.show(breakers);
    }

    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false)
    void exchange() {
        alone(shared::exchange);
    }

    @Schedule(hour = "*", minute = "*/5", second = "41", persistent = false)
    void removeOld() {
        alone(shared::removeOld);
    }

    private void alone(Runnable work) {
        if (!going.compareAndSet(false, true)) {
            return;
        }
        try {
            work.run();
            failed = false;
        } catch (RuntimeException e) {
            // Said once: where the database is away, the next hundred times fail for the same reason.
            LOG.log(failed ? Level.FINE : Level.WARNING, "DROVER4004 circuit breakers are not shared for now", e);
            failed = true;
        } finally {
            going.set(false);
        }
    }
}

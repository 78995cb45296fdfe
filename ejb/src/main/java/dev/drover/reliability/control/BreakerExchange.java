// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import dev.drover.system.control.OneAtATime;
import dev.drover.system.control.Ticker;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Duration;
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

    private final OneAtATime rounds = new OneAtATime(this::failed);
    private volatile boolean failed;

    @Inject
    private SharedBreakers shared;

    @Inject
    private SiteBreakers breakers;

    @Inject
    private SiteMeters meters;

    @Inject
    private Ticker ticker;

    @SuppressWarnings("NullAway.Init") // injected
    public BreakerExchange() {}

    @PostConstruct
    void start() {
        meters.show(breakers);
        ticker.every(Duration.ofSeconds(2), () -> round(shared::exchange));
        ticker.every(Duration.ofMinutes(5), () -> round(shared::removeOld));
    }

    private void round(Runnable work) {
        rounds.run(() -> {
            work.run();
            failed = false;
        });
    }

    /** Said once: where the database is away, the next hundred times fail for the same reason. */
    private void failed(RuntimeException e) {
        LOG.log(failed ? Level.FINE : Level.WARNING, "DROVER4004 circuit breakers are not shared for now", e);
        failed = true;
    }
}

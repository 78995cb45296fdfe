// SPDX-License-Identifier: Apache-2.0
package dev.drover.vault.control;

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
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** Forgets captured sessions whose time is over, and brings the others to the newest key. Safe on every node at once. */
@Singleton
@Startup
@DependsOn("SchemaStartup")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class VaultSweeper {

    private static final Logger LOG = System.getLogger(VaultSweeper.class.getName());
    private static final Duration SWEEP = Duration.ofMinutes(1);

    @Inject
    private CapturedSessions sessions;

    @Inject
    private Ticker ticker;

    @SuppressWarnings("NullAway.Init") // injected
    public VaultSweeper() {}

    @PostConstruct
    void begin() {
        ticker.every(SWEEP, this::sweep);
    }

    private void sweep() {
        sessions.removeExpired();
        int resealed = sessions.reseal();
        if (resealed > 0) {
            LOG.log(Level.INFO, "DROVER8002 {0} captured sessions are encrypted with the new key now", resealed);
        }
    }
}

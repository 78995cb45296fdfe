// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.control;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Forgets old idempotency keys, every ten minutes on every node. */
@Singleton
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class IdempotencySweep {

    private static final Logger LOG = Logger.getLogger(IdempotencySweep.class.getName());

    private final Idempotency idempotency;

    @SuppressWarnings("NullAway") // an enterprise bean has it; the container uses the other one
    public IdempotencySweep() {
        this(null);
    }

    @Inject
    public IdempotencySweep(Idempotency idempotency) {
        this.idempotency = idempotency;
    }

    @Schedule(hour = "*", minute = "*/10", second = "17", persistent = false)
    void forgetOld() {
        int forgotten = idempotency.forgetOld();
        LOG.log(Level.FINE, "{0} idempotency keys are older than a day and forgotten", forgotten);
    }
}

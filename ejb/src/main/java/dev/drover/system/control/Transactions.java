// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.function.Supplier;

/** Runs something in a transaction of its own, for services that need several of them one after the other. */
@ApplicationScoped
public class Transactions {

    /** An exception rolls the transaction back and comes out as it is. */
    @Transactional(TxType.REQUIRES_NEW)
    public void inNew(Runnable action) {
        action.run();
    }

    /** As {@link #inNew}, with a result. */
    @Transactional(TxType.REQUIRES_NEW)
    public <T> T resultInNew(Supplier<T> action) {
        return action.get();
    }
}

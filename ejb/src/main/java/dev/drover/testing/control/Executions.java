// SPDX-License-Identifier: Apache-2.0
package dev.drover.testing.control;

import dev.drover.security.control.Caller;
import dev.drover.security.entity.Scope;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.ErrorCode;
import dev.drover.system.control.Transactions;
import dev.drover.testing.entity.Execution;
import dev.drover.testing.entity.ExecutionStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** What came of test cases, and how their jobs tell it. Everything that callers do goes through their scope. */
@ApplicationScoped
public class Executions {

    private static final int PAGE = 500;

    private ExecutionStore store;
    private TestingSettings settings;
    private Transactions transactions;
    private Clock clock;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected Executions() {}

    @Inject
    public Executions(ExecutionStore store, TestingSettings settings, Transactions transactions, Clock clock) {
        this.store = store;
        this.settings = settings;
        this.transactions = transactions;
        this.clock = clock;
    }

    public List<Execution> list(Caller caller, ExecutionStore.Filter filter, int limit) {
        return transactions.resultInNew(() -> store.list(caller.scope(), filter, limit));
    }

    /** @throws DroverException {@link ErrorCode#NOT_FOUND}, also for one that the caller may not see */
    public Execution find(Caller caller, UUID id) {
        return transactions
                .resultInNew(() -> store.find(caller.scope(), id))
                .orElseThrow(() ->
                        new DroverException(ErrorCode.NOT_FOUND, "There is no such execution, or it is not yours."));
    }

    /**
     * Has executions follow their jobs. Safe to run on every node at once: each change is made by one of them.
     *
     * @return those that this call has changed, as they are now
     */
    List<Execution> followJobs() {
        return transactions.resultInNew(() -> store.behind(PAGE)).stream()
                .filter(step -> transactions.resultInNew(() -> store.follow(step, clock.instant())))
                .flatMap(step -> transactions.resultInNew(() -> store.find(Scope.EVERYTHING, step.id())).stream())
                .toList();
    }

    /** Forgets those that have ended long ago. */
    void removeOld() {
        transactions.resultInNew(() -> store.removeOlderThan(clock.instant().minus(settings.kept())));
    }
}

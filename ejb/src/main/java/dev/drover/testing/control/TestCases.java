// SPDX-License-Identifier: Apache-2.0
package dev.drover.testing.control;

import dev.drover.security.control.Caller;
import dev.drover.security.entity.Scope;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.ErrorCode;
import dev.drover.system.control.Transactions;
import dev.drover.testing.entity.TestCase;
import dev.drover.testing.entity.TestCaseStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What callers do with test cases. Everything goes through the caller's scope. */
@ApplicationScoped
public class TestCases {

    private TestCaseStore store;
    private Transactions transactions;
    private Clock clock;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected TestCases() {}

    @Inject
    public TestCases(TestCaseStore store, Transactions transactions, Clock clock) {
        this.store = store;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Keeps a new one. Whoever repeats a request with the id that was reserved for it makes no second one. */
    public TestCase create(Caller caller, TestCase.Content content, @Nullable UUID reserved) {
        TestCase created =
                new TestCase(reserved == null ? TestCase.nextId() : reserved, caller.owner(), content, clock.instant());
        return transactions.resultInNew(() -> {
            Optional<TestCase> earlier = store.find(Scope.EVERYTHING, created.id());
            if (earlier.isEmpty()) {
                store.insert(created);
            }
            return earlier.orElse(created);
        });
    }

    public List<TestCase> list(Caller caller, @Nullable UUID before, int limit) {
        return transactions.resultInNew(() -> store.list(caller.scope(), before, limit));
    }

    /** @throws DroverException {@link ErrorCode#NOT_FOUND}, also for one that the caller may not see */
    public TestCase find(Caller caller, UUID id) {
        return transactions
                .resultInNew(() -> store.find(caller.scope(), id))
                .orElseThrow(() ->
                        new DroverException(ErrorCode.NOT_FOUND, "There is no such test case, or it is not yours."));
    }

    /**
     * Puts another content in the place of one.
     *
     * @param revision that the caller has seen; null where that does not matter
     */
    public TestCase replace(Caller caller, UUID id, @Nullable Integer revision, TestCase.Content content) {
        TestCase seen = seen(caller, id, revision);
        refuseUnless(transactions.resultInNew(() -> store.update(seen, content, clock.instant())));
        return find(caller, id);
    }

    /** Removes one. What came of it stays among the executions. */
    public void remove(Caller caller, UUID id, @Nullable Integer revision) {
        TestCase seen = seen(caller, id, revision);
        refuseUnless(transactions.resultInNew(() -> store.remove(seen)));
    }

    private TestCase seen(Caller caller, UUID id, @Nullable Integer revision) {
        TestCase seen = find(caller, id);
        refuseUnless(revision == null || seen.revision() == revision);
        return seen;
    }

    private static void refuseUnless(boolean isAsSeen) {
        if (!isAsSeen) {
            throw new DroverException(
                    ErrorCode.PRECONDITION_FAILED, "The test case has been changed since it was read.");
        }
    }
}

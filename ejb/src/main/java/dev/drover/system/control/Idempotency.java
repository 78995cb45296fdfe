// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.control;

import dev.drover.security.entity.Owner;
import dev.drover.system.entity.IdempotencyRecord;
import dev.drover.system.entity.IdempotencyRecord.Answer;
import dev.drover.system.entity.IdempotencyStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Carries a request out once, however often it comes with the same {@code Idempotency-Key}. A key belongs to its caller
 * and is remembered for {@link #KEPT}. The answer is kept before it is sent. A request whose server died before that is
 * carried out by the next one that comes, with the same reserved id: what was made under that id is found, not made anew.
 */
@ApplicationScoped
public class Idempotency {

    public static final Duration KEPT = Duration.ofHours(24);

    /** Name of the request's attribute that holds the {@link java.util.UUID} reserved for what the request makes. */
    public static final String RESERVED_ID = "drover.reserved-id";

    /** A request that another node began so long ago and did not answer is taken to be lost with that node. */
    static final Duration LONGEST_ANSWER = Duration.ofMinutes(2);

    private IdempotencyStore store;
    private Transactions transactions;
    private String node;
    private Instant nodeStartedAt;
    private Clock clock;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected Idempotency() {}

    @Inject
    public Idempotency(IdempotencyStore store, Transactions transactions, NodeIdentity node, Clock clock) {
        this(store, transactions, node.name(), node.startedAt(), clock);
    }

    Idempotency(IdempotencyStore store, Transactions transactions, String node, Instant startedAt, Clock clock) {
        this.store = store;
        this.transactions = transactions;
        this.node = node;
        this.nodeStartedAt = startedAt;
        this.clock = clock;
    }

    /**
     * Asks to carry a request out. Whoever is granted that calls {@link #answer} or {@link #release} in the end.
     *
     * @param fingerprint the same for the same request only
     */
    public Reservation begin(Owner caller, String key, String fingerprint) {
        IdempotencyRecord.Key ofCaller = IdempotencyRecord.Key.of(caller, key);
        Optional<IdempotencyRecord> known = find(ofCaller);
        if (known.isEmpty()) {
            IdempotencyRecord unanswered = new IdempotencyRecord(ofCaller, fingerprint, node, clock.instant());
            if (insert(unanswered)) {
                return new Reservation.Granted(ofCaller, unanswered.reservedId());
            }
            known = find(ofCaller);
        }
        return known.map(record -> decide(record, fingerprint)).orElseGet(Reservation.InFlight::new);
    }

    /** Keeps the answer for those who repeat the request. */
    public void answer(Reservation.Granted granted, Answer answer) {
        transactions.inNew(() -> store.answer(granted.key(), answer));
    }

    /** Forgets a request that was refused: nothing was done for it, so the next one starts anew. */
    public void release(Reservation.Granted granted) {
        transactions.inNew(() -> store.remove(granted.key()));
    }

    /** Forgets what is older than {@link #KEPT}. Safe to run on every node at once. */
    public int forgetOld() {
        return transactions.resultInNew(
                () -> store.removeOlderThan(clock.instant().minus(KEPT)));
    }

    private Reservation decide(IdempotencyRecord known, String fingerprint) {
        if (!known.fingerprint().equals(fingerprint)) {
            return new Reservation.KeyReused();
        }
        if (known.answer().isPresent()) {
            return new Reservation.Answered(known.answer().get());
        }
        if (isLost(known) && transactions.resultInNew(() -> store.takeOver(known, node, clock.instant()))) {
            return new Reservation.Granted(known.key(), known.reservedId());
        }
        return new Reservation.InFlight();
    }

    /** Whether nobody is left who would answer: this node's own requests ended with its last process. */
    private boolean isLost(IdempotencyRecord record) {
        Instant lastAlive =
                record.node().equals(node) ? nodeStartedAt : clock.instant().minus(LONGEST_ANSWER);
        return record.begunAt().isBefore(lastAlive);
    }

    private Optional<IdempotencyRecord> find(IdempotencyRecord.Key key) {
        return transactions.resultInNew(() -> store.find(key));
    }

    /** False when someone else was faster. */
    private boolean insert(IdempotencyRecord unanswered) {
        try {
            transactions.inNew(() -> store.insert(unanswered));
            return true;
        } catch (PersistenceException e) {
            if (find(unanswered.key()).isPresent()) {
                return false;
            }
            throw e;
        }
    }
}

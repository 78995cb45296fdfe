// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.security.entity.Owner;
import dev.drover.system.entity.IdempotencyRecord;
import dev.drover.system.entity.IdempotencyRecord.Answer;
import dev.drover.system.entity.IdempotencyStore;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IdempotencyTest {

    private static final Instant START = Instant.parse("2026-01-31T06:00:00Z");
    private static final Owner ANNA = new Owner("default", "anna");
    private static final Owner BERT = new Owner("default", "bert");
    private static final Answer ACCEPTED = new Answer(202, "/api/v1/jobs/1", "application/json", "{}");

    private final Rows rows = new Rows();

    @Test
    void theFirstRequestIsGrantedAndTheSecondGetsItsAnswer() {
        Idempotency node = node("node-1", START, START.plusSeconds(10));

        Reservation.Granted granted = granted(node.begin(ANNA, "key", "print"));
        node.answer(granted, ACCEPTED);

        assertThat(node.begin(ANNA, "key", "print")).isEqualTo(new Reservation.Answered(ACCEPTED));
    }

    @Test
    void whileTheFirstIsAnsweredTheSecondWaits() {
        Idempotency node = node("node-1", START, START.plusSeconds(10));

        granted(node.begin(ANNA, "key", "print"));

        assertThat(node.begin(ANNA, "key", "print")).isEqualTo(new Reservation.InFlight());
    }

    @Test
    void anotherRequestCannotUseTheKey() {
        Idempotency node = node("node-1", START, START.plusSeconds(10));

        granted(node.begin(ANNA, "key", "print"));

        assertThat(node.begin(ANNA, "key", "other")).isEqualTo(new Reservation.KeyReused());
    }

    @Test
    void everyCallerHasKeysOfItsOwn() {
        Idempotency node = node("node-1", START, START.plusSeconds(10));

        granted(node.begin(ANNA, "key", "print"));

        granted(node.begin(BERT, "key", "other"));
    }

    @Test
    void aRefusedRequestLeavesTheKeyFree() {
        Idempotency node = node("node-1", START, START.plusSeconds(10));

        node.release(granted(node.begin(ANNA, "key", "print")));

        granted(node.begin(ANNA, "key", "other"));
    }

    @Test
    void afterACrashTheSameIdIsGrantedAgain() {
        Reservation.Granted lost =
                granted(node("node-1", START, START.plusSeconds(10)).begin(ANNA, "key", "print"));

        Idempotency restarted = node("node-1", START.plusSeconds(15), START.plusSeconds(20));
        Reservation.Granted again = granted(restarted.begin(ANNA, "key", "print"));

        assertThat(again.id()).isEqualTo(lost.id());
        assertThat(restarted.begin(ANNA, "key", "print")).isEqualTo(new Reservation.InFlight());
    }

    @Test
    void anotherNodeWaitsBeforeItTakesARequestForLost() {
        Reservation.Granted begun =
                granted(node("node-1", START, START.plusSeconds(10)).begin(ANNA, "key", "print"));
        Instant patience = START.plusSeconds(10).plus(Idempotency.LONGEST_ANSWER);

        Reservation soon = node("node-2", START, patience).begin(ANNA, "key", "print");
        Reservation late = node("node-2", START, patience.plusMillis(1)).begin(ANNA, "key", "print");

        assertThat(soon).isEqualTo(new Reservation.InFlight());
        assertThat(granted(late).id()).isEqualTo(begun.id());
    }

    @Test
    void whoeverLosesTheRaceForAKeyWaits() {
        Idempotency node = node("node-1", START, START.plusSeconds(10));
        rows.beforeInsert = () -> {
            rows.beforeInsert = () -> {};
            granted(node.begin(ANNA, "key", "print"));
        };

        assertThat(node.begin(ANNA, "key", "print")).isEqualTo(new Reservation.InFlight());
    }

    @Test
    void keysAreForgottenAfterADay() {
        granted(node("node-1", START, START).begin(ANNA, "key", "print"));

        assertThat(node("node-1", START, START.plus(Duration.ofHours(24))).forgetOld())
                .isZero();
        assertThat(node("node-1", START, START.plus(Duration.ofHours(24)).plusMillis(1))
                        .forgetOld())
                .isOne();
    }

    private Idempotency node(String name, Instant startedAt, Instant now) {
        return new Idempotency(rows, new Transactions(), name, startedAt, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static Reservation.Granted granted(Reservation reservation) {
        assertThat(reservation).isInstanceOf(Reservation.Granted.class);
        return (Reservation.Granted) reservation;
    }

    /** A row in memory. */
    private static final class Row extends IdempotencyRecord {

        private final UUID id;
        private final String owner;
        private final Instant at;
        private final @Nullable Answer given;

        Row(IdempotencyRecord other, UUID id, String owner, Instant at, @Nullable Answer given) {
            super(other.key(), other.fingerprint(), owner, at);
            this.id = id;
            this.owner = owner;
            this.at = at;
            this.given = given;
        }

        @Override
        public UUID reservedId() {
            return id;
        }

        @Override
        public String node() {
            return owner;
        }

        @Override
        public Instant begunAt() {
            return at;
        }

        @Override
        public Optional<Answer> answer() {
            return Optional.ofNullable(given);
        }
    }

    /** The store in memory, with the conditions of its statements. */
    private static final class Rows extends IdempotencyStore {

        private final Map<IdempotencyRecord.Key, IdempotencyRecord> rows = new HashMap<>();
        private Runnable beforeInsert = () -> {};

        @Override
        public Optional<IdempotencyRecord> find(IdempotencyRecord.Key key) {
            return Optional.ofNullable(rows.get(key));
        }

        @Override
        public void insert(IdempotencyRecord unanswered) {
            beforeInsert.run();
            if (rows.putIfAbsent(unanswered.key(), unanswered) != null) {
                throw new PersistenceException("the key is taken");
            }
        }

        @Override
        public boolean takeOver(IdempotencyRecord seen, String node, Instant now) {
            IdempotencyRecord row = rows.get(seen.key());
            if (row == null || row.answer().isPresent() || !row.begunAt().equals(seen.begunAt())) {
                return false;
            }
            rows.put(seen.key(), new Row(row, row.reservedId(), node, now, null));
            return true;
        }

        @Override
        public void answer(IdempotencyRecord.Key key, Answer answer) {
            find(key)
                    .ifPresent(row -> rows.put(key, new Row(row, row.reservedId(), row.node(), row.begunAt(), answer)));
        }

        @Override
        public void remove(IdempotencyRecord.Key key) {
            rows.remove(key);
        }

        @Override
        public int removeOlderThan(Instant begunBefore) {
            int before = rows.size();
            rows.values().removeIf(row -> row.begunAt().isBefore(begunBefore));
            return before - rows.size();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.system.entity.IdempotencyRecord.Answer;
import jakarta.persistence.PersistenceException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the store promises on every database. */
abstract class IdempotencyStoreContract {

    private static final Instant NOW = Instant.parse("2026-01-31T06:00:00.123456Z");
    private static final String PRINT = "0".repeat(64);

    private final IdempotencyRecord.Key key =
            new IdempotencyRecord.Key("default", "admin", UUID.randomUUID().toString());

    private SessionFactory sessions;
    private IdempotencyStore store;

    abstract DataSource database();

    @BeforeEach
    void open() {
        DataSource database = database();
        SchemaMigration.migrate(database, DatabaseKind.of(database));
        Configuration configuration = new Configuration()
                .addAnnotatedClass(IdempotencyRecord.class)
                .setProperty("hibernate.jdbc.time_zone", "UTC")
                // The container brings the transaction; here, every statement is one.
                .setProperty("hibernate.allow_update_outside_transaction", "true");
        configuration.getProperties().put("jakarta.persistence.nonJtaDataSource", database);
        sessions = configuration.buildSessionFactory();
        store = new IdempotencyStore(sessions);
    }

    @AfterEach
    void close() {
        sessions.close();
    }

    @Test
    void aRecordComesBackAsItWent() {
        IdempotencyRecord begun = begun("node-1", NOW);

        store.insert(begun);

        assertThat(store.find(key)).hasValueSatisfying(found -> {
            assertThat(found.reservedId()).isEqualTo(begun.reservedId());
            assertThat(found.fingerprint()).isEqualTo(PRINT);
            assertThat(found.node()).isEqualTo("node-1");
            assertThat(found.begunAt()).isEqualTo(NOW);
            assertThat(found.answer()).isEmpty();
        });
    }

    @Test
    void aKeyIsTakenOnce() {
        store.insert(begun("node-1", NOW));

        assertThatThrownBy(() -> store.insert(begun("node-2", NOW))).isInstanceOf(PersistenceException.class);
    }

    @Test
    void anAnswerComesBackAsItWent() {
        store.insert(begun("node-1", NOW));
        Answer answer = new Answer(202, "/api/v1/jobs/1", "application/json", "{\"ü\": \"" + "x".repeat(5000) + "\"}");

        store.answer(key, answer);

        assertThat(store.find(key).flatMap(IdempotencyRecord::answer)).contains(answer);
    }

    @Test
    void anAnswerWithoutABodyComesBackToo() {
        store.insert(begun("node-1", NOW));
        Answer answer = new Answer(204, null, null, "");

        store.answer(key, answer);

        assertThat(store.find(key).flatMap(IdempotencyRecord::answer)).contains(answer);
    }

    @Test
    void onlyOneOfTwoTakesALostRequestOver() {
        store.insert(begun("node-1", NOW));
        IdempotencyRecord seen = store.find(key).orElseThrow();

        boolean first = store.takeOver(seen, "node-2", NOW.plusSeconds(300));
        boolean second = store.takeOver(seen, "node-3", NOW.plusSeconds(300));

        assertThat(first).isTrue();
        assertThat(second).isFalse();
        assertThat(store.find(key)).hasValueSatisfying(found -> {
            assertThat(found.node()).isEqualTo("node-2");
            assertThat(found.reservedId()).isEqualTo(seen.reservedId());
        });
    }

    @Test
    void whatWasAnsweredMeanwhileIsNotTakenOver() {
        store.insert(begun("node-1", NOW));
        IdempotencyRecord seen = store.find(key).orElseThrow();
        store.answer(key, new Answer(202, null, "application/json", "{}"));

        assertThat(store.takeOver(seen, "node-2", NOW.plusSeconds(300))).isFalse();
    }

    @Test
    void aRemovedKeyIsFree() {
        store.insert(begun("node-1", NOW));

        store.remove(key);

        assertThat(store.find(key)).isEmpty();
        store.insert(begun("node-2", NOW));
    }

    @Test
    void onlyWhatIsOldIsForgotten() {
        store.insert(begun("node-1", NOW));

        store.removeOlderThan(NOW);
        assertThat(store.find(key)).isPresent();

        store.removeOlderThan(NOW.plus(1, ChronoUnit.MICROS));
        assertThat(store.find(key)).isEmpty();
    }

    private IdempotencyRecord begun(String node, Instant at) {
        return new IdempotencyRecord(key, PRINT, node, at);
    }
}

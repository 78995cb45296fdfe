// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.entity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.system.entity.DatabaseKind;
import dev.drover.system.entity.SchemaMigration;
import java.time.Instant;
import java.util.UUID;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the store promises on every database. */
abstract class LastResultStoreContract {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123456Z");
    private static final UUID JOB = UUID.fromString("01980c8e-7f3a-7cc1-b4a5-2c5b8d1f0e6a");

    private SessionFactory sessions;
    private LastResultStore store;

    abstract DataSource database();

    @BeforeEach
    void open() {
        DataSource database = database();
        SchemaMigration.migrate(database, DatabaseKind.of(database));
        Configuration configuration = new Configuration()
                .addAnnotatedClass(LastResult.class)
                .setProperty("hibernate.jdbc.time_zone", "UTC")
                // The container brings the transaction; here, every statement is one.
                .setProperty("hibernate.allow_update_outside_transaction", "true");
        configuration.getProperties().put("jakarta.persistence.nonJtaDataSource", database);
        sessions = configuration.buildSessionFactory();
        store = new LastResultStore(sessions);
        store.tidy(NOW.plusSeconds(100_000), 0);
    }

    @AfterEach
    void close() {
        sessions.close();
    }

    @Test
    void theLastResultTakesThePlaceOfTheOneBefore() {
        store.keep(new LastResult("a", JOB, "{\"n\":1}", NOW));
        store.keep(new LastResult("a", JOB, "{\"n\":2}", NOW.plusSeconds(5)));

        assertThat(store.find("a", NOW)).hasValueSatisfying(last -> {
            assertThat(last.jobId()).isEqualTo(JOB);
            assertThat(last.result()).isEqualTo("{\"n\":2}");
            assertThat(last.madeAt()).isEqualTo(NOW.plusSeconds(5));
        });
        assertThat(store.find("b", NOW)).isEmpty();
    }

    @Test
    void aResultThatIsTooOldIsNotFound() {
        store.keep(new LastResult("a", JOB, "1", NOW));

        assertThat(store.find("a", NOW.plusSeconds(1))).isEmpty();
    }

    @Test
    void theLongestResultIsKept() {
        String longest = "\"" + "ä".repeat(LastResult.LONGEST - 2) + "\"";
        store.keep(new LastResult("a", JOB, longest, NOW));

        assertThat(store.find("a", NOW)).map(LastResult::result).contains(longest);
    }

    @Test
    void whatIsTooOldOrTooMuchIsForgotten() {
        for (int i = 0; i < 5; i++) {
            store.keep(new LastResult("r" + i, JOB, "1", NOW.plusSeconds(i)));
        }

        assertThat(store.tidy(NOW.plusSeconds(1), 2)).isEqualTo(3);

        assertThat(store.find("r2", NOW)).isEmpty();
        assertThat(store.find("r3", NOW)).isPresent();
        assertThat(store.find("r4", NOW)).isPresent();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.entity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.reliability.entity.TrendSample.Figures;
import dev.drover.system.entity.DatabaseKind;
import dev.drover.system.entity.SchemaMigration;
import java.time.Instant;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the store promises on every database. */
abstract class TrendStoreContract {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123456Z");
    private static final Figures FIGURES =
            new Figures("degraded", 87, 12_000_000_000L, 3, 601, 4, 2, 1, 2500, 123_456, 345, 1.25);

    private SessionFactory sessions;
    private TrendStore store;

    abstract DataSource database();

    @BeforeEach
    void open() {
        DataSource database = database();
        SchemaMigration.migrate(database, DatabaseKind.of(database));
        Configuration configuration = new Configuration()
                .addAnnotatedClass(TrendSample.class)
                .setProperty("hibernate.jdbc.time_zone", "UTC")
                // The container brings the transaction; here, every statement is one.
                .setProperty("hibernate.allow_update_outside_transaction", "true");
        configuration.getProperties().put("jakarta.persistence.nonJtaDataSource", database);
        sessions = configuration.buildSessionFactory();
        store = new TrendStore(sessions);
        store.removeOlderThan(NOW.plusSeconds(100_000));
    }

    @AfterEach
    void close() {
        sessions.close();
    }

    @Test
    void aSampleComesBackAsItWent() {
        store.insert(new TrendSample("node-1", NOW, FIGURES));

        assertThat(store.of("node-1", NOW)).singleElement().satisfies(sample -> {
            assertThat(sample.node()).isEqualTo("node-1");
            assertThat(sample.takenAt()).isEqualTo(NOW);
            assertThat(sample.figures()).isEqualTo(FIGURES);
        });
    }

    @Test
    void samplesComeByNodeAndTime() {
        for (int minute = 0; minute < 5; minute++) {
            store.insert(new TrendSample("node-1", NOW.plusSeconds(60L * (4 - minute)), FIGURES));
            store.insert(new TrendSample("node-2", NOW.plusSeconds(60L * minute), FIGURES));
        }

        assertThat(store.of("node-1", NOW.plusSeconds(120)))
                .extracting(TrendSample::takenAt)
                .containsExactly(NOW.plusSeconds(120), NOW.plusSeconds(180), NOW.plusSeconds(240));
        assertThat(store.nodes()).containsExactly("node-1", "node-2");
    }

    @Test
    void onlyWhatIsOldIsRemoved() {
        store.insert(new TrendSample("node-1", NOW, FIGURES));
        store.insert(new TrendSample("node-1", NOW.plusSeconds(60), FIGURES));

        assertThat(store.removeOlderThan(NOW.plusSeconds(60))).isEqualTo(1);

        assertThat(store.of("node-1", NOW)).hasSize(1);
    }
}

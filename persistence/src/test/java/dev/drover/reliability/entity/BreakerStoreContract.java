// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.system.entity.DatabaseKind;
import dev.drover.system.entity.SchemaMigration;
import jakarta.persistence.PersistenceException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the store promises on every database. */
abstract class BreakerStoreContract {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123456Z");
    private static final String NAME = "site:shop.example.com:8443";

    private SessionFactory sessions;
    private BreakerStore store;

    abstract DataSource database();

    @BeforeEach
    void open() {
        DataSource database = database();
        SchemaMigration.migrate(database, DatabaseKind.of(database));
        Configuration configuration = new Configuration()
                .addAnnotatedClass(BreakerRecord.class)
                .setProperty("hibernate.jdbc.time_zone", "UTC")
                // The container brings the transaction; here, every statement is one.
                .setProperty("hibernate.allow_update_outside_transaction", "true");
        configuration.getProperties().put("jakarta.persistence.nonJtaDataSource", database);
        sessions = configuration.buildSessionFactory();
        store = new BreakerStore(sessions);
        store.removeOld(NOW.plus(Duration.ofDays(1000)), NOW.plus(Duration.ofDays(1000)));
    }

    @AfterEach
    void close() {
        sessions.close();
    }

    @Test
    void aRowComesBackAsItWent() {
        assertThat(store.write(new BreakerRecord(
                        NAME,
                        BreakerState.OPEN,
                        0.65,
                        20,
                        NOW,
                        NOW.plusSeconds(30),
                        NOW.minusSeconds(5),
                        NOW.plusSeconds(1),
                        "node-1",
                        1)))
                .isTrue();

        assertThat(store.find(NAME)).hasValueSatisfying(row -> {
            assertThat(row.state()).isEqualTo(BreakerState.OPEN);
            assertThat(row.failureRate()).isEqualTo(0.65);
            assertThat(row.calls()).isEqualTo(20);
            assertThat(row.openedAt()).contains(NOW);
            assertThat(row.retryAt()).contains(NOW.plusSeconds(30));
            assertThat(row.resetAt()).contains(NOW.minusSeconds(5));
            assertThat(row.updatedAt()).isEqualTo(NOW.plusSeconds(1));
            assertThat(row.node()).isEqualTo("node-1");
            assertThat(row.revision()).isEqualTo(1);
        });
    }

    @Test
    void whoHasSeenTheRowMayWriteIt() {
        store.write(row(NAME, BreakerState.OPEN, NOW, 1));

        assertThat(store.write(row(NAME, BreakerState.CLOSED, NOW.plusSeconds(1), 2)))
                .isTrue();

        assertThat(store.find(NAME)).hasValueSatisfying(row -> {
            assertThat(row.state()).isEqualTo(BreakerState.CLOSED);
            assertThat(row.openedAt()).isEmpty();
            assertThat(row.retryAt()).isEmpty();
            assertThat(row.revision()).isEqualTo(2);
        });
    }

    @Test
    void whoHasNotSeenItAsItIsMayNot() {
        store.write(row(NAME, BreakerState.OPEN, NOW, 1));
        store.write(row(NAME, BreakerState.HALF_OPEN, NOW, 2));

        assertThat(store.write(row(NAME, BreakerState.CLOSED, NOW, 2))).isFalse();
        assertThat(store.write(row(NAME, BreakerState.CLOSED, NOW, 4))).isFalse();
        assertThat(store.write(row("site:gone", BreakerState.CLOSED, NOW, 2))).isFalse();
        assertThatThrownBy(() -> store.write(row(NAME, BreakerState.CLOSED, NOW, 1)))
                .isInstanceOf(PersistenceException.class);
        assertThat(store.find(NAME).map(BreakerRecord::state)).contains(BreakerState.HALF_OPEN);
    }

    @Test
    void theNewestComeFirst() {
        for (int i = 0; i < 5; i++) {
            store.write(row("site:" + i, BreakerState.OPEN, NOW.plusSeconds(i), 1));
        }

        assertThat(store.newest(3)).extracting(BreakerRecord::name).containsExactly("site:4", "site:3", "site:2");
    }

    @Test
    void aResetClosesAllAndCountsAsAWriteOfEach() {
        store.write(row("site:a", BreakerState.OPEN, NOW, 1));
        store.write(row("site:b", BreakerState.HALF_OPEN, NOW, 1));

        assertThat(store.resetAll("node-2", NOW.plusSeconds(9))).isEqualTo(2);

        assertThat(store.newest(10)).hasSize(2).allSatisfy(row -> {
            assertThat(row.state()).isEqualTo(BreakerState.CLOSED);
            assertThat(row.retryAt()).isEmpty();
            assertThat(row.resetAt()).contains(NOW.plusSeconds(9));
            assertThat(row.revision()).isEqualTo(2);
            assertThat(row.node()).isEqualTo("node-2");
        });
    }

    @Test
    void onlyWhatIsOldIsRemovedAndWhatIsOpenLater() {
        store.write(row("site:closed", BreakerState.CLOSED, NOW, 1));
        store.write(row("site:open", BreakerState.OPEN, NOW, 1));
        store.write(row("site:fresh", BreakerState.CLOSED, NOW.plusSeconds(60), 1));

        store.removeOld(NOW.plusSeconds(30), NOW);
        assertThat(names()).containsExactlyInAnyOrder("site:open", "site:fresh");

        store.removeOld(NOW.plusSeconds(30), NOW.plusSeconds(30));
        assertThat(names()).containsExactly("site:fresh");
    }

    private List<String> names() {
        return store.newest(100).stream().map(BreakerRecord::name).toList();
    }

    private static BreakerRecord row(String name, BreakerState state, Instant updatedAt, long revision) {
        @Nullable Instant opened = state == BreakerState.CLOSED ? null : NOW;
        return new BreakerRecord(name, state, 0.5, 10, opened, opened, null, updatedAt, "node-1", revision);
    }
}

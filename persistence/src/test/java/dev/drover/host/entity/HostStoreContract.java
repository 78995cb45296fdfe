// SPDX-License-Identifier: Apache-2.0
package dev.drover.host.entity;

import static org.assertj.core.api.Assertions.assertThat;

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
abstract class HostStoreContract {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123456Z");
    private static final Host.Facts IDLE = facts("available", 0);

    private SessionFactory sessions;
    private HostStore store;

    abstract DataSource database();

    @BeforeEach
    void open() {
        DataSource database = database();
        SchemaMigration.migrate(database, DatabaseKind.of(database));
        Configuration configuration = new Configuration()
                .addAnnotatedClass(Host.class)
                .setProperty("hibernate.jdbc.time_zone", "UTC")
                // The container brings the transaction; here, every statement is one.
                .setProperty("hibernate.allow_update_outside_transaction", "true");
        configuration.getProperties().put("jakarta.persistence.nonJtaDataSource", database);
        sessions = configuration.buildSessionFactory();
        store = new HostStore(sessions);
        store.list().forEach(host -> store.remove(host.name()));
    }

    @AfterEach
    void close() {
        sessions.close();
    }

    private static Host.Facts facts(String status, int running) {
        return new Host.Facts(
                "http://127.0.0.1:9080", status, "[\"chromium\"]", "[]", "[]", "api,worker", "1.0", 2, running, null);
    }

    @Test
    void aHostComesBackAsItWent() {
        store.insert(new Host("shop-1:9080", HostKind.NODE, IDLE, NOW));

        Host found = store.find("shop-1:9080").orElseThrow();

        assertThat(found.kind()).isEqualTo(HostKind.NODE);
        assertThat(found.facts()).isEqualTo(IDLE);
        assertThat(found.registeredAt()).isEqualTo(NOW);
        assertThat(found.lastPing()).isEqualTo(NOW);
        assertThat(found.wish()).isEmpty();
        assertThat(store.find("shop-2:9080")).isEmpty();
    }

    @Test
    void aHeartbeatChangesWhatIsSaidAndWhen() {
        store.insert(new Host("shop-1:9080", HostKind.NODE, IDLE, NOW));
        Host.Facts busy = facts("draining", 2);

        assertThat(store.update("shop-1:9080", HostKind.NODE, busy, NOW.plusSeconds(2)))
                .isTrue();

        Host found = store.find("shop-1:9080").orElseThrow();
        assertThat(found.facts()).isEqualTo(busy);
        assertThat(found.registeredAt()).isEqualTo(NOW);
        assertThat(found.lastPing()).isEqualTo(NOW.plusSeconds(2));
        assertThat(store.update("shop-2:9080", HostKind.NODE, busy, NOW)).isFalse();
        assertThat(store.update("shop-1:9080", HostKind.FOREIGN, busy, NOW))
                .as("nobody registers in the name of a node")
                .isFalse();
    }

    @Test
    void aWishWaitsUntilItWasReadAndTheLatestCounts() {
        store.insert(new Host("shop-1:9080", HostKind.NODE, IDLE, NOW));
        HostWish drain = new HostWish(HostWish.Kind.DRAIN, NOW.plusSeconds(60));
        HostWish serve = new HostWish(HostWish.Kind.SERVE, null);

        assertThat(store.want("shop-1:9080", drain)).isTrue();
        store.update("shop-1:9080", HostKind.NODE, IDLE, NOW.plusSeconds(2));
        assertThat(wish()).isEqualTo(drain);
        store.want("shop-1:9080", serve);
        store.fulfilled("shop-1:9080", drain);
        assertThat(wish()).isEqualTo(serve);
        store.fulfilled("shop-1:9080", serve);

        assertThat(store.find("shop-1:9080").orElseThrow().wish()).isEmpty();
        assertThat(store.want("shop-2:9080", drain)).isFalse();
    }

    private HostWish wish() {
        return store.find("shop-1:9080").orElseThrow().wish().orElseThrow();
    }

    @Test
    void nobodyLeavesAWishForAForeignHost() {
        store.insert(new Host("pi", HostKind.FOREIGN, IDLE, NOW));

        assertThat(store.want("pi", new HostWish(HostWish.Kind.SERVE, null))).isFalse();
    }

    @Test
    void thoseWhoAreSilentGo() {
        store.insert(new Host("old", HostKind.FOREIGN, IDLE, NOW.minusSeconds(121)));
        store.insert(new Host("heard", HostKind.FOREIGN, IDLE, NOW.minusSeconds(121)));
        store.insert(new Host("new", HostKind.NODE, IDLE, NOW));
        store.ping("heard", NOW);
        store.ping("new", NOW.minusSeconds(500));

        assertThat(store.removeSilentSince(NOW.minusSeconds(120))).isEqualTo(1);

        assertThat(store.list()).extracting(Host::name).containsExactly("heard", "new");
        assertThat(store.remove("heard")).isTrue();
        assertThat(store.remove("heard")).isFalse();
    }
}

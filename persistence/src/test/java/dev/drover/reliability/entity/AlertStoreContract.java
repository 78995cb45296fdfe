// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.entity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.system.entity.DatabaseKind;
import dev.drover.system.entity.SchemaMigration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the store promises on every database. */
abstract class AlertStoreContract {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123456Z");

    private SessionFactory sessions;
    private AlertStore store;

    abstract DataSource database();

    @BeforeEach
    void open() {
        DataSource database = database();
        SchemaMigration.migrate(database, DatabaseKind.of(database));
        Configuration configuration = new Configuration()
                .addAnnotatedClass(Alert.class)
                .setProperty("hibernate.jdbc.time_zone", "UTC")
                // The container brings the transaction; here, every statement is one.
                .setProperty("hibernate.allow_update_outside_transaction", "true");
        configuration.getProperties().put("jakarta.persistence.nonJtaDataSource", database);
        sessions = configuration.buildSessionFactory();
        store = new AlertStore(sessions);
        store.removeOld(NOW, 0);
    }

    @AfterEach
    void close() {
        sessions.close();
    }

    @Test
    void anAlertComesBackAsItWent() {
        Alert alert = new Alert(
                "breaker_open", "site:shop.example.com", AlertSeverity.MEDIUM, "x".repeat(5000), "node-1", 60, 50, NOW);

        store.insert(alert);

        assertThat(store.list(null, null, 10)).singleElement().satisfies(found -> {
            assertThat(found.id()).isEqualTo(alert.id());
            assertThat(found.rule()).isEqualTo("breaker_open");
            assertThat(found.subject()).isEqualTo("site:shop.example.com");
            assertThat(found.severity()).isEqualTo(AlertSeverity.MEDIUM);
            assertThat(found.message()).hasSize(1000);
            assertThat(found.node()).isEqualTo("node-1");
            assertThat(found.measured()).isEqualTo(60);
            assertThat(found.threshold()).isEqualTo(50);
            assertThat(found.startedAt()).isEqualTo(NOW);
            assertThat(found.endedAt()).isEmpty();
        });
    }

    @Test
    void anAlertEndsOnce() {
        Alert alert = insert("queue_size", "node-1");

        assertThat(store.isActive("queue_size", "")).isTrue();
        assertThat(store.end(alert.id(), NOW.plusSeconds(60))).isTrue();
        assertThat(store.end(alert.id(), NOW.plusSeconds(90))).isFalse();

        assertThat(store.isActive("queue_size", "")).isFalse();
        assertThat(store.list(null, null, 10).getFirst().endedAt()).contains(NOW.plusSeconds(60));
    }

    @Test
    void theListHasPagesAndAFilter() {
        List<Alert> alerts = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            alerts.add(insert("rule-" + i, "node-1"));
        }
        store.end(alerts.get(1).id(), NOW);

        assertThat(rules(store.list(null, null, 2))).containsExactly("rule-4", "rule-3");
        assertThat(rules(store.list(null, alerts.get(3).id(), 2))).containsExactly("rule-2", "rule-1");
        assertThat(rules(store.list(true, null, 10))).containsExactly("rule-4", "rule-3", "rule-2", "rule-0");
        assertThat(rules(store.list(true, alerts.get(2).id(), 10))).containsExactly("rule-0");
        assertThat(rules(store.list(false, null, 10))).containsExactly("rule-1");
    }

    @Test
    void whatGoesOnIsFoundByItsNode() {
        insert("queue_size", "node-1");
        Alert ended = insert("queue_wait", "node-1");
        store.end(ended.id(), NOW);
        insert("health_score", "node-2");

        assertThat(rules(store.activeOf("node-1"))).containsExactly("queue_size");
    }

    @Test
    void whatNobodySpeaksOfEnds() {
        insert("queue_size", "node-1");
        insert("health_score", "node-2");
        store.touch("node-2", NOW.plusSeconds(100));

        assertThat(store.endUnseen(NOW.plusSeconds(50), NOW.plusSeconds(120))).isEqualTo(1);

        assertThat(rules(store.list(true, null, 10))).containsExactly("health_score");
    }

    @Test
    void onlySoManyAreKeptAndOldOnesGo() {
        for (int i = 0; i < 6; i++) {
            Alert alert = insert("rule-" + i, "node-1");
            if (i < 2) {
                store.end(alert.id(), NOW.plusSeconds(i));
            }
        }

        assertThat(store.removeOld(NOW.plusSeconds(1), 10)).isEqualTo(1);
        assertThat(store.removeOld(NOW.minus(Duration.ofDays(1)), 3)).isEqualTo(2);

        assertThat(rules(store.list(null, null, 10))).containsExactly("rule-5", "rule-4", "rule-3");
    }

    private Alert insert(String rule, String node) {
        Alert alert = new Alert(rule, "", AlertSeverity.HIGH, "This is not well.", node, 21, 20, NOW);
        store.insert(alert);
        return alert;
    }

    private static List<String> rules(List<Alert> alerts) {
        return alerts.stream().map(Alert::rule).toList();
    }
}

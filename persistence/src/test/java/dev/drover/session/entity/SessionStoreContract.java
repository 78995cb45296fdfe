// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.entity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.security.entity.Owner;
import dev.drover.security.entity.Scope;
import dev.drover.system.entity.DatabaseKind;
import dev.drover.system.entity.SchemaMigration;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What the store promises on every database. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class SessionStoreContract {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123456Z");
    private static final Owner ALICE = new Owner("default", "alice");
    private static final Owner BOB = new Owner("default", "bob");
    private static final Scope ALICES = new Scope("default", "alice");

    private SessionFactory sessions;
    private SessionStore store;

    abstract DataSource database();

    @BeforeAll
    void open() {
        DataSource database = database();
        SchemaMigration.migrate(database, DatabaseKind.of(database));
        Configuration configuration = new Configuration()
                .addAnnotatedClass(BrowserSession.class)
                .setProperty("hibernate.jdbc.time_zone", "UTC")
                // The container brings the transaction; here, every statement is one.
                .setProperty("hibernate.allow_update_outside_transaction", "true");
        configuration.getProperties().put("jakarta.persistence.nonJtaDataSource", database);
        sessions = configuration.buildSessionFactory();
        store = new SessionStore(sessions);
    }

    @BeforeEach
    void empty() {
        sessions.inStatelessTransaction(session ->
                session.createMutationQuery("delete from BrowserSession").executeUpdate());
    }

    @AfterAll
    void close() {
        // Not there when the test was skipped.
        if (sessions != null) {
            sessions.close();
        }
    }

    @Test
    void aSessionComesBackAsItWent() {
        BrowserSession session = insert(ALICE, "node-a");

        assertThat(find(session)).satisfies(found -> {
            assertThat(found.owner()).isEqualTo(ALICE);
            assertThat(found.node()).isEqualTo("node-a");
            assertThat(found.engine()).isEqualTo("chromium");
            assertThat(found.headless()).isFalse();
            assertThat(found.vnc()).isTrue();
            assertThat(found.vncPassword()).isTrue();
            assertThat(found.labels()).isEqualTo("{\"team\":\"köp\"}");
            assertThat(found.idleTtl()).isEqualTo(Duration.ofMinutes(5));
            assertThat(found.maxTtl()).isEqualTo(Duration.ofHours(1));
            assertThat(found.startPage()).isEqualTo(new StartPage("https://example.org/", StartPage.Wait.LOAD));
            assertThat(found.capturedSession()).isEqualTo("desk");
            assertThat(found.status()).isEqualTo(SessionStatus.INIT);
            assertThat(found.closeReason()).isNull();
            assertThat(found.browserPid()).isEqualTo(4711);
            assertThat(found.createdAt()).isEqualTo(NOW);
            assertThat(found.lastSeenAt()).isEqualTo(NOW);
            assertThat(found.expiresAt()).isEqualTo(NOW.plusSeconds(300));
            assertThat(found.endedAt()).isNull();
        });
    }

    @Test
    void aSessionOfSomeoneElseIsNotThere() {
        BrowserSession ofBob = insert(BOB, "node-a");
        BrowserSession ofAlice = insert(ALICE, "node-a");

        assertThat(store.find(ALICES, ofBob.id())).isEmpty();
        assertThat(store.find(ALICES, ofAlice.id())).isPresent();
        assertThat(store.list(ALICES, null, null, 10))
                .extracting(BrowserSession::id)
                .containsExactly(ofAlice.id());
        assertThat(store.list(Scope.EVERYTHING, null, null, 10))
                .extracting(BrowserSession::id)
                .containsExactly(ofAlice.id(), ofBob.id());
        assertThat(store.list(Scope.EVERYTHING, null, ofAlice.id(), 10))
                .extracting(BrowserSession::id)
                .containsExactly(ofBob.id());
        assertThat(store.list(Scope.EVERYTHING, SessionStatus.DEAD, null, 10)).isEmpty();
    }

    @Test
    void statusesFollowEachOtherAsTheTableSays() {
        BrowserSession session = insert(ALICE, "node-a");

        assertThat(store.ready(session.id(), "The page did not load.")).isTrue();
        assertThat(store.ready(session.id(), null)).isFalse();
        assertThat(find(session).status()).isEqualTo(SessionStatus.READY);
        assertThat(find(session).problem()).isEqualTo("The page did not load.");
        assertThat(store.terminate(session.id(), CloseReason.DELETED)).isTrue();
        assertThat(store.terminate(session.id(), CloseReason.IDLE)).isFalse();
        assertThat(store.aliveOn("node-a"))
                .extracting(BrowserSession::status)
                .containsExactly(SessionStatus.TERMINATING);
        assertThat(store.countByNode()).containsEntry("node-a", 1L);
        assertThat(store.dead(session.id(), CloseReason.BROWSER_CRASHED, null, NOW.plusSeconds(9)))
                .isTrue();
        assertThat(store.dead(session.id(), CloseReason.HOST_LOST, "no", NOW.plusSeconds(10)))
                .isFalse();

        assertThat(find(session).closeReason()).isEqualTo(CloseReason.DELETED);
        assertThat(find(session).problem()).isEqualTo("The page did not load.");
        assertThat(find(session).endedAt()).isEqualTo(NOW.plusSeconds(9));
        assertThat(store.countByNode()).doesNotContainKey("node-a");
    }

    @Test
    void aLateWordOfALifeChangesNothing() {
        BrowserSession session = insert(ALICE, "node-a");

        store.seen(session.id(), NOW.plusSeconds(60), NOW.plusSeconds(360));
        store.seen(session.id(), NOW.plusSeconds(30), NOW.plusSeconds(330));

        assertThat(find(session).lastSeenAt()).isEqualTo(NOW.plusSeconds(60));
        assertThat(find(session).expiresAt()).isEqualTo(NOW.plusSeconds(360));
    }

    @Test
    void aNodeFindsWhatItHadAndNothingOfOthers() {
        BrowserSession mine = insert(ALICE, "node-a");
        BrowserSession ended = insert(ALICE, "node-a");
        insert(ALICE, "node-b");
        store.dead(ended.id(), CloseReason.HOST_LOST, null, NOW);

        assertThat(store.aliveOn("node-a")).extracting(BrowserSession::id).containsExactly(mine.id());
    }

    @Test
    void onlyWhatEndedLongAgoIsForgotten() {
        BrowserSession alive = insert(ALICE, "node-a");
        BrowserSession old = insert(ALICE, "node-a");
        BrowserSession recent = insert(ALICE, "node-a");
        store.dead(old.id(), CloseReason.IDLE, null, NOW);
        store.dead(recent.id(), CloseReason.IDLE, null, NOW.plusSeconds(60));

        assertThat(store.removeEndedBefore(NOW.plusSeconds(60))).isEqualTo(1);

        assertThat(store.list(Scope.EVERYTHING, null, null, 10))
                .extracting(BrowserSession::id)
                .containsExactly(recent.id(), alive.id());
    }

    private BrowserSession find(BrowserSession session) {
        return store.find(Scope.EVERYTHING, session.id()).orElseThrow();
    }

    private BrowserSession insert(Owner owner, String node) {
        UUID id = BrowserSession.nextId();
        BrowserSession session = new BrowserSession(
                id,
                owner,
                node,
                "chromium",
                false,
                true,
                true,
                "{\"team\":\"köp\"}",
                Duration.ofMinutes(5),
                Duration.ofHours(1),
                new StartPage("https://example.org/", StartPage.Wait.LOAD),
                "desk",
                SessionStatus.INIT,
                4711,
                NOW);
        store.insert(session);
        return session;
    }
}

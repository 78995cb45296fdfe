// SPDX-License-Identifier: Apache-2.0
package dev.drover.vault.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.security.entity.Owner;
import dev.drover.security.entity.Scope;
import dev.drover.system.entity.DatabaseKind;
import dev.drover.system.entity.SchemaMigration;
import jakarta.persistence.PersistenceException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What the store promises on every database. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class CapturedSessionStoreContract {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123456Z");
    private static final Owner ALICE = new Owner("default", "alice");
    private static final Owner BOB = new Owner("default", "bob");
    private static final UUID SESSION = UUID.fromString("01980c8e-7f3a-7cc1-b4a5-2c5b8d1f0e6a");

    private SessionFactory sessions;
    private CapturedSessionStore store;

    abstract DataSource database();

    @BeforeAll
    void open() {
        DataSource database = database();
        SchemaMigration.migrate(database, DatabaseKind.of(database));
        Configuration configuration = new Configuration()
                .addAnnotatedClass(CapturedSession.class)
                .addAnnotatedClass(SealedState.class)
                .setProperty("hibernate.jdbc.time_zone", "UTC")
                // The container brings the transaction; here, every statement is one.
                .setProperty("hibernate.allow_update_outside_transaction", "true");
        configuration.getProperties().put("jakarta.persistence.nonJtaDataSource", database);
        sessions = configuration.buildSessionFactory();
        store = new CapturedSessionStore(sessions);
    }

    @BeforeEach
    void empty() {
        sessions.inStatelessTransaction(session ->
                session.createMutationQuery("delete from CapturedSession").executeUpdate());
    }

    @AfterAll
    void close() {
        // Not there when the test was skipped.
        if (sessions != null) {
            sessions.close();
        }
    }

    @Test
    void itComesBackAsItWent() {
        CapturedSession kept = keep(ALICE, "shop", NOW, NOW.plusSeconds(60));

        assertThat(find(ALICE, "shop")).satisfies(found -> {
            assertThat(found.id()).isEqualTo(kept.id());
            assertThat(found.owner()).isEqualTo(ALICE);
            assertThat(found.name()).isEqualTo("shop");
            assertThat(found.engine()).isEqualTo("chromium");
            assertThat(found.sessionId()).isEqualTo(SESSION);
            assertThat(found.cookies()).isEqualTo(3);
            assertThat(found.origins()).isEqualTo(2);
            assertThat(found.createdAt()).isEqualTo(NOW);
            assertThat(found.updatedAt()).isEqualTo(NOW);
            assertThat(found.expiresAt()).isEqualTo(NOW.plusSeconds(60));
            assertThat(found.lastUsedAt()).isNull();
        });
        assertThat(store.state(kept.id())).hasValueSatisfying(state -> {
            assertThat(state.keyId()).isEqualTo("key-1");
            assertThat(state.sealed()).isEqualTo("c2VhbGVk");
        });
    }

    @Test
    void aStateOfManyMegabytesIsKept() {
        CapturedSession kept = captured(ALICE, "large", NOW, null);
        String large = "QUJD".repeat(3 << 20);

        store.insert(kept, "key-1", large);

        assertThat(store.state(kept.id()).map(SealedState::sealed)).contains(large);
    }

    @Test
    void aNameIsItsOwnersAlone() {
        CapturedSession alices = keep(ALICE, "shop", NOW, null);
        CapturedSession bobs = keep(BOB, "shop", NOW, null);

        assertThat(find(ALICE, "shop").id()).isEqualTo(alices.id());
        assertThat(find(BOB, "shop").id()).isEqualTo(bobs.id());
        assertThat(store.find(new Owner("other", "alice"), "shop", NOW)).isEmpty();
        assertThatThrownBy(() -> keep(ALICE, "shop", NOW, null)).isInstanceOf(PersistenceException.class);
    }

    @Test
    void aNewOneTakesThePlaceOfTheOneBefore() {
        CapturedSession first = keep(ALICE, "shop", NOW, NOW.plusSeconds(60));
        store.used(first.id(), NOW.plusSeconds(1));
        Instant later = NOW.plusSeconds(30);
        UUID other = UUID.randomUUID();

        assertThat(store.replace(
                        new CapturedSession(ALICE, "shop", "firefox", other, 7, 1, later, null), "key-2", "bmV3"))
                .isTrue();
        assertThat(store.replace(captured(BOB, "shop", later, null), "key-2", "bmV3"))
                .isFalse();

        assertThat(find(ALICE, "shop")).satisfies(found -> {
            assertThat(found.id()).isEqualTo(first.id());
            assertThat(found.engine()).isEqualTo("firefox");
            assertThat(found.sessionId()).isEqualTo(other);
            assertThat(found.cookies()).isEqualTo(7);
            assertThat(found.origins()).isEqualTo(1);
            assertThat(found.createdAt()).isEqualTo(NOW);
            assertThat(found.updatedAt()).isEqualTo(later);
            assertThat(found.expiresAt()).isNull();
            assertThat(found.lastUsedAt()).isNull();
        });
        assertThat(store.state(first.id())).hasValueSatisfying(state -> {
            assertThat(state.keyId()).isEqualTo("key-2");
            assertThat(state.sealed()).isEqualTo("bmV3");
        });
    }

    @Test
    void whatIsOverIsNotThereAndIsForgottenWithItsState() {
        CapturedSession over = keep(ALICE, "over", NOW.minusSeconds(60), NOW);
        keep(ALICE, "soon", NOW, NOW.plusSeconds(1));
        keep(ALICE, "never", NOW, null);

        assertThat(store.find(ALICE, "over", NOW)).isEmpty();
        assertThat(names(new Scope("default", "alice"), null, 9)).containsExactly("never", "soon");
        assertThat(store.removeExpired(NOW)).isEqualTo(1);
        assertThat(store.removeExpired(NOW)).isZero();

        assertThat(store.state(over.id())).isEmpty();
        assertThat(store.count(ALICE)).isEqualTo(2);
    }

    @Test
    void theListHasPagesAndAScope() {
        keep(ALICE, "one", NOW, null);
        CapturedSession two = keep(BOB, "two", NOW, null);
        keep(ALICE, "three", NOW, null);

        assertThat(names(Scope.EVERYTHING, null, 2)).containsExactly("three", "two");
        assertThat(names(Scope.EVERYTHING, two.id(), 2)).containsExactly("one");
        assertThat(names(new Scope("default", "alice"), null, 9)).containsExactly("three", "one");
        assertThat(names(new Scope("other", null), null, 9)).isEmpty();
        assertThat(store.count(BOB)).isEqualTo(1);
    }

    @Test
    void whatIsRemovedIsGoneWithItsState() {
        CapturedSession kept = keep(ALICE, "shop", NOW, null);

        assertThat(store.remove(kept.id())).isTrue();
        assertThat(store.remove(kept.id())).isFalse();

        assertThat(store.find(ALICE, "shop", NOW)).isEmpty();
        assertThat(store.state(kept.id())).isEmpty();
    }

    @Test
    void aUseIsRemembered() {
        CapturedSession kept = keep(ALICE, "shop", NOW, null);

        store.used(kept.id(), NOW.plusSeconds(5));

        assertThat(find(ALICE, "shop").lastUsedAt()).isEqualTo(NOW.plusSeconds(5));
    }

    @Test
    void whatAnotherKeySealedIsFoundAndSealedAnewUnlessItHasChanged() {
        CapturedSession kept = keep(ALICE, "shop", NOW, null);
        assertThat(store.sealedWith(List.of("key-2"), null, 9)).isEmpty();
        assertThat(store.sealedWith(List.of(), null, 9)).isEmpty();
        CapturedSession seen =
                store.sealedWith(List.of("key-0", "key-1"), null, 9).getFirst();
        assertThat(seen.id()).isEqualTo(kept.id());
        assertThat(store.sealedWith(List.of("key-1"), seen.id(), 9)).isEmpty();

        store.replace(captured(ALICE, "shop", NOW.plusSeconds(1), null), "key-1", "bmV3");
        assertThat(store.reseal(seen, "key-2", "b2xk")).isFalse();
        CapturedSession now = store.sealedWith(List.of("key-1"), null, 9).getFirst();
        assertThat(store.reseal(now, "key-2", "YW5ldw==")).isTrue();

        assertThat(store.state(kept.id())).hasValueSatisfying(state -> {
            assertThat(state.keyId()).isEqualTo("key-2");
            assertThat(state.sealed()).isEqualTo("YW5ldw==");
        });
        assertThat(find(ALICE, "shop").updatedAt()).isEqualTo(NOW.plusSeconds(1));
    }

    private CapturedSession keep(Owner owner, String name, Instant now, @Nullable Instant expiresAt) {
        CapturedSession row = captured(owner, name, now, expiresAt);
        store.insert(row, "key-1", "c2VhbGVk");
        return row;
    }

    private static CapturedSession captured(Owner owner, String name, Instant now, @Nullable Instant expiresAt) {
        return new CapturedSession(owner, name, "chromium", SESSION, 3, 2, now, expiresAt);
    }

    private CapturedSession find(Owner owner, String name) {
        return store.find(owner, name, NOW).orElseThrow();
    }

    private List<String> names(Scope scope, @Nullable UUID before, int limit) {
        return store.list(scope, before, NOW, limit).stream()
                .map(CapturedSession::name)
                .toList();
    }
}

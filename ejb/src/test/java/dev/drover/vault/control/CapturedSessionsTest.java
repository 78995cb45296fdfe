// SPDX-License-Identifier: Apache-2.0
package dev.drover.vault.control;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.browser.control.StorageState;
import dev.drover.security.entity.Owner;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.DurableCommits;
import dev.drover.system.control.ErrorCode;
import dev.drover.system.control.ManualClock;
import dev.drover.system.control.Transactions;
import dev.drover.vault.entity.CapturedSession;
import dev.drover.vault.entity.CapturedSessionStore;
import dev.drover.vault.entity.SealedState;
import jakarta.persistence.PersistenceException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CapturedSessionsTest {

    private static final Owner ALICE = new Owner("default", "alice");
    private static final Owner BOB = new Owner("default", "bob");
    private static final UUID SESSION = UUID.fromString("01980c8e-7f3a-7cc1-b4a5-2c5b8d1f0e6a");
    private static final String FIRST = StateCipher.newKey();
    private static final String SECOND = StateCipher.newKey();
    private static final StorageState STATE = new StorageState(
            "{\"cookies\":[{\"name\":\"a\"},{\"name\":\"b\"}],\"origins\":[{\"origin\":\"http://shop.example\"}]}");

    private final ManualClock clock = new ManualClock();
    private final Rows rows = new Rows();
    private final CapturedSessions sessions = room(FIRST);

    private CapturedSessions room(String... keys) {
        return new CapturedSessions(
                rows,
                new VaultBeans.Cipher(new StateCipher(List.of(keys))),
                new VaultSettings(List.of(keys), 1_000, 3),
                new Transactions(),
                new DurableCommits() {
                    @Override
                    public void flush() {
                        rows.flushed = true;
                    }
                },
                clock);
    }

    @Test
    void whatIsKeptComesBackToItsOwnerAndIsCounted() {
        CapturedSessions.Kept kept = keep(ALICE, "shop");

        assertThat(kept.isNew()).isTrue();
        assertThat(kept.session().cookies()).isEqualTo(2);
        assertThat(kept.session().origins()).isEqualTo(1);
        assertThat(kept.session().expiresAt()).isNull();
        assertThat(rows.flushed).isTrue();
        assertThat(sessions.open(ALICE, "shop")).isEqualTo(new Opening.Opened(STATE));
        assertThat(sessions.restore(ALICE, "shop")).isEqualTo(STATE);
        assertThat(sessions.require(ALICE, "shop").lastUsedAt()).isEqualTo(clock.instant());
        assertThat(rows.sealed(kept.session()).sealed()).doesNotContain("cookies");
    }

    @Test
    void anotherUsersIsNotThere() {
        keep(ALICE, "shop");

        assertThat(sessions.open(BOB, "shop")).isEqualTo(new Opening.Gone());
        assertThat(refused(() -> sessions.require(BOB, "shop")).code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(refused(() -> sessions.remove(BOB, "shop")).code()).isEqualTo(ErrorCode.NOT_FOUND);
        for (DroverException refused :
                List.of(refused(() -> sessions.check(BOB, "shop")), refused(() -> sessions.restore(BOB, "shop")))) {
            assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
            assertThat(refused.violations().getFirst().pointer()).isEqualTo("/captured_session");
        }
    }

    @Test
    void theSameNameReplacesAndCountsOnce() {
        for (int i = 0; i < 3; i++) {
            keep(ALICE, "shop-" + i);
        }
        StorageState newer = new StorageState("{\"cookies\":[],\"origins\":[]}");

        CapturedSessions.Kept kept = sessions.keep(ALICE, "shop-1", "firefox", SESSION, newer, null);

        assertThat(kept.isNew()).isFalse();
        assertThat(kept.session().engine()).isEqualTo("firefox");
        assertThat(sessions.restore(ALICE, "shop-1")).isEqualTo(newer);
        assertThat(refused(() -> keep(ALICE, "shop-4")).code()).isEqualTo(ErrorCode.TOO_MANY_CAPTURED_SESSIONS);
        assertThat(keep(BOB, "shop-4").isNew()).isTrue();
    }

    /** Both found no such name, and one was faster. */
    @Test
    void ofTwoAtTheSameMomentTheLaterCounts() {
        rows.beforeInsert = () -> {
            rows.beforeInsert = () -> {};
            keep(ALICE, "shop");
        };
        StorageState later = new StorageState("{\"cookies\":[],\"origins\":[]}");

        CapturedSessions.Kept kept = sessions.keep(ALICE, "shop", "chromium", SESSION, later, null);

        assertThat(kept.isNew()).isFalse();
        assertThat(sessions.restore(ALICE, "shop")).isEqualTo(later);
    }

    @Test
    void aStateThatIsTooLargeIsNotKept() {
        StorageState large = new StorageState("{\"cookies\":[],\"origins\":[\"" + "ä".repeat(500) + "\"]}");

        DroverException refused = refused(() -> sessions.keep(ALICE, "shop", "chromium", SESSION, large, null));

        assertThat(refused.code()).isEqualTo(ErrorCode.STATE_TOO_LARGE);
        assertThat(refused).hasMessageContaining("1000");
        assertThat(rows.rows).isEmpty();
    }

    @Test
    void whatIsOverOpensNoMoreAndIsForgotten() {
        sessions.keep(ALICE, "shop", "chromium", SESSION, STATE, Duration.ofSeconds(60));
        clock.step(Duration.ofSeconds(59));
        assertThat(sessions.open(ALICE, "shop")).isInstanceOf(Opening.Opened.class);

        clock.step(Duration.ofSeconds(1));

        assertThat(sessions.open(ALICE, "shop")).isEqualTo(new Opening.Gone());
        assertThat(rows.rows).hasSize(1);
        sessions.removeExpired();
        assertThat(rows.rows).isEmpty();
    }

    @Test
    void aServerWithoutTheKeySaysWhichOneAndWhatToDo() {
        CapturedSession kept = keep(ALICE, "shop").session();

        Opening opening = room(SECOND).open(ALICE, "shop");

        assertThat(opening).isInstanceOfSatisfying(Opening.Locked.class, locked -> assertThat(locked.reason())
                .contains("'shop'", rows.sealed(kept).keyId(), "DROVER_VAULT_KEY", "capture the session anew"));
        assertThat(refused(() -> room(SECOND).restore(ALICE, "shop")).code())
                .isEqualTo(ErrorCode.CAPTURED_SESSION_LOCKED);
    }

    @Test
    void aRowThatWasCopiedToAnotherUserDoesNotOpen() {
        CapturedSession alices = keep(ALICE, "shop").session();
        CapturedSession bobs = keep(BOB, "shop").session();
        rows.states.put(bobs.id(), rows.sealed(alices));

        assertThat(sessions.open(BOB, "shop"))
                .isInstanceOfSatisfying(Opening.Locked.class, locked -> assertThat(locked.reason())
                        .contains("was changed"));
        assertThat(sessions.open(ALICE, "shop")).isInstanceOf(Opening.Opened.class);
    }

    @Test
    void afterARotationAllIsBroughtToTheNewKeySoThatTheOldOneCanGo() {
        for (int i = 0; i < 3; i++) {
            keep(ALICE, "shop-" + i);
        }
        CapturedSession spoilt = sessions.require(ALICE, "shop-1");
        rows.states.put(
                spoilt.id(), new SealedState(spoilt.id(), rows.sealed(spoilt).keyId(), "AAAA"));
        CapturedSessions rotated = room(SECOND, FIRST);

        assertThat(rotated.reseal()).isEqualTo(2);
        assertThat(rotated.reseal()).isZero();

        assertThat(room(SECOND).restore(ALICE, "shop-0")).isEqualTo(STATE);
        assertThat(room(SECOND).restore(ALICE, "shop-2")).isEqualTo(STATE);
        assertThat(sessions.open(ALICE, "shop-0")).isInstanceOf(Opening.Locked.class);
    }

    private CapturedSessions.Kept keep(Owner owner, String name) {
        return sessions.keep(owner, name, "chromium", SESSION, STATE, null);
    }

    private static DroverException refused(Runnable action) {
        DroverException[] caught = new DroverException[1];
        assertThatThrownBy(action::run).isInstanceOfSatisfying(DroverException.class, refused -> caught[0] = refused);
        return caught[0];
    }

    /** The store's rows in memory. */
    private static final class Rows extends CapturedSessionStore {
        private final List<CapturedSession> rows = new ArrayList<>();
        private final Map<UUID, SealedState> states = new ConcurrentHashMap<>();
        private final Map<UUID, Instant> uses = new ConcurrentHashMap<>();
        private Runnable beforeInsert = () -> {};
        private boolean flushed;

        SealedState sealed(CapturedSession row) {
            return requireNonNull(states.get(row.id()));
        }

        private Optional<CapturedSession> of(Owner owner, String name) {
            return rows.stream()
                    .filter(row -> row.owner().equals(owner) && row.name().equals(name))
                    .findFirst();
        }

        @Override
        public void insert(CapturedSession row, String keyId, String sealed) {
            beforeInsert.run();
            if (of(row.owner(), row.name()).isPresent()) {
                throw new PersistenceException("not unique");
            }
            rows.add(row);
            states.put(row.id(), new SealedState(row.id(), keyId, sealed));
        }

        @Override
        public boolean replace(CapturedSession by, String keyId, String sealed) {
            Optional<CapturedSession> before = of(by.owner(), by.name());
            before.ifPresent(row -> {
                rows.remove(row);
                states.remove(row.id());
                rows.add(by);
                states.put(by.id(), new SealedState(by.id(), keyId, sealed));
            });
            return before.isPresent();
        }

        @Override
        public Optional<CapturedSession> find(Owner owner, String name, Instant now) {
            return of(owner, name).filter(row -> !isOver(row, now)).map(this::withUse);
        }

        private CapturedSession withUse(CapturedSession row) {
            return new CapturedSession(
                    row.owner(),
                    row.name(),
                    row.engine(),
                    row.sessionId(),
                    row.cookies(),
                    row.origins(),
                    row.createdAt(),
                    row.expiresAt()) {
                @Override
                public UUID id() {
                    return row.id();
                }

                @Override
                public @Nullable Instant lastUsedAt() {
                    return uses.get(row.id());
                }
            };
        }

        @Override
        public Optional<SealedState> state(UUID id) {
            return Optional.ofNullable(states.get(id));
        }

        @Override
        public long count(Owner owner) {
            return rows.stream().filter(row -> row.owner().equals(owner)).count();
        }

        @Override
        public void used(UUID id, Instant now) {
            uses.put(id, now);
        }

        @Override
        public boolean remove(UUID id) {
            states.remove(id);
            return rows.removeIf(row -> row.id().equals(id));
        }

        @Override
        public int removeExpired(Instant now) {
            int before = rows.size();
            rows.removeIf(row -> isOver(row, now));
            return before - rows.size();
        }

        @Override
        public List<CapturedSession> sealedWith(Collection<String> keyIds, @Nullable UUID after, int limit) {
            return rows.stream()
                    .filter(row -> keyIds.contains(sealed(row).keyId()))
                    .filter(row -> after == null || row.id().compareTo(after) > 0)
                    .limit(limit)
                    .toList();
        }

        @Override
        public boolean reseal(CapturedSession seen, String keyId, String sealed) {
            states.put(seen.id(), new SealedState(seen.id(), keyId, sealed));
            return true;
        }

        private static boolean isOver(CapturedSession row, Instant now) {
            Instant end = row.expiresAt();
            return end != null && !end.isAfter(now);
        }
    }
}

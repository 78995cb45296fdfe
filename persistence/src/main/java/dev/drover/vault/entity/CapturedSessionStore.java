// SPDX-License-Identifier: Apache-2.0
package dev.drover.vault.entity;

import dev.drover.security.entity.Owner;
import dev.drover.security.entity.Scope;
import dev.drover.system.entity.Sessions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceUnit;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Reads and writes of captured sessions; the caller brings the transaction. */
@ApplicationScoped
public class CapturedSessionStore {

    private static final String OF_NAME = "owner.tenant = :tenant and owner.user = :user and name = :name";

    @PersistenceUnit(unitName = "drover")
    private EntityManagerFactory entityManagers;

    @SuppressWarnings("NullAway.Init") // injected
    protected CapturedSessionStore() {}

    public CapturedSessionStore(EntityManagerFactory entityManagers) {
        this.entityManagers = entityManagers;
    }

    /** A name that its owner has not used yet. */
    public void insert(CapturedSession row, String keyId, String sealed) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            session.insert(row);
            session.insert(new SealedState(row.id(), keyId, sealed));
        }
    }

    /**
     * Takes the place of what its owner kept under the name before, whose id and beginning stay.
     *
     * @return whether there was such a one
     */
    public boolean replace(CapturedSession by, String keyId, String sealed) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            boolean replaced = session.createMutationQuery("""
                            update CapturedSession set engine = :engine, sessionId = :session, cookies = :cookies,
                                origins = :origins, updatedAt = :now, expiresAt = :expires, lastUsedAt = null
                            where\s""" + OF_NAME)
                            .setParameter("engine", by.engine())
                            .setParameter("session", by.sessionId())
                            .setParameter("cookies", by.cookies())
                            .setParameter("origins", by.origins())
                            .setParameter("now", by.updatedAt())
                            .setParameter("expires", by.expiresAt(), Instant.class)
                            .setParameter("tenant", by.owner().tenant())
                            .setParameter("user", by.owner().user())
                            .setParameter("name", by.name())
                            .executeUpdate()
                    == 1;
            if (replaced) {
                session.createMutationQuery("update SealedState set keyId = :key, sealed = :sealed where"
                                + " capturedSessionId = (select id from CapturedSession where " + OF_NAME + ")")
                        .setParameter("key", keyId)
                        .setParameter("sealed", sealed)
                        .setParameter("tenant", by.owner().tenant())
                        .setParameter("user", by.owner().user())
                        .setParameter("name", by.name())
                        .executeUpdate();
            }
            return replaced;
        }
    }

    /** Of a name, unless its time is over. */
    public Optional<CapturedSession> find(Owner owner, String name, Instant now) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createSelectionQuery(
                            "from CapturedSession where " + OF_NAME + " and (expiresAt is null or expiresAt > :now)",
                            CapturedSession.class)
                    .setParameter("tenant", owner.tenant())
                    .setParameter("user", owner.user())
                    .setParameter("name", name)
                    .setParameter("now", now)
                    .uniqueResultOptional();
        }
    }

    public Optional<SealedState> state(UUID id) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return Optional.ofNullable(session.get(SealedState.class, id));
        }
    }

    /** At most so many whose time is not over, the newest first. */
    public List<CapturedSession> list(Scope scope, @Nullable UUID before, Instant now, int limit) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createSelectionQuery("""
                            from CapturedSession where (:first = true or id < :before)
                                and (expiresAt is null or expiresAt > :now)
                                and (:anyTenant = true or owner.tenant = :tenant)
                                and (:anyUser = true or owner.user = :user)
                            order by id desc""", CapturedSession.class)
                    .setParameter("first", before == null)
                    .setParameter("before", before == null ? new UUID(0, 0) : before)
                    .setParameter("now", now)
                    .setParameter("anyTenant", scope.tenant() == null)
                    .setParameter("tenant", orEmpty(scope.tenant()))
                    .setParameter("anyUser", scope.user() == null)
                    .setParameter("user", orEmpty(scope.user()))
                    .setMaxResults(limit)
                    .getResultList();
        }
    }

    public long count(Owner owner) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createSelectionQuery(
                            "select count(c) from CapturedSession c where c.owner.tenant = :tenant"
                                    + " and c.owner.user = :user",
                            Long.class)
                    .setParameter("tenant", owner.tenant())
                    .setParameter("user", owner.user())
                    .getSingleResult();
        }
    }

    /** A session or a job begins with it. */
    public void used(UUID id, Instant now) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            session.createMutationQuery("update CapturedSession set lastUsedAt = :now where id = :id")
                    .setParameter("now", now)
                    .setParameter("id", id)
                    .executeUpdate();
        }
    }

    /** @return whether it was there */
    public boolean remove(UUID id) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createMutationQuery("delete from CapturedSession where id = :id")
                            .setParameter("id", id)
                            .executeUpdate()
                    == 1;
        }
    }

    /** Forgets those whose time was over then. Safe to run on every node at once. */
    public int removeExpired(Instant now) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createMutationQuery("delete from CapturedSession where expiresAt <= :now")
                    .setParameter("now", now)
                    .executeUpdate();
        }
    }

    /**
     * At most so many that were encrypted with one of these keys, the oldest first.
     *
     * @param after null for the first ones
     */
    public List<CapturedSession> sealedWith(Collection<String> keyIds, @Nullable UUID after, int limit) {
        if (keyIds.isEmpty()) {
            return List.of();
        }
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createSelectionQuery("""
                            from CapturedSession where (:first = true or id > :after)
                                and id in (select capturedSessionId from SealedState where keyId in (:keys))
                            order by id""", CapturedSession.class)
                    .setParameter("first", after == null)
                    .setParameter("after", after == null ? new UUID(0, 0) : after)
                    .setParameterList("keys", keyIds)
                    .setMaxResults(limit)
                    .getResultList();
        }
    }

    /**
     * The same content, encrypted with another key. Safe to do on every node at once.
     *
     * @return whether it still was as it was seen
     */
    public boolean reseal(CapturedSession seen, String keyId, String sealed) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            // Holds back whoever captures it anew at this moment, and is held back by them.
            boolean same = session.createMutationQuery("update CapturedSession set updatedAt = :seen"
                                    + " where id = :id and updatedAt = :seen")
                            .setParameter("id", seen.id())
                            .setParameter("seen", seen.updatedAt())
                            .executeUpdate()
                    == 1;
            return same
                    && session.createMutationQuery("update SealedState set keyId = :key, sealed = :sealed"
                                            + " where capturedSessionId = :id")
                                    .setParameter("key", keyId)
                                    .setParameter("sealed", sealed)
                                    .setParameter("id", seen.id())
                                    .executeUpdate()
                            == 1;
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}

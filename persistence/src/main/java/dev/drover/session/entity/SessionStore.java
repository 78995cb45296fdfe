// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.entity;

import dev.drover.security.entity.Scope;
import dev.drover.system.entity.Sessions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceUnit;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Reads and writes of sessions, one statement each; the caller brings the transaction. */
@ApplicationScoped
public class SessionStore {

    @PersistenceUnit(unitName = "drover")
    private EntityManagerFactory entityManagers;

    @SuppressWarnings("NullAway.Init") // injected
    protected SessionStore() {}

    public SessionStore(EntityManagerFactory entityManagers) {
        this.entityManagers = entityManagers;
    }

    public void insert(BrowserSession row) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            session.insert(row);
        }
    }

    public Optional<BrowserSession> find(Scope scope, UUID id) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return Optional.ofNullable(session.get(BrowserSession.class, id))
                    .filter(found -> scope.covers(found.owner()));
        }
    }

    /**
     * At most so many sessions, the newest first.
     *
     * @param status null for all
     */
    public List<BrowserSession> list(Scope scope, @Nullable SessionStatus status, @Nullable UUID before, int limit) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createSelectionQuery("""
                            from BrowserSession where (:first = true or id < :before)
                                and (:anyStatus = true or status = :status)
                                and (:anyTenant = true or owner.tenant = :tenant)
                                and (:anyUser = true or owner.user = :user)
                            order by id desc""", BrowserSession.class)
                    .setParameter("first", before == null)
                    .setParameter("before", before == null ? new UUID(0, 0) : before)
                    .setParameter("anyStatus", status == null)
                    .setParameter("status", status == null ? SessionStatus.READY : status)
                    .setParameter("anyTenant", scope.tenant() == null)
                    .setParameter("tenant", orEmpty(scope.tenant()))
                    .setParameter("anyUser", scope.user() == null)
                    .setParameter("user", orEmpty(scope.user()))
                    .setMaxResults(limit)
                    .getResultList();
        }
    }

    /** Those of a node whose browsers are not known to be gone, and of which it is to be told. */
    public List<BrowserSession> aliveOn(String node) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createSelectionQuery(
                            "from BrowserSession where node = :node and status <> :dead order by id",
                            BrowserSession.class)
                    .setParameter("node", node)
                    .setParameter("dead", SessionStatus.DEAD)
                    .getResultList();
        }
    }

    /** Those of the ids that are there. */
    public List<UUID> known(Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createSelectionQuery("select id from BrowserSession where id in (:ids)", UUID.class)
                    .setParameterList("ids", ids)
                    .getResultList();
        }
    }

    /** How many sessions each node has, of those that have any. */
    public Map<String, Long> countByNode() {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session
                    .createSelectionQuery(
                            "select node, count(*) from BrowserSession where status <> :dead group by node",
                            Object[].class)
                    .setParameter("dead", SessionStatus.DEAD)
                    .getResultList()
                    .stream()
                    .collect(Collectors.toMap(row -> (String) row[0], row -> (Long) row[1]));
        }
    }

    /**
     * Its first page is there, or will not come.
     *
     * @param problem why it will not; null when it is there
     * @return whether it was still waited for
     */
    public boolean ready(UUID id, @Nullable String problem) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createMutationQuery(
                                    "update BrowserSession set status = :ready, problem = :problem where id = :id"
                                            + " and status in :before")
                            .setParameter("ready", SessionStatus.READY)
                            .setParameter("problem", problem, String.class)
                            .setParameter("id", id)
                            .setParameterList("before", SessionStatus.READY.before())
                            .executeUpdate()
                    == 1;
        }
    }

    /** @return whether its end was not asked for yet */
    public boolean terminate(UUID id, CloseReason reason) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createMutationQuery("update BrowserSession set status = :terminating, closeReason = :reason"
                                    + " where id = :id and status in :before")
                            .setParameter("terminating", SessionStatus.TERMINATING)
                            .setParameter("reason", reason)
                            .setParameter("id", id)
                            .setParameterList("before", SessionStatus.TERMINATING.before())
                            .executeUpdate()
                    == 1;
        }
    }

    /**
     * Its browser is gone.
     *
     * @param reason where none was written before
     * @return whether it was not known yet
     */
    public boolean dead(UUID id, CloseReason reason, @Nullable String problem, Instant now) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createMutationQuery("""
                            update BrowserSession set status = :dead, closeReason = coalesce(closeReason, :reason),
                                problem = coalesce(:problem, problem), endedAt = :now
                            where id = :id and status in :before""")
                            .setParameter("dead", SessionStatus.DEAD)
                            .setParameter("reason", reason)
                            .setParameter("problem", problem, String.class)
                            .setParameter("now", now)
                            .setParameter("id", id)
                            .setParameterList("before", SessionStatus.DEAD.before())
                            .executeUpdate()
                    == 1;
        }
    }

    /** Something came from whoever uses it. */
    public void seen(UUID id, Instant lastSeen, Instant expires) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            session.createMutationQuery("update BrowserSession set lastSeenAt = :seen, expiresAt = :expires"
                            + " where id = :id and lastSeenAt < :seen")
                    .setParameter("seen", lastSeen)
                    .setParameter("expires", expires)
                    .setParameter("id", id)
                    .executeUpdate();
        }
    }

    /** Forgets sessions that ended before. Safe to run on every node at once. */
    public int removeEndedBefore(Instant before) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createMutationQuery("delete from BrowserSession where endedAt < :before")
                    .setParameter("before", before)
                    .executeUpdate();
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.entity;

import dev.drover.system.entity.Sessions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceUnit;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Reads and writes of alerts, one statement each; the caller brings the transaction. */
@ApplicationScoped
public class AlertStore {

    @PersistenceUnit(unitName = "drover")
    private EntityManagerFactory entityManagers;

    @SuppressWarnings("NullAway.Init") // injected
    protected AlertStore() {}

    public AlertStore(EntityManagerFactory entityManagers) {
        this.entityManagers = entityManagers;
    }

    /**
     * At most so many alerts, the newest first.
     *
     * @param active true: those that go on; false: those that are over; null: all
     * @param before only those that are older than this one; null: from the newest on
     */
    public List<Alert> list(@Nullable Boolean active, @Nullable UUID before, int limit) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createSelectionQuery("""
                            from Alert where (:first = true or id < :before)
                                and (:any = true or (:active = true and endedAt is null)
                                    or (:active = false and endedAt is not null))
                            order by id desc""", Alert.class)
                    .setParameter("any", active == null)
                    .setParameter("active", active != null && active)
                    .setParameter("first", before == null)
                    .setParameter("before", before == null ? new UUID(0, 0) : before)
                    .setMaxResults(limit)
                    .getResultList();
        }
    }

    /** The alerts that go on, as far as the node has told. */
    public List<Alert> activeOf(String node) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createSelectionQuery(
                            "from Alert where endedAt is null and node = :node order by id", Alert.class)
                    .setParameter("node", node)
                    .getResultList();
        }
    }

    /** Whether an alert about this goes on. */
    public boolean isActive(String rule, String subject) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createSelectionQuery("""
                                    select count(a) from Alert a
                                    where a.endedAt is null and a.rule = :rule and a.subject = :subject""", Long.class)
                            .setParameter("rule", rule)
                            .setParameter("subject", subject)
                            .getSingleResult()
                    > 0;
        }
    }

    public void insert(Alert alert) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            session.insert(alert);
        }
    }

    public boolean end(UUID id, Instant at) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createMutationQuery("update Alert set endedAt = :at where id = :id and endedAt is null")
                            .setParameter("at", at)
                            .setParameter("id", id)
                            .executeUpdate()
                    == 1;
        }
    }

    /** Says that the alerts of a node still go on. */
    public void touch(String node, Instant now) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            session.createMutationQuery("update Alert set seenAt = :now where endedAt is null and node = :node")
                    .setParameter("now", now)
                    .setParameter("node", node)
                    .executeUpdate();
        }
    }

    /** Ends what no node has spoken of since: its node is gone, and nobody else sees it. */
    public int endUnseen(Instant seenBefore, Instant now) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createMutationQuery(
                            "update Alert set endedAt = :now where endedAt is null and seenAt < :before")
                    .setParameter("now", now)
                    .setParameter("before", seenBefore)
                    .executeUpdate();
        }
    }

    /** Removes what ended before, and of the rest all but the newest so many. */
    public int removeOld(Instant endedBefore, int most) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            int removed = session.createMutationQuery("delete from Alert where endedAt < :before")
                    .setParameter("before", endedBefore)
                    .executeUpdate();
            List<UUID> last = session.createSelectionQuery("select id from Alert order by id desc", UUID.class)
                    .setFirstResult(most)
                    .setMaxResults(1)
                    .getResultList();
            return last.isEmpty()
                    ? removed
                    : removed
                            + session.createMutationQuery("delete from Alert where id <= :last")
                                    .setParameter("last", last.getFirst())
                                    .executeUpdate();
        }
    }
}

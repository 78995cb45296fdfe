// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.entity;

import dev.drover.system.entity.Sessions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceUnit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hibernate.StatelessSession;

/** Reads and writes of breaker rows, one statement each; the caller brings the transaction. */
@ApplicationScoped
public class BreakerStore {

    @PersistenceUnit(unitName = "drover")
    private EntityManagerFactory entityManagers;

    @SuppressWarnings("NullAway.Init") // injected
    protected BreakerStore() {}

    public BreakerStore(EntityManagerFactory entityManagers) {
        this.entityManagers = entityManagers;
    }

    /** At most so many rows, those first that were written last. */
    public List<BreakerRecord> newest(int limit) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createSelectionQuery("from BreakerRecord order by updatedAt desc, name", BreakerRecord.class)
                    .setMaxResults(limit)
                    .getResultList();
        }
    }

    public Optional<BreakerRecord> find(String name) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return Optional.ofNullable(session.get(BreakerRecord.class, name));
        }
    }

    /**
     * Writes a row whose revision is one higher than the one that the writer has seen; 1 makes the row.
     *
     * @return whether it was written: false when another node wrote since
     * @throws jakarta.persistence.PersistenceException when the row is to be made and is there; the transaction is then to
     *     be rolled back
     */
    public boolean write(BreakerRecord row) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            if (row.revision() == 1) {
                session.insert(row);
                return true;
            }
            return session.createMutationQuery("""
                            update BreakerRecord set state = :state, failureRate = :failureRate, calls = :calls,
                                openedAt = :openedAt, retryAt = :retryAt, resetAt = :resetAt, updatedAt = :updatedAt,
                                node = :node, revision = :revision
                            where name = :name and revision = :seen""")
                            .setParameter("state", row.state().wireName())
                            .setParameter("failureRate", row.failureRate())
                            .setParameter("calls", row.calls())
                            .setParameter("openedAt", row.openedAt().orElse(null), Instant.class)
                            .setParameter("retryAt", row.retryAt().orElse(null), Instant.class)
                            .setParameter("resetAt", row.resetAt().orElse(null), Instant.class)
                            .setParameter("updatedAt", row.updatedAt())
                            .setParameter("node", row.node())
                            .setParameter("revision", row.revision())
                            .setParameter("name", row.name())
                            .setParameter("seen", row.revision() - 1)
                            .executeUpdate()
                    == 1;
        }
    }

    /** Closes every breaker that has a row. */
    public int resetAll(String node, Instant now) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createMutationQuery("""
                            update BreakerRecord set state = 'closed', failureRate = 0, calls = 0, openedAt = null,
                                retryAt = null, resetAt = :now, updatedAt = :now, node = :node, revision = revision + 1""")
                    .setParameter("now", now)
                    .setParameter("node", node)
                    .executeUpdate();
        }
    }

    /** Removes what no node needs any more: breakers that closed before, and those that nobody wrote about before. */
    public int removeOld(Instant closedBefore, Instant writtenBefore) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createMutationQuery("""
                            delete from BreakerRecord
                            where (state = 'closed' and updatedAt < :closed) or updatedAt < :written""")
                    .setParameter("closed", closedBefore)
                    .setParameter("written", writtenBefore)
                    .executeUpdate();
        }
    }
}

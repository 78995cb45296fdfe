// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.entity;

import dev.drover.system.entity.Sessions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceUnit;
import java.time.Instant;
import java.util.List;
import org.hibernate.StatelessSession;

/** Reads and writes of samples, one statement each; the caller brings the transaction. */
@ApplicationScoped
public class TrendStore {

    @PersistenceUnit(unitName = "drover")
    private EntityManagerFactory entityManagers;

    @SuppressWarnings("NullAway.Init") // injected
    protected TrendStore() {}

    public TrendStore(EntityManagerFactory entityManagers) {
        this.entityManagers = entityManagers;
    }

    public void insert(TrendSample sample) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            session.insert(sample);
        }
    }

    /** The samples of a node from a time on, in the order of their times. */
    public List<TrendSample> of(String node, Instant from) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createSelectionQuery(
                            "from TrendSample where node = :node and takenAt >= :from order by takenAt",
                            TrendSample.class)
                    .setParameter("node", node)
                    .setParameter("from", from)
                    .getResultList();
        }
    }

    /** The nodes of which there are samples. */
    public List<String> nodes() {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createSelectionQuery("select distinct node from TrendSample order by node", String.class)
                    .getResultList();
        }
    }

    public int removeOlderThan(Instant takenBefore) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createMutationQuery("delete from TrendSample where takenAt < :before")
                    .setParameter("before", takenBefore)
                    .executeUpdate();
        }
    }
}

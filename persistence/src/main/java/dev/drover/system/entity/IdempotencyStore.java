// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.entity;

import dev.drover.system.entity.IdempotencyRecord.Answer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceUnit;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.StatelessSession;

/** Reads and writes of idempotency records, one statement each; the caller brings the transaction. */
@ApplicationScoped
public class IdempotencyStore {

    @PersistenceUnit(unitName = "drover")
    private EntityManagerFactory entityManagers;

    @SuppressWarnings("NullAway.Init") // injected
    protected IdempotencyStore() {}

    public IdempotencyStore(EntityManagerFactory entityManagers) {
        this.entityManagers = entityManagers;
    }

    public Optional<IdempotencyRecord> find(IdempotencyRecord.Key key) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return Optional.ofNullable(session.get(IdempotencyRecord.class, key));
        }
    }

    /** @throws jakarta.persistence.PersistenceException when the key is taken; the transaction is then to be rolled back */
    public void insert(IdempotencyRecord unanswered) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            session.insert(unanswered);
        }
    }

    /**
     * Gives a request whose answer will never come to another node. The time of its begin is what decides between two
     * nodes that try this at once.
     *
     * @return whether the record was still as it was seen
     */
    public boolean takeOver(IdempotencyRecord seen, String node, Instant now) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createMutationQuery("""
                            update IdempotencyRecord set node = :node, begunAt = :now
                            where key = :key and answer.status is null and node = :before and begunAt = :begun""")
                            .setParameter("node", node)
                            .setParameter("now", now)
                            .setParameter("key", seen.key())
                            .setParameter("before", seen.node())
                            .setParameter("begun", seen.begunAt())
                            .executeUpdate()
                    == 1;
        }
    }

    public void answer(IdempotencyRecord.Key key, Answer answer) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            session.createMutationQuery("""
                            update IdempotencyRecord set answer.status = :status, answer.location = :location,
                                answer.contentType = :type, answer.body = :body
                            where key = :key""")
                    .setParameter("status", answer.status())
                    .setParameter("location", answer.location())
                    .setParameter("type", answer.contentType())
                    .setParameter("body", answer.body())
                    .setParameter("key", key)
                    .executeUpdate();
        }
    }

    public void remove(IdempotencyRecord.Key key) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            session.createMutationQuery("delete from IdempotencyRecord where key = :key")
                    .setParameter("key", key)
                    .executeUpdate();
        }
    }

    /** Removes the records of requests that began before. */
    public int removeOlderThan(Instant begunBefore) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createMutationQuery("delete from IdempotencyRecord where begunAt < :before")
                    .setParameter("before", begunBefore)
                    .executeUpdate();
        }
    }
}

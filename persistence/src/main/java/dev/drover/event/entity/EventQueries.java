// SPDX-License-Identifier: Apache-2.0
package dev.drover.event.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads of events. Who may read a job's events is decided where the job is found. */
@ApplicationScoped
public class EventQueries {

    @PersistenceContext(unitName = "drover")
    private EntityManager entityManager;

    @SuppressWarnings("NullAway.Init") // injected
    protected EventQueries() {}

    public EventQueries(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /** Events of a job after the given number, in order, at most {@code limit}. Works on threads without a transaction. */
    @Transactional
    public List<JobEvent> after(UUID jobId, int seq, int limit) {
        return entityManager
                .createQuery("from JobEvent where jobId = :job and seq > :after order by seq", JobEvent.class)
                .setParameter("job", jobId)
                .setParameter("after", seq)
                .setMaxResults(limit)
                .getResultList();
    }

    /** The last event of a kind. Works on threads without a transaction. */
    @Transactional
    public Optional<JobEvent> latest(UUID jobId, EventType type) {
        return entityManager
                .createQuery("from JobEvent where jobId = :job and type = :type order by seq desc", JobEvent.class)
                .setParameter("job", jobId)
                .setParameter("type", type.wireName())
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads of questions to people. Who may read a job's is decided where the job is found. */
@ApplicationScoped
@Transactional
public class HumanStepQueries {

    @PersistenceContext(unitName = "drover")
    private EntityManager entityManager;

    @SuppressWarnings("NullAway.Init") // injected
    protected HumanStepQueries() {}

    public HumanStepQueries(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    public Optional<HumanStep> find(UUID id) {
        return Optional.ofNullable(entityManager.find(HumanStep.class, id));
    }

    /** The last question of a job. */
    public Optional<HumanStep> latest(UUID job) {
        return entityManager
                .createQuery("from HumanStep where jobId = :job order by askedAt desc, id desc", HumanStep.class)
                .setParameter("job", job)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }

    /** The answered ones among these. */
    public List<HumanStep> answered(List<UUID> ids) {
        return entityManager
                .createQuery("from HumanStep where id in :ids and state = 'answered'", HumanStep.class)
                .setParameter("ids", ids)
                .getResultList();
    }
}

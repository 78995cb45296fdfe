// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.entity;

import dev.drover.security.entity.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import jakarta.persistence.criteria.Subquery;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads of jobs, attempts and artifacts. Whatever a caller asks for goes through the caller's scope here. Each read has
 * a transaction of its own where the caller has none: without one, the server keeps a persistence context for as long as
 * the request, and a second read gives the job as the first one saw it.
 */
@ApplicationScoped
@Transactional
public class JobQueries {

    @PersistenceContext(unitName = "drover")
    private EntityManager entityManager;

    @SuppressWarnings("NullAway.Init") // injected
    protected JobQueries() {}

    public JobQueries(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    public Optional<Job> find(Scope scope, UUID id) {
        return Optional.ofNullable(entityManager.find(Job.class, id)).filter(job -> scope.covers(job.owner()));
    }

    /** At most {@code limit} jobs, newest first. */
    public List<Job> list(Scope scope, JobFilter filter, int limit) {
        CriteriaBuilder builder = entityManager.getCriteriaBuilder();
        CriteriaQuery<Job> query = builder.createQuery(Job.class);
        Root<Job> job = query.from(Job.class);
        List<Predicate> conditions = new ArrayList<>();
        if (scope.tenant() != null) {
            conditions.add(builder.equal(job.get("owner").get("tenant"), scope.tenant()));
        }
        if (scope.user() != null) {
            conditions.add(builder.equal(job.get("owner").get("user"), scope.user()));
        }
        if (!filter.statuses().isEmpty()) {
            conditions.add(job.get("status")
                    .in(filter.statuses().stream().map(JobStatus::wireName).toList()));
        }
        if (filter.task() != null) {
            conditions.add(builder.equal(job.get("task"), filter.task()));
        }
        if (filter.user() != null) {
            conditions.add(builder.equal(job.get("owner").get("user"), filter.user()));
        }
        if (filter.before() != null) {
            conditions.add(builder.lessThan(job.<UUID>get("id"), filter.before()));
        }
        filter.labels().forEach((name, value) -> {
            Subquery<UUID> labelled = query.subquery(UUID.class);
            Root<JobLabel> label = labelled.from(JobLabel.class);
            labelled.select(label.get("jobId"))
                    .where(
                            builder.equal(label.get("jobId"), job.get("id")),
                            builder.equal(label.get("name"), name),
                            builder.equal(label.get("value"), value));
            conditions.add(builder.exists(labelled));
        });
        query.select(job).where(conditions.toArray(Predicate[]::new)).orderBy(builder.desc(job.get("id")));
        return entityManager.createQuery(query).setMaxResults(limit).getResultList();
    }

    /** How many jobs of the same lane will be started before this one, were it queued now: 0 for the next. */
    public long queuedBefore(Job job) {
        return entityManager
                .createQuery("""
                        select count(j) from Job j where j.status = 'queued' and j.lane = :lane
                            and (j.priority > :priority or (j.priority = :priority and j.id < :id))""", Long.class)
                .setParameter("lane", job.lane())
                .setParameter("priority", (short) job.priority().jms())
                .setParameter("id", job.id())
                .getSingleResult();
    }

    /** How many jobs there are in each status; statuses without jobs are missing. */
    public Map<JobStatus, Long> countByStatus() {
        Map<JobStatus, Long> counts = new EnumMap<>(JobStatus.class);
        entityManager
                .createQuery("select j.status, count(j) from Job j group by j.status", Object[].class)
                .getResultList()
                .forEach(row -> JobStatus.ofWireName((String) row[0]).ifPresent(s -> counts.put(s, (Long) row[1])));
        return counts;
    }

    /** How much there is to do in each lane. Reads all jobs that have not ended: for people, not for each job. */
    public Map<Lane, LaneDepth> depths() {
        Map<Lane, LaneDepth> depths = new EnumMap<>(Lane.class);
        entityManager.createQuery("""
                        select j.lane, j.status, count(j), min(coalesce(j.notBefore, j.createdAt)) from Job j
                        where j.status in ('scheduled', 'queued', 'running', 'waiting_for_human', 'retrying')
                        group by j.lane, j.status""", Object[].class).getResultList().forEach(row -> JobStatus.ofWireName(
                        (String) row[1])
                .ifPresent(status -> depths.put(
                        (Lane) row[0],
                        depths.getOrDefault((Lane) row[0], LaneDepth.EMPTY)
                                .with(status, (Long) row[2], (Instant) row[3]))));
        return depths;
    }

    public List<Attempt> attempts(UUID jobId) {
        return entityManager
                .createQuery("from Attempt where jobId = :job order by number", Attempt.class)
                .setParameter("job", jobId)
                .getResultList();
    }

    public List<Artifact> artifacts(UUID jobId) {
        return entityManager
                .createQuery("from Artifact where jobId = :job order by createdAt, name", Artifact.class)
                .setParameter("job", jobId)
                .getResultList();
    }

    public Optional<Artifact> artifact(UUID jobId, String name) {
        return Optional.ofNullable(entityManager.find(Artifact.class, new Artifact.Key(jobId, name)));
    }

    /** Queued jobs whose message never left, or left so long ago that it may be lost. */
    public List<Job> undispatched(Instant acceptedBefore, Instant dispatchedBefore, int limit) {
        return entityManager
                .createQuery("""
                        from Job where status = 'queued' and createdAt < :accepted
                            and (dispatchedAt is null or dispatchedAt < :dispatched)
                        order by priority desc, id""", Job.class)
                .setParameter("accepted", acceptedBefore)
                .setParameter("dispatched", dispatchedBefore)
                .setMaxResults(limit)
                .getResultList();
    }

    /** Scheduled and retrying jobs whose time has come. */
    public List<Job> due(Instant now, int limit) {
        return entityManager
                .createQuery(
                        "from Job where status in ('scheduled', 'retrying') and notBefore <= :now order by notBefore",
                        Job.class)
                .setParameter("now", now)
                .setMaxResults(limit)
                .getResultList();
    }

    /** Jobs whose running attempt did not renew its lease. */
    public List<Job> leaseLost(Instant now, int limit) {
        return entityManager
                .createQuery(
                        "from Job where status in ('running', 'waiting_for_human') and leaseUntil < :now", Job.class)
                .setParameter("now", now)
                .setMaxResults(limit)
                .getResultList();
    }

    /** Jobs that a node had running before it was started anew. */
    public List<Job> leftRunning(String node, Instant startedBefore) {
        return entityManager
                .createQuery("""
                        from Job where status in ('running', 'waiting_for_human') and node = :node
                            and attemptStartedAt < :started""", Job.class)
                .setParameter("node", node)
                .setParameter("started", startedBefore)
                .getResultList();
    }

    /** Jobs that an attempt of this node runs and that someone asked to cancel. */
    public List<Job> cancelRequested(String node) {
        return entityManager
                .createQuery("""
                        from Job where status in ('running', 'waiting_for_human') and node = :node
                            and cancelRequested""", Job.class)
                .setParameter("node", node)
                .getResultList();
    }

    /** Ended jobs that may be removed. */
    public List<UUID> expired(Instant now, int limit) {
        return entityManager
                .createQuery("select id from Job where expiresAt < :now order by expiresAt", UUID.class)
                .setParameter("now", now)
                .setMaxResults(limit)
                .getResultList();
    }
}

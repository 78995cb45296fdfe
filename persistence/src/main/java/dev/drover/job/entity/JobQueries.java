// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.entity;

import dev.drover.security.entity.Owner;
import dev.drover.security.entity.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Path;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import jakarta.persistence.criteria.Subquery;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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
        List<Predicate> conditions = within(scope, builder, job);
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
        if (filter.errorCategory() != null) {
            conditions.add(builder.equal(job.get("error").get("category"), filter.errorCategory()));
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

    private static List<Predicate> within(Scope scope, CriteriaBuilder builder, Root<Job> job) {
        List<Predicate> conditions = new ArrayList<>();
        if (scope.tenant() != null) {
            conditions.add(builder.equal(job.get("owner").get("tenant"), scope.tenant()));
        }
        if (scope.user() != null) {
            conditions.add(builder.equal(job.get("owner").get("user"), scope.user()));
        }
        return conditions;
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

    /** How many failed jobs there are of each category of error. */
    public Map<String, Long> failedByCategory(Scope scope) {
        CriteriaBuilder builder = entityManager.getCriteriaBuilder();
        CriteriaQuery<Object[]> query = builder.createQuery(Object[].class);
        Root<Job> job = query.from(Job.class);
        List<Predicate> conditions = within(scope, builder, job);
        conditions.add(builder.equal(job.get("status"), JobStatus.FAILED.wireName()));
        Path<String> category = job.get("error").get("category");
        query.select(builder.array(category, builder.count(job)))
                .where(conditions.toArray(Predicate[]::new))
                .groupBy(category);
        Map<String, Long> counts = new TreeMap<>();
        entityManager
                .createQuery(query)
                .getResultList()
                .forEach(row -> counts.put(String.valueOf(row[0]), (Long) row[1]));
        return counts;
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

    /** How many jobs of each owner wait in the queue; owners without are missing. */
    public Map<Owner, Long> queuedByOwner() {
        Map<Owner, Long> counts = new HashMap<>();
        entityManager
                .createQuery("""
                        select j.owner.tenant, j.owner.user, count(j) from Job j where j.status = 'queued'
                        group by j.owner.tenant, j.owner.user""", Object[].class)
                .getResultList()
                .forEach(row -> counts.put(new Owner((String) row[0], (String) row[1]), (Long) row[2]));
        return counts;
    }

    /** The jobs of an owner that have waited longest in the queue, the most urgent first. */
    public List<Job> frontOf(Owner owner, int limit) {
        return entityManager
                .createQuery("""
                        from Job where status = 'queued' and owner.tenant = :tenant and owner.user = :user
                        order by priority desc, id""", Job.class)
                .setParameter("tenant", owner.tenant())
                .setParameter("user", owner.user())
                .setMaxResults(limit)
                .getResultList();
    }

    /** Jobs that have waited in the queue since before a time, the longest first. */
    public List<Job> waitingSince(Instant before, int limit) {
        return entityManager
                .createQuery("""
                        from Job where status = 'queued' and coalesce(notBefore, createdAt) < :before
                        order by id""", Job.class)
                .setParameter("before", before)
                .setMaxResults(limit)
                .getResultList();
    }

    /** The jobs of which a node runs an attempt, with the numbers of the attempts. */
    public Map<UUID, Integer> runningOn(String node) {
        Map<UUID, Integer> attempts = new HashMap<>();
        entityManager
                .createQuery("""
                        select id, attempt from Job where status in ('running', 'waiting_for_human')
                            and node = :node""", Object[].class)
                .setParameter("node", node)
                .getResultList()
                .forEach(row -> attempts.put((UUID) row[0], (Integer) row[1]));
        return attempts;
    }

    public Optional<Batch> batch(Scope scope, UUID id) {
        return Optional.ofNullable(entityManager.find(Batch.class, id)).filter(batch -> scope.covers(batch.owner()));
    }

    /** How many jobs of a batch there are in each status; statuses without jobs and jobs that were removed are missing. */
    public Map<JobStatus, Long> countOfBatch(UUID batch) {
        Map<JobStatus, Long> counts = new EnumMap<>(JobStatus.class);
        entityManager
                .createQuery("""
                        select j.status, count(j) from BatchJob b join Job j on j.id = b.jobId
                        where b.batchId = :batch group by j.status""", Object[].class)
                .setParameter("batch", batch)
                .getResultList()
                .forEach(row ->
                        JobStatus.ofWireName((String) row[0]).ifPresent(status -> counts.put(status, (Long) row[1])));
        return counts;
    }

    /** The ids of the jobs of a batch in the order in which they were given. */
    public List<UUID> idsOfBatch(UUID batch) {
        return entityManager
                .createQuery("select jobId from BatchJob where batchId = :batch order by jobId", UUID.class)
                .setParameter("batch", batch)
                .getResultList();
    }

    /** The jobs of a batch in the order in which they were given. */
    public List<Job> jobsOfBatch(UUID batch, @Nullable UUID after, int limit) {
        return entityManager
                .createQuery("""
                        select j from BatchJob b join Job j on j.id = b.jobId
                        where b.batchId = :batch and j.id > :after order by j.id""", Job.class)
                .setParameter("batch", batch)
                .setParameter("after", after == null ? new UUID(0, 0) : after)
                .setMaxResults(limit)
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

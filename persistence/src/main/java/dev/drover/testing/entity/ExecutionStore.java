// SPDX-License-Identifier: Apache-2.0
package dev.drover.testing.entity;

import dev.drover.job.entity.JobStatus;
import dev.drover.security.entity.Scope;
import dev.drover.system.entity.Sessions;
import dev.drover.testing.entity.Execution.Failure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceUnit;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Reads and writes of executions, one statement each; the caller brings the transaction. */
@ApplicationScoped
public class ExecutionStore {

    @PersistenceUnit(unitName = "drover")
    private EntityManagerFactory entityManagers;

    @SuppressWarnings("NullAway.Init") // injected
    protected ExecutionStore() {}

    public ExecutionStore(EntityManagerFactory entityManagers) {
        this.entityManagers = entityManagers;
    }

    /**
     * Which executions are looked for.
     *
     * @param testCaseId null for all
     * @param status null for all
     * @param before an id that all that are found are older than; null for the newest
     */
    public record Filter(
            @Nullable UUID testCaseId,
            @Nullable ExecutionStatus status,
            @Nullable UUID before) {}

    /**
     * Where the job of an execution has got to.
     *
     * @param failure null unless it failed
     */
    public record Step(
            UUID id,
            ExecutionStatus status,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable Failure failure) {}

    public void insert(Execution execution) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            session.insert(execution);
        }
    }

    public Optional<Execution> find(Scope scope, UUID id) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return Optional.ofNullable(session.get(Execution.class, id)).filter(found -> scope.covers(found.owner()));
        }
    }

    /** At most so many, the newest first. */
    public List<Execution> list(Scope scope, Filter filter, int limit) {
        UUID none = new UUID(0, 0);
        ExecutionStatus status = filter.status();
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createSelectionQuery("""
                            from Execution where (:first = true or id < :before)
                                and (:anyTestCase = true or testCaseId = :testCase)
                                and (:anyStatus = true or status = :status)
                                and (:anyTenant = true or owner.tenant = :tenant)
                                and (:anyUser = true or owner.user = :user)
                            order by id desc""", Execution.class)
                    .setParameter("first", filter.before() == null)
                    .setParameter("before", Objects.requireNonNullElse(filter.before(), none))
                    .setParameter("anyTestCase", filter.testCaseId() == null)
                    .setParameter("testCase", Objects.requireNonNullElse(filter.testCaseId(), none))
                    .setParameter("anyStatus", status == null)
                    .setParameter("status", status == null ? "" : status.wireName())
                    .setParameter("anyTenant", scope.tenant() == null)
                    .setParameter("tenant", Objects.requireNonNullElse(scope.tenant(), ""))
                    .setParameter("anyUser", scope.user() == null)
                    .setParameter("user", Objects.requireNonNullElse(scope.user(), ""))
                    .setMaxResults(limit)
                    .getResultList();
        }
    }

    /** What executions have not heard of their jobs yet, also that one is not there any more. */
    public List<Step> behind(int limit) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createSelectionQuery("""
                            select e.id, j.status, j.startedAt, j.finishedAt,
                                j.error.category, j.error.code, j.error.message
                            from Execution e left join Job j on j.id = e.id
                            where (e.status = 'queued' and (j.status is null or j.status not in ('scheduled', 'queued')))
                                or (e.status = 'running'
                                    and (j.status is null or j.status in ('succeeded', 'failed', 'cancelled')))
                            order by e.id""", Object[].class).setMaxResults(limit).getResultList().stream()
                    .map(ExecutionStore::step)
                    .toList();
        }
    }

    private static Step step(Object[] row) {
        UUID id = (UUID) row[0];
        if (row[1] == null) {
            return new Step(
                    id,
                    ExecutionStatus.FAILED,
                    null,
                    null,
                    new Failure("internal", "job_removed", "Its job was removed before its end was known."));
        }
        ExecutionStatus status =
                ExecutionStatus.of(JobStatus.ofWireName((String) row[1]).orElseThrow());
        Failure failure = status == ExecutionStatus.FAILED && row[4] != null
                ? new Failure((String) row[4], (String) row[5], (String) row[6])
                : null;
        return new Step(id, status, (Instant) row[2], status.isTerminal() ? (Instant) row[3] : null, failure);
    }

    /**
     * An execution follows its job.
     *
     * @param now the end of one whose job does not say when it ended
     * @return false when it has ended already, or stands there: then another node was faster
     */
    public boolean follow(Step step, Instant now) {
        Failure failure = step.failure();
        Instant finished = step.status().isTerminal() ? Objects.requireNonNullElse(step.finishedAt(), now) : null;
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createMutationQuery("""
                            update Execution set status = :status, startedAt = :started, finishedAt = :finished,
                                errorCategory = :category, errorCode = :code, errorMessage = :message
                            where id = :id and status in ('queued', 'running') and status <> :status""")
                            .setParameter("status", step.status().wireName())
                            .setParameter("started", step.startedAt(), Instant.class)
                            .setParameter("finished", finished, Instant.class)
                            .setParameter("category", failure == null ? null : failure.category(), String.class)
                            .setParameter("code", failure == null ? null : failure.code(), String.class)
                            .setParameter("message", failure == null ? null : failure.message(), String.class)
                            .setParameter("id", step.id())
                            .executeUpdate()
                    == 1;
        }
    }

    /** Removes those that ended before. */
    public int removeOlderThan(Instant finished) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createMutationQuery("delete from Execution where finishedAt < :finished")
                    .setParameter("finished", finished)
                    .executeUpdate();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.testing.entity;

import dev.drover.security.entity.Scope;
import dev.drover.system.entity.Sessions;
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

/** Reads and writes of test cases, one statement each; the caller brings the transaction. */
@ApplicationScoped
public class TestCaseStore {

    @PersistenceUnit(unitName = "drover")
    private EntityManagerFactory entityManagers;

    @SuppressWarnings("NullAway.Init") // injected
    protected TestCaseStore() {}

    public TestCaseStore(EntityManagerFactory entityManagers) {
        this.entityManagers = entityManagers;
    }

    public void insert(TestCase testCase) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            session.insert(testCase);
        }
    }

    public Optional<TestCase> find(Scope scope, UUID id) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return Optional.ofNullable(session.get(TestCase.class, id)).filter(found -> scope.covers(found.owner()));
        }
    }

    /** At most so many, the newest first. */
    public List<TestCase> list(Scope scope, @Nullable UUID before, int limit) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createSelectionQuery("""
                            from TestCase where (:first = true or id < :before)
                                and (:anyTenant = true or owner.tenant = :tenant)
                                and (:anyUser = true or owner.user = :user)
                            order by id desc""", TestCase.class)
                    .setParameter("first", before == null)
                    .setParameter("before", before == null ? new UUID(0, 0) : before)
                    .setParameter("anyTenant", scope.tenant() == null)
                    .setParameter("tenant", Objects.requireNonNullElse(scope.tenant(), ""))
                    .setParameter("anyUser", scope.user() == null)
                    .setParameter("user", Objects.requireNonNullElse(scope.user(), ""))
                    .setMaxResults(limit)
                    .getResultList();
        }
    }

    /** @return whether it was still as it was seen */
    public boolean update(TestCase seen, TestCase.Content content, Instant now) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createMutationQuery("""
                            update TestCase set name = :name, description = :description, steps = :steps,
                                revision = revision + 1, updatedAt = :now
                            where id = :id and revision = :revision""")
                            .setParameter("name", content.name())
                            .setParameter("description", content.description())
                            .setParameter("steps", content.steps())
                            .setParameter("now", now)
                            .setParameter("id", seen.id())
                            .setParameter("revision", seen.revision())
                            .executeUpdate()
                    == 1;
        }
    }

    /** @return whether it was still as it was seen */
    public boolean remove(TestCase seen) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createMutationQuery("delete from TestCase where id = :id and revision = :revision")
                            .setParameter("id", seen.id())
                            .setParameter("revision", seen.revision())
                            .executeUpdate()
                    == 1;
        }
    }
}

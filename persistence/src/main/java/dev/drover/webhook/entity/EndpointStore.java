// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.entity;

import dev.drover.security.entity.Scope;
import dev.drover.system.entity.Sessions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceUnit;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Reads and writes of endpoints, one statement each; the caller brings the transaction. */
@ApplicationScoped
public class EndpointStore {

    private static final String IN_SCOPE =
            "(:anyTenant = true or owner.tenant = :tenant) and (:anyUser = true or owner.user = :user)";

    @PersistenceUnit(unitName = "drover")
    private EntityManagerFactory entityManagers;

    @SuppressWarnings("NullAway.Init") // injected
    protected EndpointStore() {}

    public EndpointStore(EntityManagerFactory entityManagers) {
        this.entityManagers = entityManagers;
    }

    public void insert(Endpoint endpoint) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            session.insert(endpoint);
        }
    }

    public Optional<Endpoint> find(Scope scope, UUID id) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return Optional.ofNullable(session.get(Endpoint.class, id)).filter(found -> scope.covers(found.owner()));
        }
    }

    /** At most so many endpoints, the newest first. */
    public List<Endpoint> list(Scope scope, @Nullable UUID before, int limit) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createSelectionQuery(
                            "from Endpoint where (:first = true or id < :before) and " + IN_SCOPE + " order by id desc",
                            Endpoint.class)
                    .setParameter("first", before == null)
                    .setParameter("before", before == null ? new UUID(0, 0) : before)
                    .setParameter("anyTenant", scope.tenant() == null)
                    .setParameter("tenant", orEmpty(scope.tenant()))
                    .setParameter("anyUser", scope.user() == null)
                    .setParameter("user", orEmpty(scope.user()))
                    .setMaxResults(limit)
                    .getResultList();
        }
    }

    /** All endpoints of everyone: for the server's own work. */
    public List<Endpoint> all() {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createSelectionQuery("from Endpoint order by id", Endpoint.class)
                    .getResultList();
        }
    }

    public long count(Scope scope) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createSelectionQuery("select count(e) from Endpoint e where " + IN_SCOPE, Long.class)
                    .setParameter("anyTenant", scope.tenant() == null)
                    .setParameter("tenant", orEmpty(scope.tenant()))
                    .setParameter("anyUser", scope.user() == null)
                    .setParameter("user", orEmpty(scope.user()))
                    .getSingleResult();
        }
    }

    /**
     * Changes what people may change. One that is enabled begins anew: what it failed at before does not count.
     *
     * @return whether it was still as it was seen
     */
    public boolean update(
            Endpoint seen,
            String url,
            String description,
            Collection<String> eventTypes,
            boolean enabled,
            Instant now) {
        boolean begins = enabled && !seen.enabled();
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createMutationQuery("""
                            update Endpoint set url = :url, description = :description, eventTypes = :types,
                                enabled = :enabled, disabledReason = :reason, failingSince = :failing,
                                revision = revision + 1, updatedAt = :now
                            where id = :id and revision = :revision""")
                            .setParameter("url", url)
                            .setParameter("description", description)
                            .setParameter("types", Endpoint.joined(eventTypes))
                            .setParameter("enabled", enabled)
                            .setParameter("reason", enabled ? null : seen.disabledReason(), String.class)
                            .setParameter("failing", begins ? null : seen.failingSince(), Instant.class)
                            .setParameter("now", now)
                            .setParameter("id", seen.id())
                            .setParameter("revision", seen.revision())
                            .executeUpdate()
                    == 1;
        }
    }

    /**
     * Gives it a new secret; the one before signs beside it until then.
     *
     * @return whether it was still as it was seen
     */
    public boolean rotate(Endpoint seen, String secret, Instant previousUntil, Instant now) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createMutationQuery("""
                            update Endpoint set previousSecret = secret, previousUntil = :until, secret = :secret,
                                revision = revision + 1, updatedAt = :now
                            where id = :id and revision = :revision""")
                            .setParameter("until", previousUntil)
                            .setParameter("secret", secret)
                            .setParameter("now", now)
                            .setParameter("id", seen.id())
                            .setParameter("revision", seen.revision())
                            .executeUpdate()
                    == 1;
        }
    }

    /** Remembers the first failure after a success. */
    public void failed(UUID id, Instant now) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            session.createMutationQuery(
                            "update Endpoint set failingSince = :now where id = :id and failingSince is null")
                    .setParameter("now", now)
                    .setParameter("id", id)
                    .executeUpdate();
        }
    }

    public void succeeded(UUID id) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            session.createMutationQuery(
                            "update Endpoint set failingSince = null where id = :id and failingSince is not null")
                    .setParameter("id", id)
                    .executeUpdate();
        }
    }

    /**
     * Disables one that the server gives up.
     *
     * @param failingBefore only if it has failed since before; null: in any case
     * @return whether it was enabled
     */
    public boolean disable(UUID id, String reason, @Nullable Instant failingBefore, Instant now) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createMutationQuery("""
                            update Endpoint set enabled = false, disabledReason = :reason, revision = revision + 1,
                                updatedAt = :now
                            where id = :id and enabled = true
                                and (:always = true or failingSince <= :before)""")
                            .setParameter("reason", reason)
                            .setParameter("now", now)
                            .setParameter("id", id)
                            .setParameter("always", failingBefore == null)
                            .setParameter("before", failingBefore == null ? now : failingBefore)
                            .executeUpdate()
                    == 1;
        }
    }

    /** @return whether it was still as it was seen */
    public boolean remove(Endpoint seen) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createMutationQuery("delete from Endpoint where id = :id and revision = :revision")
                            .setParameter("id", seen.id())
                            .setParameter("revision", seen.revision())
                            .executeUpdate()
                    == 1;
        }
    }

    static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}

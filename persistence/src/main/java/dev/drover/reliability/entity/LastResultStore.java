// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.entity;

import dev.drover.system.entity.Sessions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceUnit;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.StatelessSession;

/** Reads and writes of last results, one statement each; the caller brings the transaction. */
@ApplicationScoped
public class LastResultStore {

    @PersistenceUnit(unitName = "drover")
    private EntityManagerFactory entityManagers;

    @SuppressWarnings("NullAway.Init") // injected
    protected LastResultStore() {}

    public LastResultStore(EntityManagerFactory entityManagers) {
        this.entityManagers = entityManagers;
    }

    /** The result of such a request, unless it was made before. */
    public Optional<LastResult> find(String request, Instant madeSince) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return Optional.ofNullable(session.get(LastResult.class, request))
                    .filter(found -> !found.madeAt().isBefore(madeSince));
        }
    }

    /** Keeps a result in the place of the one before. */
    public void keep(LastResult result) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            session.upsert(result);
        }
    }

    /** Removes what was made before, and of the rest all but the newest. */
    public int tidy(Instant madeBefore, int most) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            int removed = session.createMutationQuery("delete from LastResult where madeAt < :before")
                    .setParameter("before", madeBefore)
                    .executeUpdate();
            Instant newestOfTheRest = session.createSelectionQuery(
                            "select madeAt from LastResult order by madeAt desc", Instant.class)
                    .setFirstResult(most)
                    .setMaxResults(1)
                    .getSingleResultOrNull();
            return newestOfTheRest == null
                    ? removed
                    : removed
                            + session.createMutationQuery("delete from LastResult where madeAt <= :rest")
                                    .setParameter("rest", newestOfTheRest)
                                    .executeUpdate();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.entity;

import dev.drover.system.entity.Sessions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.hibernate.StatelessSession;

/**
 * Every write to the rows of jobs. A call takes the writes of many jobs and turns them into a handful of JDBC batches,
 * so that their cost is shared; the caller brings the transaction. The conditions in the {@code where} clauses are what
 * keeps a stale attempt from changing anything (docs/adr/0002).
 */
@ApplicationScoped
public class JobStore {

    @PersistenceUnit(unitName = "drover")
    private EntityManagerFactory entityManagers;

    private final FreshJobs fresh = new FreshJobs();

    @SuppressWarnings("NullAway.Init") // injected
    public JobStore() {}

    /**
     * Applies the writes within the caller's transaction.
     *
     * @return what each write is told and what is to be told to the jobs' followers
     * @throws jakarta.persistence.PersistenceException when one write fails; the transaction is then to be rolled back
     */
    public Written write(List<? extends JobWrite<?>> writes) {
        return inSession(session -> write(session, fresh, writes));
    }

    /**
     * Removes jobs with their events, attempts, labels and artifact rows, and batches of which nothing is left. The files
     * are the caller's.
     */
    public int remove(List<UUID> jobIds) {
        return inSession(session -> remove(session, jobIds));
    }

    private <T> T inSession(Function<StatelessSession, T> work) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return work.apply(session);
        }
    }

    static Written write(StatelessSession session, FreshJobs fresh, List<? extends JobWrite<?>> writes) {
        return new JobWriteBatch(session, fresh, writes).apply();
    }

    static int remove(StatelessSession session, List<UUID> jobIds) {
        int removed = session.createMutationQuery("delete from Job where id in :ids")
                .setParameterList("ids", jobIds)
                .executeUpdate();
        session.createMutationQuery(
                        "delete from Batch b where not exists (select 1 from BatchJob m where m.batchId = b.id)")
                .executeUpdate();
        return removed;
    }
}

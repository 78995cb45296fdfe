// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceUnit;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;

/**
 * Every write to the rows of jobs. A call takes the writes of many jobs and turns them into a handful of JDBC batches,
 * so that their cost is shared; the caller brings the transaction. The conditions in the {@code where} clauses are what
 * keeps a stale attempt from changing anything (docs/adr/0002).
 */
@ApplicationScoped
public class JobStore {

    private static final String RENEW_LEASES = """
            update job set lease_until = ? where node = ? and status in ('running', 'waiting_for_human')""";

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

    /** Extends the leases of all attempts that the node runs, in one statement. */
    public int renewLeases(String node, Instant until) {
        return inSession(session -> renewLeases(session, node, until));
    }

    /** Removes jobs with their events, attempts, labels and artifact rows; the files are the caller's. */
    public int remove(List<UUID> jobIds) {
        return inSession(session -> remove(session, jobIds));
    }

    private <T> T inSession(Function<StatelessSession, T> work) {
        try (StatelessSession session =
                entityManagers.unwrap(SessionFactory.class).openStatelessSession()) {
            return work.apply(session);
        }
    }

    static Written write(StatelessSession session, FreshJobs fresh, List<? extends JobWrite<?>> writes) {
        return new JobWriteBatch(session, fresh, writes).apply();
    }

    static int renewLeases(StatelessSession session, String node, Instant until) {
        return session.createNativeMutationQuery(RENEW_LEASES)
                .setParameter(1, until)
                .setParameter(2, node)
                .executeUpdate();
    }

    static int remove(StatelessSession session, List<UUID> jobIds) {
        return session.createMutationQuery("delete from Job where id in :ids")
                .setParameterList("ids", jobIds)
                .executeUpdate();
    }
}

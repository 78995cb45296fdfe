// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.entity;

import static dev.drover.webhook.entity.EndpointStore.orEmpty;

import dev.drover.security.entity.Scope;
import dev.drover.system.entity.Sessions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceUnit;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Reads and writes of deliveries, one statement each; the caller brings the transaction. */
@ApplicationScoped
public class DeliveryStore {

    private static final UUID NOBODY = new UUID(0, 0);

    @PersistenceUnit(unitName = "drover")
    private EntityManagerFactory entityManagers;

    @SuppressWarnings("NullAway.Init") // injected
    protected DeliveryStore() {}

    public DeliveryStore(EntityManagerFactory entityManagers) {
        this.entityManagers = entityManagers;
    }

    public void insert(List<Delivery> deliveries) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            session.insertMultiple(deliveries);
        }
    }

    public Optional<Delivery> find(Scope scope, UUID id) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return Optional.ofNullable(session.get(Delivery.class, id)).filter(found -> scope.covers(found.owner()));
        }
    }

    /** At most so many deliveries, the newest first. */
    public List<Delivery> list(Scope scope, DeliveryFilter filter, int limit) {
        Collection<DeliveryStatus> statuses =
                filter.statuses().isEmpty() ? List.of(DeliveryStatus.values()) : filter.statuses();
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createSelectionQuery("""
                            from Delivery where (:first = true or id < :before)
                                and (:anyTenant = true or owner.tenant = :tenant)
                                and (:anyUser = true or owner.user = :user)
                                and (:anyEndpoint = true or endpointId = :endpoint)
                                and (:anyJob = true or jobId = :job)
                                and (:anyType = true or eventType = :type)
                                and status in :statuses
                            order by id desc""", Delivery.class)
                    .setParameter("first", filter.before() == null)
                    .setParameter("before", orNobody(filter.before()))
                    .setParameter("anyTenant", scope.tenant() == null)
                    .setParameter("tenant", orEmpty(scope.tenant()))
                    .setParameter("anyUser", scope.user() == null)
                    .setParameter("user", orEmpty(scope.user()))
                    .setParameter("anyEndpoint", filter.endpointId() == null)
                    .setParameter("endpoint", orNobody(filter.endpointId()))
                    .setParameter("anyJob", filter.jobId() == null)
                    .setParameter("job", orNobody(filter.jobId()))
                    .setParameter("anyType", filter.eventType() == null)
                    .setParameter("type", orEmpty(filter.eventType()))
                    .setParameterList(
                            "statuses",
                            statuses.stream().map(DeliveryStatus::wireName).toList())
                    .setMaxResults(limit)
                    .getResultList();
        }
    }

    public List<DeliveryAttempt> attempts(UUID deliveryId) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createSelectionQuery(
                            "from DeliveryAttempt where deliveryId = :id order by number", DeliveryAttempt.class)
                    .setParameter("id", deliveryId)
                    .getResultList();
        }
    }

    /** What of a stream is to be sent next, whether its time has come or not. */
    public Optional<Delivery> next(String stream) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session
                    .createSelectionQuery(
                            "from Delivery where stream = :stream and status = 'pending' order by streamSeq, id",
                            Delivery.class)
                    .setParameter("stream", stream)
                    .setMaxResults(1)
                    .getResultList()
                    .stream()
                    .findFirst();
        }
    }

    /** Whether something newer of this kind waits in the same stream. */
    public boolean hasNewer(Delivery delivery) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createSelectionQuery("""
                                    select count(d) from Delivery d where d.stream = :stream and d.status = 'pending'
                                        and d.eventType = :type and d.streamSeq > :seq""", Long.class)
                            .setParameter("stream", delivery.stream())
                            .setParameter("type", delivery.eventType())
                            .setParameter("seq", delivery.streamSeq())
                            .getSingleResult()
                    > 0;
        }
    }

    /**
     * Begins the next attempt, unless another node or thread has it already.
     *
     * @return whether this one has it now; its number is one more than that of the attempts that were seen
     */
    public boolean claim(Delivery seen, String node, Instant now, Instant leaseUntil) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createMutationQuery("""
                            update Delivery set attempts = attempts + 1, node = :node, leaseUntil = :until
                            where id = :id and status = 'pending' and attempts = :attempts and nextAt <= :now
                                and (leaseUntil is null or leaseUntil < :now)""")
                            .setParameter("node", node)
                            .setParameter("until", leaseUntil)
                            .setParameter("id", seen.id())
                            .setParameter("attempts", seen.attempts())
                            .setParameter("now", now)
                            .executeUpdate()
                    == 1;
        }
    }

    /**
     * Ends an attempt.
     *
     * @return whether it was still the one that goes on
     */
    public boolean settle(UUID id, int attempt, Settlement end) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createMutationQuery("""
                            update Delivery set status = :status, nextAt = :next, finishedAt = :finished, url = :url,
                                answerStatus = :answer, error = :error, leaseUntil = null, dispatchedAt = null
                            where id = :id and attempts = :attempt and status = 'pending'""")
                            .setParameter("status", end.status().wireName())
                            .setParameter("next", end.nextAt(), Instant.class)
                            .setParameter("finished", end.finishedAt(), Instant.class)
                            .setParameter("url", end.url())
                            .setParameter("answer", end.answerStatus(), Integer.class)
                            .setParameter("error", end.error(), String.class)
                            .setParameter("id", id)
                            .setParameter("attempt", attempt)
                            .executeUpdate()
                    == 1;
        }
    }

    public void insert(DeliveryAttempt attempt) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            session.insert(attempt);
        }
    }

    /** Lets what waits go on waiting, while no attempt goes on. */
    public void postpone(Delivery seen, Instant until) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            session.createMutationQuery("""
                            update Delivery set nextAt = :until, dispatchedAt = null
                            where id = :id and status = 'pending' and attempts = :attempts""")
                    .setParameter("until", until)
                    .setParameter("id", seen.id())
                    .setParameter("attempts", seen.attempts())
                    .executeUpdate();
        }
    }

    /** Gives up what waits for an endpoint, but for an attempt that goes on. Returns how many. */
    public int discard(UUID endpointId, String error, Instant now) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createMutationQuery("""
                            update Delivery set status = 'discarded', error = :error, nextAt = null, finishedAt = :now,
                                leaseUntil = null, dispatchedAt = null
                            where endpointId = :endpoint and status = 'pending'
                                and (leaseUntil is null or leaseUntil < :now)""")
                    .setParameter("error", error)
                    .setParameter("now", now)
                    .setParameter("endpoint", endpointId)
                    .executeUpdate();
        }
    }

    /** Gives up what waits in a stream, but for an attempt that goes on. Returns how many. */
    public int discardStream(String stream, String error, Instant now) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createMutationQuery("""
                            update Delivery set status = 'discarded', error = :error, nextAt = null, finishedAt = :now,
                                leaseUntil = null, dispatchedAt = null
                            where stream = :stream and status = 'pending'
                                and (leaseUntil is null or leaseUntil < :now)""")
                    .setParameter("error", error)
                    .setParameter("now", now)
                    .setParameter("stream", stream)
                    .executeUpdate();
        }
    }

    /**
     * Has it sent anew, with as many attempts as at first, or at once where it waits.
     *
     * @return whether no attempt was going on
     */
    public boolean again(UUID id, Instant now) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createMutationQuery("""
                            update Delivery set status = 'pending', nextAt = :now, finishedAt = null,
                                roundStart = attempts, leaseUntil = null, dispatchedAt = null
                            where id = :id and (leaseUntil is null or leaseUntil < :now)""")
                            .setParameter("now", now)
                            .setParameter("id", id)
                            .executeUpdate()
                    == 1;
        }
    }

    /**
     * Streams of which something is due, and nobody was told lately: who was told may have forgotten.
     *
     * @param createdBefore what is younger is on its way for the first time
     */
    public List<String> due(Instant now, Instant createdBefore, Instant toldBefore, int limit) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createSelectionQuery("""
                            select d.stream from Delivery d
                            where d.status = 'pending' and d.nextAt <= :now and (d.createdAt <= :created or d.attempts > 0)
                                and (d.leaseUntil is null or d.leaseUntil < :now)
                                and (d.dispatchedAt is null or d.dispatchedAt <= :told)
                            group by d.stream order by min(d.nextAt)""", String.class)
                    .setParameter("now", now)
                    .setParameter("created", createdBefore)
                    .setParameter("told", toldBefore)
                    .setMaxResults(limit)
                    .getResultList();
        }
    }

    /** Somebody was told of these streams. */
    public void told(Collection<String> streams, Instant now) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            session.createMutationQuery(
                            "update Delivery set dispatchedAt = :now where stream in :streams and status = 'pending'")
                    .setParameter("now", now)
                    .setParameterList("streams", streams)
                    .executeUpdate();
        }
    }

    /** Takes back what a node had under way when it was stopped, however it was stopped. Returns how many. */
    public int release(String node) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createMutationQuery("""
                            update Delivery set leaseUntil = null, dispatchedAt = null
                            where node = :node and status = 'pending' and leaseUntil is not null""").setParameter("node", node).executeUpdate();
        }
    }

    /** Removes what ended well before the one time, and what ended otherwise before the other. */
    public int removeOld(Instant deliveredBefore, Instant othersBefore) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createMutationQuery("""
                            delete from Delivery where (status in ('delivered', 'superseded') and finishedAt < :delivered)
                                or (status in ('failed', 'discarded') and finishedAt < :others)""")
                    .setParameter("delivered", deliveredBefore)
                    .setParameter("others", othersBefore)
                    .executeUpdate();
        }
    }

    public void removeOf(UUID endpointId) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            session.createMutationQuery("delete from Delivery where endpointId = :endpoint")
                    .setParameter("endpoint", endpointId)
                    .executeUpdate();
        }
    }

    /** How many there are of each status; statuses without deliveries are missing. */
    public Map<DeliveryStatus, Long> counts(Scope scope) {
        Map<DeliveryStatus, Long> counts = new EnumMap<>(DeliveryStatus.class);
        try (StatelessSession session = Sessions.open(entityManagers)) {
            session.createSelectionQuery("""
                            select d.status, count(d) from Delivery d
                            where (:anyTenant = true or d.owner.tenant = :tenant)
                                and (:anyUser = true or d.owner.user = :user)
                            group by d.status""", Object[].class)
                    .setParameter("anyTenant", scope.tenant() == null)
                    .setParameter("tenant", orEmpty(scope.tenant()))
                    .setParameter("anyUser", scope.user() == null)
                    .setParameter("user", orEmpty(scope.user()))
                    .getResultList()
                    .forEach(row -> DeliveryStatus.ofWireName((String) row[0])
                            .ifPresent(status -> counts.put(status, (Long) row[1])));
        }
        return counts;
    }

    /** How many are to be sent, of everyone's. */
    public long pending() {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createSelectionQuery(
                            "select count(d) from Delivery d where d.status = 'pending'", Long.class)
                    .getSingleResult();
        }
    }

    /** When the oldest of those that are to be sent was written; nothing when there is none. */
    public Optional<Instant> oldestPending(Scope scope) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return Optional.ofNullable(session.createSelectionQuery("""
                            select min(d.createdAt) from Delivery d where d.status = 'pending'
                                and (:anyTenant = true or d.owner.tenant = :tenant)
                                and (:anyUser = true or d.owner.user = :user)""", Instant.class)
                    .setParameter("anyTenant", scope.tenant() == null)
                    .setParameter("tenant", orEmpty(scope.tenant()))
                    .setParameter("anyUser", scope.user() == null)
                    .setParameter("user", orEmpty(scope.user()))
                    .getSingleResultOrNull());
        }
    }

    private static UUID orNobody(@Nullable UUID id) {
        return id == null ? NOBODY : id;
    }
}

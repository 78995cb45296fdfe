// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.entity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.security.entity.Owner;
import dev.drover.security.entity.Scope;
import dev.drover.system.entity.DatabaseKind;
import dev.drover.system.entity.SchemaMigration;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What the stores promise on every database. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class WebhookStoreContract {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123456Z");
    private static final Owner ALICE = new Owner("default", "alice");
    private static final Owner BOB = new Owner("default", "bob");
    private static final DeliveryFilter ALL = new DeliveryFilter(Set.of(), null, null, null, null);
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private SessionFactory sessions;
    private EndpointStore endpoints;
    private DeliveryStore deliveries;

    abstract DataSource database();

    @BeforeAll
    void open() {
        DataSource database = database();
        SchemaMigration.migrate(database, DatabaseKind.of(database));
        Configuration configuration = new Configuration()
                .addAnnotatedClass(Endpoint.class)
                .addAnnotatedClass(Delivery.class)
                .addAnnotatedClass(DeliveryAttempt.class)
                .setProperty("hibernate.jdbc.time_zone", "UTC")
                // The container brings the transaction; here, every statement is one.
                .setProperty("hibernate.allow_update_outside_transaction", "true");
        configuration.getProperties().put("jakarta.persistence.nonJtaDataSource", database);
        sessions = configuration.buildSessionFactory();
        endpoints = new EndpointStore(sessions);
        deliveries = new DeliveryStore(sessions);
    }

    @BeforeEach
    void empty() {
        sessions.inStatelessTransaction(session -> {
            session.createMutationQuery("delete from DeliveryAttempt").executeUpdate();
            session.createMutationQuery("delete from Delivery").executeUpdate();
            session.createMutationQuery("delete from Endpoint").executeUpdate();
        });
    }

    @AfterAll
    void close() {
        // Not there when the test was skipped.
        if (sessions != null) {
            sessions.close();
        }
    }

    @Test
    void anEndpointComesBackAsItWent() {
        Endpoint endpoint = endpoint(ALICE);

        assertThat(find(endpoint)).satisfies(found -> {
            assertThat(found.owner()).isEqualTo(ALICE);
            assertThat(found.allOwners()).isFalse();
            assertThat(found.url()).isEqualTo("https://shop.example.com/hook");
            assertThat(found.description()).isEqualTo("Körprov");
            assertThat(found.eventTypes()).containsExactly("job_completed", "status_update");
            assertThat(found.wants("job_completed")).isTrue();
            assertThat(found.wants("job")).isFalse();
            assertThat(found.enabled()).isTrue();
            assertThat(found.secret()).isEqualTo("whsec_first");
            assertThat(found.revision()).isEqualTo(1);
            assertThat(found.createdAt()).isEqualTo(NOW);
        });
        assertThat(endpoints.find(new Scope("default", "bob"), endpoint.id())).isEmpty();
    }

    @Test
    void onlyTheFirstOfTwoChangesOfTheSameRevisionCounts() {
        Endpoint seen = endpoint(ALICE);

        assertThat(endpoints.update(seen, "https://a.example.com/", "", Set.of("log"), false, NOW))
                .isTrue();
        assertThat(endpoints.update(seen, "https://b.example.com/", "", Set.of("log"), true, NOW))
                .isFalse();
        assertThat(endpoints.rotate(seen, "whsec_second", NOW, NOW)).isFalse();
        assertThat(endpoints.remove(seen)).isFalse();

        assertThat(find(seen).url()).isEqualTo("https://a.example.com/");
        assertThat(find(seen).eventTypes()).containsExactly("log");
        assertThat(find(seen).revision()).isEqualTo(2);
        assertThat(endpoints.remove(find(seen))).isTrue();
        assertThat(endpoints.all()).isEmpty();
    }

    @Test
    void aNewSecretHasTheOldOneBesideItForAWhile() {
        Endpoint seen = endpoint(ALICE);

        assertThat(endpoints.rotate(seen, "whsec_second", NOW.plusSeconds(60), NOW))
                .isTrue();

        assertThat(find(seen).secret()).isEqualTo("whsec_second");
        assertThat(find(seen).previousSecret()).isEqualTo("whsec_first");
        assertThat(find(seen).previousUntil()).isEqualTo(NOW.plusSeconds(60));
    }

    @Test
    void onlyWhatFailsForLongIsDisabledAndASuccessEndsThat() {
        Endpoint endpoint = endpoint(ALICE);
        Instant later = NOW.plus(Duration.ofDays(1));

        endpoints.failed(endpoint.id(), NOW);
        endpoints.failed(endpoint.id(), later);
        assertThat(find(endpoint).failingSince()).isEqualTo(NOW);
        assertThat(endpoints.disable(endpoint.id(), Endpoint.FAILING, NOW.minusSeconds(1), later))
                .isFalse();
        endpoints.succeeded(endpoint.id());
        assertThat(endpoints.disable(endpoint.id(), Endpoint.FAILING, later, later))
                .isFalse();
        endpoints.failed(endpoint.id(), later);
        assertThat(endpoints.disable(endpoint.id(), Endpoint.FAILING, later, later))
                .isTrue();

        assertThat(find(endpoint).enabled()).isFalse();
        assertThat(find(endpoint).disabledReason()).isEqualTo(Endpoint.FAILING);
        assertThat(endpoints.disable(endpoint.id(), Endpoint.GONE, null, later)).isFalse();
        endpoints.update(find(endpoint), endpoint.url(), "", Set.of("log"), true, later);
        assertThat(find(endpoint).disabledReason()).isNull();
        assertThat(find(endpoint).failingSince()).isNull();
    }

    @Test
    void theListOfEndpointsHasPagesAndAScope() {
        Endpoint one = endpoint(ALICE);
        Endpoint two = endpoint(BOB);
        Endpoint three = endpoint(ALICE);

        assertThat(endpoints.list(Scope.EVERYTHING, null, 2))
                .extracting(Endpoint::id)
                .containsExactly(three.id(), two.id());
        assertThat(endpoints.list(Scope.EVERYTHING, two.id(), 2))
                .extracting(Endpoint::id)
                .containsExactly(one.id());
        assertThat(endpoints.list(new Scope("default", "alice"), null, 9))
                .extracting(Endpoint::id)
                .containsExactly(three.id(), one.id());
        assertThat(endpoints.count(new Scope("default", "alice"))).isEqualTo(2);
        assertThat(endpoints.count(new Scope("other", "alice"))).isZero();
    }

    @Test
    void aDeliveryComesBackAsItWent() {
        UUID job = UUID.randomUUID();
        Delivery delivery = insert(toJob(job, 7));

        assertThat(find(delivery)).satisfies(found -> {
            assertThat(found.owner()).isEqualTo(ALICE);
            assertThat(found.endpointId()).isNull();
            assertThat(found.jobId()).isEqualTo(job);
            assertThat(found.eventType()).isEqualTo("status_update");
            assertThat(found.url()).isEqualTo("https://shop.example.com/job");
            assertThat(found.streamSeq()).isEqualTo(7);
            assertThat(found.body()).isEqualTo("{\"seq\":7,\"task\":\"Körprov\"}");
            assertThat(found.traceId()).isEqualTo(TRACE);
            assertThat(found.status()).isEqualTo(DeliveryStatus.PENDING);
            assertThat(found.attempts()).isZero();
            assertThat(found.nextAt()).isEqualTo(NOW);
            assertThat(found.createdAt()).isEqualTo(NOW);
        });
    }

    @Test
    void theNextOfAStreamIsItsFirstWhateverWasWrittenFirst() {
        UUID job = UUID.randomUUID();
        Delivery third = insert(toJob(job, 3));
        Delivery second = insert(toJob(job, 2));
        insert(toJob(UUID.randomUUID(), 1));

        assertThat(next(third)).isEqualTo(second.id());
        deliveries.settle(second.id(), 0, delivered());
        assertThat(next(third)).isEqualTo(third.id());
        deliveries.settle(third.id(), 0, delivered());
        assertThat(deliveries.next(third.stream())).isEmpty();
    }

    @Test
    void anAttemptBelongsToOneWhoClaimsIt() {
        Delivery delivery = insert(toJob(UUID.randomUUID(), 1));
        Instant lease = NOW.plusSeconds(30);

        assertThat(deliveries.claim(delivery, "node-a", NOW, lease)).isTrue();
        assertThat(deliveries.claim(delivery, "node-b", NOW, lease)).isFalse();
        assertThat(deliveries.claim(find(delivery), "node-b", NOW, lease))
                .as("while the lease holds")
                .isFalse();
        assertThat(deliveries.claim(find(delivery), "node-b", lease.plusSeconds(1), lease.plusSeconds(60)))
                .as("after it")
                .isTrue();

        assertThat(deliveries.settle(delivery.id(), 1, delivered()))
                .as("a late end of the first attempt")
                .isFalse();
        assertThat(deliveries.settle(delivery.id(), 2, delivered())).isTrue();
        assertThat(find(delivery).status()).isEqualTo(DeliveryStatus.DELIVERED);
        assertThat(find(delivery).node()).isEqualTo("node-b");
    }

    @Test
    void whatIsTriedAgainWaitsForItsTimeAndKeepsItsAttempts() {
        Delivery delivery = insert(toJob(UUID.randomUUID(), 1));
        deliveries.claim(delivery, "node-a", NOW, NOW.plusSeconds(30));
        deliveries.insert(new DeliveryAttempt(
                delivery.id(),
                1,
                "node-a",
                NOW,
                Duration.ofMillis(1234),
                500,
                "x".repeat(9000),
                "http_status",
                "It is broken."));

        deliveries.settle(
                delivery.id(), 1, Settlement.again(NOW.plusSeconds(60), "https://b.example.com/", 500, "http_status"));

        assertThat(find(delivery).nextAt()).isEqualTo(NOW.plusSeconds(60));
        assertThat(find(delivery).answerStatus()).isEqualTo(500);
        assertThat(find(delivery).url()).isEqualTo("https://b.example.com/");
        assertThat(deliveries.claim(find(delivery), "node-a", NOW.plusSeconds(59), NOW.plusSeconds(90)))
                .isFalse();
        assertThat(due(NOW.plusSeconds(59))).isEmpty();
        assertThat(due(NOW.plusSeconds(60))).containsExactly(delivery.stream());
        assertThat(deliveries.attempts(delivery.id())).singleElement().satisfies(attempt -> {
            assertThat(attempt.number()).isEqualTo(1);
            assertThat(attempt.took()).isEqualTo(Duration.ofMillis(1234));
            assertThat(attempt.answerStatus()).isEqualTo(500);
            assertThat(attempt.answer()).hasSize(2000);
            assertThat(attempt.error()).isEqualTo("http_status");
        });
    }

    @Test
    void whoWasToldOfAStreamIsNotToldAtOnceAgain() {
        Delivery delivery = insert(toJob(UUID.randomUUID(), 1));
        insert(toJob(UUID.fromString(delivery.stream().substring(4)), 2));

        assertThat(deliveries.due(NOW, NOW.minusSeconds(5), NOW, 10))
                .as("on its way")
                .isEmpty();
        assertThat(due(NOW.plusSeconds(10))).containsExactly(delivery.stream());
        deliveries.told(List.of(delivery.stream()), NOW.plusSeconds(10));
        assertThat(due(NOW.plusSeconds(20))).isEmpty();
        assertThat(due(NOW.plusSeconds(71))).containsExactly(delivery.stream());
    }

    @Test
    void whatANodeHadUnderWayIsFreeAfterItsRestart() {
        Delivery delivery = insert(toJob(UUID.randomUUID(), 1));
        deliveries.claim(delivery, "node-a", NOW, NOW.plusSeconds(60));

        assertThat(deliveries.release("node-b")).isZero();
        assertThat(due(NOW.plusSeconds(10))).isEmpty();
        assertThat(deliveries.release("node-a")).isEqualTo(1);

        assertThat(due(NOW.plusSeconds(10))).containsExactly(delivery.stream());
    }

    @Test
    void whatWaitsForAnEndpointIsDiscardedButNotWhatIsUnderWay() {
        Endpoint endpoint = endpoint(ALICE);
        Delivery underWay = insert(Delivery.ofJob(endpoint, UUID.randomUUID(), 1, "log", "{}", null, NOW));
        Delivery waiting = insert(Delivery.ofJob(endpoint, UUID.randomUUID(), 1, "log", "{}", null, NOW));
        Delivery other = insert(toJob(UUID.randomUUID(), 1));
        deliveries.claim(underWay, "node-a", NOW, NOW.plusSeconds(60));

        assertThat(deliveries.discard(endpoint.id(), "endpoint_disabled", NOW)).isEqualTo(1);
        assertThat(deliveries.discardStream(other.stream(), "gone", NOW)).isEqualTo(1);

        assertThat(find(underWay).status()).isEqualTo(DeliveryStatus.PENDING);
        assertThat(find(waiting).status()).isEqualTo(DeliveryStatus.DISCARDED);
        assertThat(find(waiting).error()).isEqualTo("endpoint_disabled");
        assertThat(find(other).finishedAt()).isEqualTo(NOW);
    }

    @Test
    void whatIsSentAnewHasAllItsAttemptsAgainAndTheSameId() {
        Delivery delivery = insert(toJob(UUID.randomUUID(), 1));
        deliveries.claim(delivery, "node-a", NOW, NOW.plusSeconds(60));
        assertThat(deliveries.again(delivery.id(), NOW))
                .as("while it is under way")
                .isFalse();
        deliveries.settle(
                delivery.id(), 1, Settlement.ended(DeliveryStatus.FAILED, NOW, delivery.url(), null, "timeout"));

        assertThat(deliveries.again(delivery.id(), NOW.plusSeconds(5))).isTrue();

        assertThat(find(delivery).status()).isEqualTo(DeliveryStatus.PENDING);
        assertThat(find(delivery).nextAt()).isEqualTo(NOW.plusSeconds(5));
        assertThat(find(delivery).finishedAt()).isNull();
        assertThat(find(delivery).attempts()).isEqualTo(1);
        assertThat(find(delivery).roundStart()).isEqualTo(1);
    }

    @Test
    void aNewerCodeOfTheSameJobIsSeen() {
        UUID job = UUID.randomUUID();
        Delivery first = insert(code(job, 4));
        insert(toJob(job, 5));
        assertThat(deliveries.hasNewer(first)).isFalse();

        Delivery second = insert(code(job, 6));

        assertThat(deliveries.hasNewer(first)).isTrue();
        assertThat(deliveries.hasNewer(second)).isFalse();
    }

    @Test
    void theListOfDeliveriesHasPagesAndFilters() {
        Endpoint endpoint = endpoint(BOB);
        UUID job = UUID.randomUUID();
        Delivery one = insert(toJob(job, 1));
        Delivery two = insert(Delivery.ofJob(endpoint, job, 2, "job_completed", "{}", TRACE, NOW));
        Delivery three = insert(Delivery.ofServer(endpoint, "alert_raised", "{}", NOW, NOW));
        deliveries.settle(three.id(), 0, delivered());

        assertThat(ids(Scope.EVERYTHING, ALL, 2)).containsExactly(three.id(), two.id());
        assertThat(ids(Scope.EVERYTHING, new DeliveryFilter(Set.of(), null, null, null, two.id()), 2))
                .containsExactly(one.id());
        assertThat(ids(new Scope("default", "bob"), ALL, 9)).containsExactly(three.id(), two.id());
        assertThat(ids(
                        Scope.EVERYTHING,
                        new DeliveryFilter(Set.of(DeliveryStatus.DELIVERED), null, null, null, null),
                        9))
                .containsExactly(three.id());
        assertThat(ids(Scope.EVERYTHING, new DeliveryFilter(Set.of(), endpoint.id(), job, null, null), 9))
                .containsExactly(two.id());
        assertThat(ids(Scope.EVERYTHING, new DeliveryFilter(Set.of(), null, null, "alert_raised", null), 9))
                .containsExactly(three.id());
        assertThat(deliveries.counts(Scope.EVERYTHING))
                .containsEntry(DeliveryStatus.PENDING, 2L)
                .containsEntry(DeliveryStatus.DELIVERED, 1L);
        assertThat(deliveries.counts(new Scope("default", "alice"))).containsOnlyKeys(DeliveryStatus.PENDING);
        assertThat(deliveries.oldestPending(Scope.EVERYTHING)).contains(NOW);
        assertThat(deliveries.oldestPending(new Scope("default", "carol"))).isEmpty();
        assertThat(deliveries.pending()).isEqualTo(2);
    }

    @Test
    void whatNobodyTookIsKeptForLonger() {
        Delivery taken = insert(toJob(UUID.randomUUID(), 1));
        Delivery failed = insert(toJob(UUID.randomUUID(), 1));
        insert(toJob(UUID.randomUUID(), 1));
        deliveries.settle(taken.id(), 0, delivered());
        deliveries.insert(new DeliveryAttempt(taken.id(), 1, "node-a", NOW, Duration.ZERO, 200, "", null, null));
        deliveries.settle(
                failed.id(), 0, Settlement.ended(DeliveryStatus.FAILED, NOW, "https://x.example.com", null, "timeout"));

        assertThat(deliveries.removeOld(NOW.plusSeconds(1), NOW)).isEqualTo(1);
        assertThat(deliveries.removeOld(NOW.plusSeconds(1), NOW.plusSeconds(1))).isEqualTo(1);

        assertThat(deliveries.list(Scope.EVERYTHING, ALL, 9)).hasSize(1);
        assertThat(deliveries.attempts(taken.id())).isEmpty();
    }

    private Endpoint endpoint(Owner owner) {
        Endpoint endpoint = new Endpoint(
                Endpoint.nextId(),
                owner,
                false,
                "https://shop.example.com/hook",
                "Körprov",
                List.of("status_update", "job_completed"),
                "whsec_first",
                NOW);
        endpoints.insert(endpoint);
        return endpoint;
    }

    private static Delivery toJob(UUID job, int seq) {
        return Delivery.toAddressOfJob(
                ALICE,
                job,
                seq,
                "status_update",
                "https://shop.example.com/job",
                "{\"seq\":" + seq + ",\"task\":\"Körprov\"}",
                TRACE,
                NOW);
    }

    private static Delivery code(UUID job, int seq) {
        return Delivery.toAddressOfJob(
                ALICE, job, seq, "qr_code_update", "https://shop.example.com/job", "{}", TRACE, NOW);
    }

    private static Settlement delivered() {
        return Settlement.ended(DeliveryStatus.DELIVERED, NOW, "https://shop.example.com/job", 200, null);
    }

    private Delivery insert(Delivery delivery) {
        deliveries.insert(List.of(delivery));
        return delivery;
    }

    private Endpoint find(Endpoint endpoint) {
        return endpoints.find(Scope.EVERYTHING, endpoint.id()).orElseThrow();
    }

    private Delivery find(Delivery delivery) {
        return deliveries.find(Scope.EVERYTHING, delivery.id()).orElseThrow();
    }

    private @Nullable UUID next(Delivery ofStream) {
        return deliveries.next(ofStream.stream()).map(Delivery::id).orElse(null);
    }

    private List<String> due(Instant now) {
        return deliveries.due(now, now.minusSeconds(5), now.minusSeconds(60), 10);
    }

    private List<UUID> ids(Scope scope, DeliveryFilter filter, int limit) {
        return deliveries.list(scope, filter, limit).stream().map(Delivery::id).toList();
    }
}

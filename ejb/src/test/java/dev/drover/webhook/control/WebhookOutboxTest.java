// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.event.control.EventOutbox.Source;
import dev.drover.event.entity.EventType;
import dev.drover.event.entity.JobEvent;
import dev.drover.security.entity.Owner;
import dev.drover.system.control.ManualClock;
import dev.drover.system.control.Transactions;
import dev.drover.webhook.entity.Delivery;
import dev.drover.webhook.entity.DeliveryStore;
import dev.drover.webhook.entity.Endpoint;
import dev.drover.webhook.entity.EndpointStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WebhookOutboxTest {

    private static final Owner ALICE = new Owner("default", "alice");
    private static final Owner BOB = new Owner("default", "bob");
    private static final UUID JOB = UUID.fromString("01980c8e-7f3a-7cc1-b4a5-2c5b8d1f0e6a");
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private final ManualClock clock = new ManualClock();
    private final List<Endpoint> registered = new ArrayList<>();
    private final List<Delivery> written = new ArrayList<>();
    private final List<String> dispatched = new ArrayList<>();
    private int reads;
    private final Endpoints endpoints = new Endpoints(
            new EndpointStore() {
                @Override
                public List<Endpoint> all() {
                    reads++;
                    return List.copyOf(registered);
                }
            },
            new Transactions());
    private final WebhookOutbox outbox = new WebhookOutbox(
            endpoints,
            new DeliveryStore() {
                @Override
                public void insert(List<Delivery> deliveries) {
                    written.addAll(deliveries);
                }
            },
            new DeliveryDispatcher() {
                @Override
                void dispatch(String stream) {
                    dispatched.add(stream);
                }
            },
            clock);

    @Test
    void whereNobodyListensTheDatabaseIsAskedOnceForAllEvents() {
        for (int i = 0; i < 1000; i++) {
            assertThat(outbox.hasListeners()).isFalse();
        }

        assertThat(reads).isEqualTo(1);
        assertThat(written).isEmpty();
    }

    @Test
    void theAddressOfAJobIsToldWhatPeopleWaitFor() {
        Runnable sending = outbox.keep(
                List.of(
                        event(ALICE, 1, EventType.STATUS_UPDATE),
                        event(ALICE, 2, EventType.LOG),
                        event(ALICE, 3, EventType.JOB_COMPLETED)),
                Map.of(JOB, new Source("https://shop.example.com/", TRACE)));

        assertThat(written).extracting(Delivery::eventType).containsExactly("status_update", "job_completed");
        assertThat(written).allSatisfy(delivery -> {
            assertThat(delivery.body()).contains("\"job_id\":\"" + JOB + "\"", "\"data\":{\"task\":\"Körprov\"}");
            assertThat(delivery.traceId()).isEqualTo(TRACE);
            assertThat(delivery.owner()).isEqualTo(ALICE);
        });
        assertThat(dispatched).as("not before the commit").isEmpty();
        sending.run();
        assertThat(dispatched).containsExactly("job:" + JOB);
    }

    @Test
    void anEndpointHearsOfItsOwnersJobsAndAnAdministratorsOfAll() {
        Endpoint alices = endpoint(ALICE, false, "job_completed");
        Endpoint everyones = endpoint(BOB, true, "job_completed");
        endpoint(BOB, false, "job_completed");
        endpoint(ALICE, false, "log");
        endpoints.refresh();

        outbox.keep(List.of(event(ALICE, 1, EventType.JOB_COMPLETED)), Map.of(JOB, new Source(null, TRACE)))
                .run();

        assertThat(outbox.hasListeners()).isTrue();
        assertThat(written).extracting(Delivery::endpointId).containsExactlyInAnyOrder(alices.id(), everyones.id());
        assertThat(dispatched).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void eventsOfJobsThatNobodyAskedForAreNotWritten() {
        Runnable sending = outbox.keep(List.of(event(ALICE, 1, EventType.STATUS_UPDATE)), Map.of());

        sending.run();
        assertThat(written).isEmpty();
        assertThat(dispatched).isEmpty();
    }

    private Endpoint endpoint(Owner owner, boolean allOwners, String type) {
        Endpoint endpoint = new Endpoint(
                Endpoint.nextId(),
                owner,
                allOwners,
                "https://shop.example.com/",
                "",
                Set.of(type),
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                clock.instant());
        registered.add(endpoint);
        return endpoint;
    }

    private JobEvent event(Owner owner, int seq, EventType type) {
        return new JobEvent(JOB, seq, owner, "noop", type, clock.instant(), "{\"task\":\"Körprov\"}");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.event.control.EventFilter;
import dev.drover.event.control.EventHub;
import dev.drover.event.control.Subscription;
import dev.drover.event.entity.EventQueries;
import dev.drover.event.entity.JobEvent;
import dev.drover.job.entity.JobQueries;
import dev.drover.job.entity.JobWrite;
import dev.drover.qa.container.FrameList;
import dev.drover.qa.container.InContainer;
import dev.drover.qa.container.ProbeJobs;
import dev.drover.security.entity.Scope;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Group commit with the server's own transactions and connections. */
@InContainer
@SuppressWarnings({"NullAway.Init", "try"}) // injected; what is only held open
class JobLedgerIT {

    @Inject
    private JobLedger ledger;

    @Inject
    private EventHub hub;

    @Inject
    private EventQueries events;

    @Inject
    private Jobs jobs;

    @Inject
    private JobQueries queries;

    private ProbeJobs probes;

    @BeforeEach
    void useProbes() {
        probes = new ProbeJobs(jobs, queries);
    }

    @Test
    void aFailingWriteFailsAloneAndTheRestOfItsGroupIsCommitted() {
        JobWrite.Submit taken = ProbeJobs.row("ledger-taken", Instant.now());
        JobWrite.Submit before = ProbeJobs.row("ledger-before", Instant.now());
        JobWrite.Submit after = ProbeJobs.row("ledger-after", Instant.now());
        Map<UUID, Boolean> succeeded = new ConcurrentHashMap<>();

        // What is written from an answer, on the ledger's own thread, is its next group.
        ledger.write(taken, (first, none) -> List.of(before, taken, after)
                .forEach(write -> ledger.write(
                        write, (job, failure) -> succeeded.put(write.job().id(), failure == null))));

        Awaitility.await().until(() -> succeeded.size() == 3);
        assertThat(succeeded)
                .containsEntry(before.job().id(), true)
                .containsEntry(taken.job().id(), false)
                .containsEntry(after.job().id(), true);
        assertThat(probes.find(before.job().id())).isPresent();
        assertThat(probes.find(after.job().id())).isPresent();
        assertThat(events.after(taken.job().id(), 0, 10))
                .extracting(JobEvent::seq)
                .containsExactly(1);
    }

    @Test
    void aGroupThatIsRolledBackLeavesNoRowAndTellsNobody() {
        JobWrite.Submit broken = ProbeJobs.row("ledger-broken", Instant.now(), "too long a name for a task ".repeat(3));
        JobWrite.Submit whole = ProbeJobs.row("ledger-whole", Instant.now());
        FrameList heard = new FrameList();

        try (Subscription subscription =
                hub.subscribe(new EventFilter(Scope.EVERYTHING, Set.of(), null, Map.of()), heard)) {
            assertThatThrownBy(() -> ledger.writeAndWait(broken)).isInstanceOf(RuntimeException.class);
            ledger.writeAndWait(whole);

            // Events come in the order of the writes.
            Awaitility.await().until(() -> !heard.of(whole.job().id()).isEmpty());
        }

        // The row itself was written before its event failed.
        assertThat(probes.find(broken.job().id())).isEmpty();
        assertThat(heard.of(broken.job().id())).isEmpty();
    }
}

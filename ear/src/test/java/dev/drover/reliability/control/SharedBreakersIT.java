// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.job.control.SiteGuard;
import dev.drover.qa.container.InContainer;
import dev.drover.reliability.entity.BreakerRecord;
import dev.drover.reliability.entity.BreakerState;
import dev.drover.reliability.entity.BreakerStore;
import dev.drover.system.control.Transactions;
import dev.drover.task.control.ErrorCategory;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the server's timer carries between the nodes. */
@InContainer
@SuppressWarnings("NullAway.Init") // injected
class SharedBreakersIT {

    private static final Duration TOOK = Duration.ofSeconds(10);
    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject
    private SiteGuard guard;

    @Inject
    private SharedBreakers shared;

    @Inject
    private BreakerStore store;

    @Inject
    private Transactions transactions;

    @Test
    void whatThisNodeOpensIsWrittenForTheOthersAndResetAgain() {
        String site = "here.example.com";
        for (int i = 0; i < 10; i++) {
            visit(site).failed(ErrorCategory.NETWORK, "net_connection_refused", TOOK);
        }

        await().atMost(SOON).until(() -> state("site:" + site).equals(Optional.of(BreakerState.OPEN)));
        assertThat(shared.reset("site:" + site)).isPresent();

        assertThat(state("site:" + site)).contains(BreakerState.CLOSED);
        visit(site).succeeded(TOOK);
    }

    @Test
    void whatAnotherNodeOpensIsOpenHere() {
        String site = "there.example.com";
        visit(site).succeeded(TOOK);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        BreakerRecord row = new BreakerRecord(
                "site:" + site, BreakerState.OPEN, 0.8, 10, now, now.plusSeconds(600), null, now, "another node", 1);

        transactions.inNew(() -> store.write(row));

        await().atMost(SOON).until(() -> isOpen(site));
        shared.reset("site:" + site);
        visit(site).succeeded(TOOK);
    }

    private SiteGuard.Visit visit(String site) {
        SiteGuard.Entry entry = guard.enter(site);
        assertThat(entry).isInstanceOf(SiteGuard.Entry.Granted.class);
        return ((SiteGuard.Entry.Granted) entry).visit();
    }

    private boolean isOpen(String site) {
        SiteGuard.Entry entry = guard.enter(site);
        if (entry instanceof SiteGuard.Entry.Granted granted) {
            granted.visit().dropped();
        }
        return entry instanceof SiteGuard.Entry.Later later && later.code().equals("breaker_open");
    }

    private Optional<BreakerState> state(String name) {
        return transactions.resultInNew(() -> store.find(name)).map(BreakerRecord::state);
    }
}

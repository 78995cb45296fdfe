// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import static dev.drover.reliability.control.Sites.BREAKER_ONLY;
import static dev.drover.reliability.control.Sites.NAME;
import static dev.drover.reliability.control.Sites.SITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.reliability.entity.BreakerRecord;
import dev.drover.reliability.entity.BreakerState;
import dev.drover.reliability.entity.BreakerStore;
import dev.drover.system.control.NodeIdentity;
import dev.drover.system.control.Transactions;
import jakarta.persistence.PersistenceException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SharedBreakersTest {

    private final SteppedClock clock = new SteppedClock();
    private final Rows rows = new Rows();
    private final Node a = new Node("a");
    private final Node b = new Node("b");

    @Test
    void aBreakerThatOneNodeOpensIsOpenOnAll() {
        b.sites.succeed(1);
        a.sites.fail(10);
        exchange();

        assertThat(b.sites.state()).isEqualTo(BreakerState.OPEN);
        assertThat(b.sites.refused(SITE).at()).isEqualTo(a.sites.view().retryAt());
    }

    @Test
    void aSiteThatANodeHasNotVisitedYetIsOpenThereToo() {
        a.sites.fail(10);
        b.sites.enter("other.example.com");
        exchange();

        assertThat(b.sites.refused(SITE).code()).isEqualTo("breaker_open");
    }

    @Test
    void oneNodesProbesCloseItOnAll() {
        b.sites.succeed(1);
        a.sites.fail(10);
        exchange();
        clock.step(Duration.ofSeconds(30));

        b.sites.succeed(3);
        exchange();

        assertThat(b.sites.state()).isEqualTo(BreakerState.CLOSED);
        assertThat(a.sites.state()).isEqualTo(BreakerState.CLOSED);
        assertThat(rows.row(NAME).state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void oneNodesFailedProbesKeepItOpenOnAll() {
        b.sites.succeed(1);
        a.sites.fail(10);
        exchange();
        clock.step(Duration.ofSeconds(30));

        b.sites.fail(3);
        exchange();

        assertThat(a.sites.view().retryAt()).isEqualTo(clock.instant().plusSeconds(30));
    }

    @Test
    void nodesThatLearnDoNotRepeatIt() {
        b.sites.succeed(1);
        a.sites.fail(10);
        exchange();
        int written = rows.written;

        for (int i = 0; i < 5; i++) {
            clock.step(Duration.ofSeconds(2));
            exchange();
        }

        assertThat(rows.written).isEqualTo(written).isEqualTo(1);
    }

    @Test
    void whenBothOpenItAtOnceBothStayOpen() {
        a.sites.fail(10);
        b.sites.fail(10);
        exchange();
        exchange();
        int written = rows.written;
        exchange();

        assertThat(a.sites.state()).isEqualTo(BreakerState.OPEN);
        assertThat(b.sites.state()).isEqualTo(BreakerState.OPEN);
        assertThat(rows.written).as("nothing left to tell").isEqualTo(written);
    }

    @Test
    void aRowThatAnotherNodeMadeMeanwhileIsLearnedFirst() {
        a.sites.fail(10);
        rows.beforeWrite = () -> {
            rows.beforeWrite = () -> {};
            b.sites.fail(10);
            b.shared.exchange();
        };

        a.shared.exchange();
        a.shared.exchange();

        assertThat(rows.row(NAME).revision()).isEqualTo(2);
        assertThat(a.sites.state()).isEqualTo(BreakerState.OPEN);
    }

    @Test
    void aResetOnOneNodeResetsAll() {
        b.sites.succeed(1);
        a.sites.fail(10);
        exchange();

        assertThat(b.shared.reset(NAME))
                .hasValueSatisfying(view -> assertThat(view.state()).isEqualTo(BreakerState.CLOSED));
        exchange();

        assertThat(a.sites.state()).isEqualTo(BreakerState.CLOSED);
        a.sites.succeed(1);
        b.sites.succeed(1);
    }

    @Test
    void aResetForgetsWhatOtherNodesHaveCountedToo() {
        a.sites.fail(9);
        b.sites.fail(9);

        a.shared.reset(NAME);
        exchange();
        a.sites.fail(9);
        b.sites.fail(9);

        assertThat(a.sites.state()).isEqualTo(BreakerState.CLOSED);
        assertThat(b.sites.state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void aBreakerThatOpensAgainAfterAResetIsOpenOnAll() {
        b.sites.succeed(1);
        a.sites.fail(10);
        exchange();
        b.shared.reset(NAME);
        exchange();
        clock.step(Duration.ofSeconds(1));

        b.sites.fail(10);
        exchange();

        assertThat(a.sites.state()).isEqualTo(BreakerState.OPEN);
        assertThat(rows.row(NAME).resetAt()).isPresent();
    }

    @Test
    void whatNobodyKnowsCannotBeReset() {
        assertThat(a.shared.reset(NAME)).isEmpty();
        assertThat(a.shared.reset("*")).isEmpty();
        assertThat(rows.byName).isEmpty();
    }

    @Test
    void anyNodeCanResetWhatItKnowsFromTheRowsAlone() {
        a.sites.fail(10);
        a.shared.exchange();

        assertThat(b.shared.list()).singleElement().satisfies(view -> assertThat(view.state())
                .isEqualTo(BreakerState.OPEN));
        assertThat(b.shared.reset(NAME)).isPresent();
        exchange();

        assertThat(a.sites.state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void allBreakersAreResetOnAllNodes() {
        exchange();
        a.sites.succeed(1);
        b.sites.succeed(1);
        exchange();
        a.sites.fail(9);
        b.sites.enter("other.example.com").dropped();
        for (int i = 0; i < 9; i++) {
            Sites.fail(b.sites.enter("other.example.com"));
        }
        a.shared.exchange();

        assertThat(a.shared.resetAll()).isEqualTo(1);
        exchange();
        Sites.fail(b.sites.enter("other.example.com"));

        assertThat(a.sites.state()).isEqualTo(BreakerState.CLOSED);
        assertThat(b.sites.breakers.list())
                .allSatisfy(view -> assertThat(view.state()).isEqualTo(BreakerState.CLOSED));
        assertThat(a.shared.list()).extracting(BreakerView::name).doesNotContain("*");
    }

    @Test
    void aRowThatWasRemovedIsMadeAnew() {
        a.sites.fail(10);
        a.shared.exchange();
        rows.byName.clear();
        clock.step(Duration.ofSeconds(30));

        a.sites.fail(3);
        a.shared.exchange();

        assertThat(rows.row(NAME).revision()).isEqualTo(1);
    }

    @Test
    void nodesThatVisitNoSiteAskNobody() {
        a.shared.exchange();
        assertThat(rows.reads).isZero();

        a.sites.succeed(1);
        a.shared.exchange();
        assertThat(rows.reads).isEqualTo(1);

        clock.step(Duration.ofMinutes(2));
        a.shared.exchange();
        assertThat(rows.reads).isEqualTo(1);
    }

    private void exchange() {
        a.shared.exchange();
        b.shared.exchange();
        a.shared.exchange();
        b.shared.exchange();
    }

    private final class Node {
        final Sites sites = new Sites(clock, BREAKER_ONLY, List.of(), 100);
        final SharedBreakers shared;

        Node(String name) {
            this.shared = new SharedBreakers(sites.breakers, rows, new Transactions(), new Named(name), clock);
        }
    }

    private static final class Named extends NodeIdentity {
        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }
    }

    /** The store in memory, with the conditions of its statements. */
    private static final class Rows extends BreakerStore {

        private final Map<String, BreakerRecord> byName = new HashMap<>();
        private Runnable beforeWrite = () -> {};
        private int written;
        private int reads;

        BreakerRecord row(String name) {
            return find(name).orElseThrow();
        }

        @Override
        public List<BreakerRecord> newest(int limit) {
            reads++;
            return byName.values().stream()
                    .sorted(Comparator.comparing(BreakerRecord::updatedAt).reversed())
                    .limit(limit)
                    .toList();
        }

        @Override
        public Optional<BreakerRecord> find(String name) {
            return Optional.ofNullable(byName.get(name));
        }

        @Override
        public boolean write(BreakerRecord row) {
            beforeWrite.run();
            long seen = find(row.name()).map(BreakerRecord::revision).orElse(0L);
            if (row.revision() == 1 && seen > 0) {
                throw new PersistenceException("the row is there");
            }
            if (row.revision() != seen + 1) {
                return false;
            }
            byName.put(row.name(), row);
            written++;
            return true;
        }

        @Override
        public int resetAll(String node, Instant now) {
            byName.replaceAll((name, row) ->
                    new BreakerRecord(name, BreakerState.CLOSED, 0, 0, null, null, now, now, node, row.revision() + 1));
            return byName.size();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import static dev.drover.reliability.control.Sites.BREAKER_ONLY;
import static dev.drover.reliability.control.Sites.NAME;
import static dev.drover.reliability.control.Sites.SITE;
import static dev.drover.reliability.control.Sites.TOOK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.job.control.SiteGuard.Entry;
import dev.drover.job.control.SiteGuard.Visit;
import dev.drover.reliability.entity.BreakerRecord;
import dev.drover.reliability.entity.BreakerState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What holds of a breaker whatever happens, tried with many orders of what can happen. */
class BreakerPropertyTest {

    private static final int LIVES = 3000;
    private static final int STEPS = 80;
    private static final List<BreakerState> STATES = List.of(BreakerState.values());

    @Test
    void whateverHappensNobodyEntersAnOpenBreakerAndAProbeAlwaysDoesAfterItsTime() {
        for (long seed = 1; seed <= LIVES; seed++) {
            new Life(seed).live();
        }
    }

    /** One breaker with its visitors. */
    private static final class Life {
        private final long seed;
        private final Random random;
        private final Sites sites = new Sites(BREAKER_ONLY);
        private final List<Visit> running = new ArrayList<>();
        private long revision;

        Life(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
        }

        void live() {
            for (int i = 0; i < STEPS; i++) {
                step();
                assertThat(running())
                        .as("visits that go on, seed %d, step %d", seed, i)
                        .isEqualTo(running.size());
            }
            while (!running.isEmpty()) {
                leave();
            }
            assertThat(running()).isZero();
            aProbeGetsInAfterItsTime();
        }

        private void step() {
            switch (random.nextInt(12)) {
                case 0, 1, 2, 3 -> enter();
                case 4, 5, 6, 7 -> {
                    if (!running.isEmpty()) {
                        leave();
                    }
                }
                case 8, 9 -> sites.clock.step(Duration.ofMillis(random.nextInt(20_000)));
                case 10 -> hear();
                default -> {
                    if (random.nextInt(4) == 0) {
                        sites.breakers.resetHere(NAME, sites.clock.instant());
                    } else {
                        sites.breakers.news("here").forEach(sites.breakers::told);
                    }
                }
            }
        }

        private void enter() {
            Instant now = sites.clock.instant();
            Instant retryAt =
                    sites.breakers.find(NAME).map(BreakerView::retryAt).orElse(null);
            boolean open =
                    sites.breakers.find(NAME).map(BreakerView::state).orElse(BreakerState.CLOSED) == BreakerState.OPEN;
            switch (sites.breakers.enter(SITE)) {
                case Entry.Granted granted -> {
                    assertThat(open && retryAt != null && now.isBefore(retryAt))
                            .as("let in while open, seed %d", seed)
                            .isFalse();
                    running.add(granted.visit());
                }
                case Entry.Later later ->
                    assertThat(later.at())
                            .as("seed %d", seed)
                            .isAfterOrEqualTo(open && retryAt != null && now.isBefore(retryAt) ? retryAt : now);
            }
        }

        private void leave() {
            Visit visit = running.remove(random.nextInt(running.size()));
            switch (random.nextInt(5)) {
                case 0 -> visit.dropped();
                case 1, 2 -> visit.succeeded(TOOK);
                default -> Sites.fail(visit);
            }
            if (random.nextInt(10) == 0) {
                visit.dropped();
            }
        }

        /** Another node has written. */
        private void hear() {
            Instant now = sites.clock.instant();
            BreakerState state = STATES.get(random.nextInt(STATES.size()));
            Instant retry = state == BreakerState.CLOSED ? null : now.plusSeconds(random.nextInt(40) - 10L);
            Instant reset = random.nextInt(5) == 0 ? now : null;
            sites.breakers.learn(
                    NAME, new BreakerRecord(NAME, state, 0.5, 10, retry, retry, reset, now, "there", ++revision));
        }

        private void aProbeGetsInAfterItsTime() {
            Instant retryAt =
                    sites.breakers.find(NAME).map(BreakerView::retryAt).orElse(null);
            goOnTo(retryAt);
            assertThat(sites.breakers.enter(SITE))
                    .as("a probe, seed %d", seed)
                    .isInstanceOfSatisfying(
                            Entry.Granted.class, granted -> granted.visit().succeeded(TOOK));
            // What was counted before may open it once more.
            int sentAway = 0;
            for (int i = 0; i < 60; i++) {
                if (sites.breakers.enter(SITE) instanceof Entry.Granted granted) {
                    granted.visit().succeeded(TOOK);
                } else {
                    sentAway++;
                    goOnTo(sites.view().retryAt());
                }
            }
            assertThat(sentAway).as("seed %d", seed).isLessThanOrEqualTo(1);
            assertThat(sites.state()).as("seed %d", seed).isEqualTo(BreakerState.CLOSED);
            assertThat(sites.view().calls()).isPositive();
            assertThat(running()).isZero();
        }

        private void goOnTo(@Nullable Instant time) {
            if (time != null && time.isAfter(sites.clock.instant())) {
                sites.clock.step(Duration.between(sites.clock.instant(), time));
            }
        }

        private int running() {
            return sites.breakers.find(NAME).map(BreakerView::running).orElse(0);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.security.entity.Owner;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class UserSlotsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Owner ALICE = new Owner("default", "alice");
    private static final Owner BOB = new Owner("default", "bob");

    @Test
    void aUserWithAllSlotsKeepsNobodyElseWaiting() {
        UserSlots slots = new UserSlots(2);

        assertThat(slots.take(ALICE, NOW)).isNull();
        assertThat(slots.take(ALICE, NOW)).isNull();
        assertThat(slots.take(ALICE, NOW)).isAfter(NOW);
        assertThat(slots.take(BOB, NOW)).isNull();
    }

    @Test
    void thoseWhoAreSentAwayComeAgainOneAfterTheOther() {
        UserSlots slots = new UserSlots(1);
        slots.take(ALICE, NOW);

        Instant first = slots.take(ALICE, NOW);
        assertThat(slots.take(ALICE, NOW)).isAfter(first);
    }

    @Test
    void aSlotThatIsFreeAgainIsTaken() {
        UserSlots slots = new UserSlots(1);
        slots.take(ALICE, NOW);
        slots.free(ALICE);

        assertThat(slots.take(ALICE, NOW)).isNull();
    }

    @Test
    void withoutALimitEveryoneGetsOne() {
        UserSlots slots = new UserSlots(0);
        for (int i = 0; i < 1000; i++) {
            assertThat(slots.take(ALICE, NOW)).isNull();
        }
    }
}

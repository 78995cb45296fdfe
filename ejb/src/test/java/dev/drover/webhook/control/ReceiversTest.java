// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.system.control.ManualClock;
import dev.drover.webhook.control.Receivers.Busy;
import dev.drover.webhook.control.Receivers.Granted;
import dev.drover.webhook.control.Receivers.Paused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReceiversTest {

    private final ManualClock clock = new ManualClock();
    private final Receivers receivers = new Receivers(MailRoom.settings(), clock);

    @Test
    void whoIsNotKnownYetGetsOneAtATime() {
        assertThat(receivers.enter("a", "a1")).isInstanceOf(Granted.class);
        assertThat(receivers.enter("a", "a2")).isInstanceOf(Busy.class);
        assertThat(receivers.enter("b", "b1")).isInstanceOf(Granted.class);
    }

    @Test
    void whoAnswersQuicklyGetsItsFullShare() {
        prove("a");

        assertThat(receivers.enter("a", "a1")).isInstanceOf(Granted.class);
        assertThat(receivers.enter("a", "a2")).isInstanceOf(Granted.class);
        assertThat(receivers.enter("a", "a3")).isInstanceOf(Granted.class);
        assertThat(receivers.enter("a", "a4")).isInstanceOf(Busy.class);
    }

    @Test
    void howeverManyHangHalfOfTheSendersIsLeftToTheQuickOnes() {
        prove("quick");
        for (int i = 0; i < 4; i++) {
            assertThat(receivers.enter("hangs-" + i, "h" + i)).isInstanceOf(Granted.class);
        }

        assertThat(receivers.enter("hangs-4", "h4")).isInstanceOf(Busy.class);
        assertThat(receivers.enter("quick", "q1")).isInstanceOf(Granted.class);
        assertThat(receivers.enter("quick", "q2")).isInstanceOf(Granted.class);
        assertThat(receivers.enter("quick", "q3")).isInstanceOf(Granted.class);
    }

    @Test
    void whoHasBecomeSlowGetsOneAtATimeAgain() {
        prove("a");
        Granted slow = granted("a", "a1");
        Granted other = granted("a", "a2");
        clock.step(Receivers.QUICK);
        receivers.leave("a", slow);

        assertThat(receivers.enter("a", "a3")).isInstanceOf(Busy.class);
        assertThat(receivers.leave("a", other)).containsExactly("a3");
        assertThat(receivers.running()).isZero();
    }

    @Test
    void whoWasRefusedIsCalledInTheOrderOfComingWhenThereIsRoom() {
        Granted first = granted("a", "a1");
        List<Receivers.Entry> refused = new ArrayList<>();
        for (String stream : List.of("a2", "a3", "a3", "a4", "a5")) {
            refused.add(receivers.enter("a", stream));
        }
        assertThat(refused).allMatch(Busy.class::isInstance);

        assertThat(receivers.leave("a", first)).containsExactly("a2", "a3", "a4");
        assertThat(receivers.leave("a", granted("a", "a2"))).containsExactly("a5");
    }

    @Test
    void roomThatASlowOneLeavesGoesToAnother() {
        List<Granted> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            all.add(granted("hangs-" + i, "h" + i));
        }
        receivers.enter("hangs-4", "h4");
        clock.step(Duration.ofSeconds(15));

        assertThat(receivers.leave("hangs-0", all.getFirst())).containsExactly("h4");
    }

    @Test
    void whoWantsToBeLeftAloneIs() {
        Granted granted = granted("a", "a1");
        receivers.pause("a", clock.instant().plusSeconds(60));
        receivers.leave("a", granted);

        assertThat(receivers.enter("a", "a2"))
                .isEqualTo(new Paused(clock.instant().plusSeconds(60)));
        assertThat(receivers.enter("b", "b1")).isInstanceOf(Granted.class);
        clock.step(Duration.ofMinutes(1));
        assertThat(receivers.enter("a", "a2")).isInstanceOf(Granted.class);
    }

    @Test
    void nothingIsLostCountOfHoweverItGoes() {
        List<Granted> onTheirWay = new ArrayList<>();
        prove("a");
        for (int round = 0; round < 50; round++) {
            if (receivers.enter("a", "s" + round) instanceof Granted granted) {
                onTheirWay.add(granted);
            }
            clock.step(Duration.ofMillis(round * 100L));
            if (onTheirWay.size() > 1) {
                receivers.leave("a", onTheirWay.removeFirst());
            }
        }
        onTheirWay.forEach(granted -> receivers.leave("a", granted));

        assertThat(receivers.running()).isZero();
        for (int i = 0; i < 4; i++) {
            assertThat(receivers.enter("new-" + i, "n" + i)).isInstanceOf(Granted.class);
        }
    }

    private void prove(String receiver) {
        receivers.leave(receiver, granted(receiver, "proof"));
    }

    private Granted granted(String receiver, String stream) {
        Receivers.Entry entry = receivers.enter(receiver, stream);
        assertThat(entry).isInstanceOf(Granted.class);
        return (Granted) entry;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.security.entity.Owner;
import dev.drover.session.entity.BrowserSession;
import dev.drover.session.entity.CloseReason;
import dev.drover.session.entity.SessionStatus;
import dev.drover.session.entity.StartPage;
import dev.drover.system.control.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveSessionTest {

    private final ManualClock clock = new ManualClock();
    private final FakeBrowser browser = new FakeBrowser();
    private final LiveSession session = new LiveSession(
            new BrowserSession(
                    BrowserSession.nextId(),
                    new Owner("default", "alice"),
                    "node-a",
                    "chromium",
                    true,
                    false,
                    false,
                    "{}",
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(150),
                    new StartPage(null, StartPage.Wait.LOAD),
                    null,
                    SessionStatus.READY,
                    4711,
                    clock.instant()),
            browser,
            clock);

    @Test
    void itEndsWhenNobodyHasUsedItForItsIdleTime() {
        clock.step(Duration.ofSeconds(59));
        assertThat(session.due()).isNull();

        clock.step(Duration.ofSeconds(1));

        assertThat(session.due()).isEqualTo(CloseReason.IDLE);
    }

    @Test
    void useKeepsItButNotForEver() {
        clock.step(Duration.ofSeconds(59));
        session.seen();
        clock.step(Duration.ofSeconds(59));
        session.seen();
        assertThat(session.due()).isNull();
        assertThat(session.expires()).isEqualTo(session.row().createdAt().plusSeconds(150));

        clock.step(Duration.ofSeconds(32));

        assertThat(session.due()).isEqualTo(CloseReason.MAX_TTL);
    }

    @Test
    void aBrowserThatIsGoneEndsItAtOnce() {
        browser.crash();

        assertThat(session.due()).isEqualTo(CloseReason.BROWSER_CRASHED);
    }

    @Test
    void aDisplayThatIsGoneIsSaidToBeTheReason() {
        browser.loseDisplay();

        assertThat(session.due()).isEqualTo(CloseReason.DISPLAY_LOST);
    }

    @Test
    void useIsWrittenDownOnce() {
        assertThat(session.unwritten()).isNull();

        clock.step(Duration.ofSeconds(1));
        session.seen();

        assertThat(session.unwritten()).isEqualTo(clock.instant());
        assertThat(session.unwritten()).isNull();
    }

    @Test
    void itEndsOnceAndTellsWhoeverIsConnected() {
        List<String> told = new ArrayList<>();
        session.join(told::add);
        Runnable leave = session.join(reason -> told.add("left"));
        leave.run();

        assertThat(session.end(CloseReason.DELETED)).isTrue();
        assertThat(session.end(CloseReason.IDLE)).isFalse();
        session.join(reason -> told.add("late: " + reason));

        assertThat(told).containsExactly("deleted", "late: deleted");
        assertThat(browser.isAlive()).isFalse();
    }
}

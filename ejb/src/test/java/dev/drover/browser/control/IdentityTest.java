// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.browser.control.BrowserOptions.Recording;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who browsers say they are where a run leaves it open. */
class IdentityTest {

    private static final String WINDOWS =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/149.0.0.0 Safari/537.36";
    private static final String MAC =
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/148.0.0.0 Safari/537.36";
    private static final Identity SWEDISH = new Identity(List.of(WINDOWS, MAC), "sv-SE", "Europe/Stockholm");

    private static final String WHO = """
            () => ({agent: navigator.userAgent, platform: navigator.userAgentData?.platform ?? navigator.platform,
              language: navigator.language, zone: Intl.DateTimeFormat().resolvedOptions().timeZone})""";

    @Test
    void runsGetUserAgentsInTurnAndAreConsistentWithThem() throws Exception {
        try (PoolFixture fixture = PoolFixture.open(PoolFixture.withIdentity(SWEDISH))) {
            Map<?, ?> first = who(fixture, BrowserOptions.DEFAULT);
            Map<?, ?> second = who(fixture, BrowserOptions.DEFAULT);

            assertThat(List.of(text(first, "agent"), text(second, "agent"))).containsExactlyInAnyOrder(WINDOWS, MAC);
            for (Map<?, ?> one : List.of(first, second)) {
                assertThat(text(one, "platform"))
                        .isIn(
                                text(one, "agent").equals(MAC)
                                        ? List.of("macOS", "MacIntel")
                                        : List.of("Windows", "Win32"));
                assertThat(text(one, "language")).isEqualTo("sv-SE");
                assertThat(text(one, "zone")).isEqualTo("Europe/Stockholm");
            }
        }
    }

    @Test
    void whatARunAsksForComesFirst() throws Exception {
        BrowserOptions own =
                new BrowserOptions(null, null, null, "de-DE", "Europe/Berlin", null, "Mine/1.0", null, Recording.USUAL);
        try (PoolFixture fixture = PoolFixture.open(PoolFixture.withIdentity(SWEDISH))) {
            Map<?, ?> who = who(fixture, own);

            assertThat(text(who, "agent")).isEqualTo("Mine/1.0");
            assertThat(text(who, "language")).isEqualTo("de-DE");
            assertThat(text(who, "zone")).isEqualTo("Europe/Berlin");
        }
    }

    @Test
    void otherEnginesKeepTheirOwnUserAgent() {
        assertThat(SWEDISH.complete(BrowserOptions.DEFAULT.on("firefox"), 0).userAgent())
                .isNull();
    }

    @Test
    void aListMayHaveSpacesAroundItsEntries() {
        assertThat(Identity.userAgents(" One/1.0 | Two/2.0 |")).containsExactly("One/1.0", "Two/2.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bad\nAgent/1.0", "Schön/1.0"})
    void aUserAgentThatCannotBeAHeaderIsRefused(String agent) {
        assertThatThrownBy(() -> Identity.userAgents(agent)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPlaceThatIsNoneIsRefused() {
        assertThatThrownBy(() -> Identity.timezone("Europe/Atlantis")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Identity.locale("_")).isInstanceOf(IllegalArgumentException.class);
    }

    private static Map<?, ?> who(PoolFixture fixture, BrowserOptions options) throws InterruptedException {
        return Objects.requireNonNull(
                PlaywrightPoolTest.value(fixture.run(options, page -> (Map<?, ?>) page.evaluate(WHO))));
    }

    private static String text(Map<?, ?> who, String name) {
        return String.valueOf(who.get(name));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drover.browser.control.BrowserOptions.Recording;
import dev.drover.browser.control.EngineStatus.Availability;
import dev.drover.task.control.ErrorCategory;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A stock Firefox over WebDriver BiDi, where the machine has one. */
class FirefoxTest {

    private static final BrowserOptions FIREFOX =
            new BrowserOptions("firefox", true, null, null, null, null, null, null, Recording.NOTHING);

    @Test
    void itIsProbedAndRunsBehindTheSameProxy() throws Exception {
        BrowserSettings settings = PoolFixture.settings(1, 1000, List.of("127.0.0.1/32"), EngineCatalog.ENGINES);
        assumeTrue(settings.executables().firefox() != null, "no Firefox on this machine");
        try (LocalSite site = new LocalSite();
                PoolFixture fixture = PoolFixture.open(settings)) {
            Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> fixture.pool.engines().stream()
                    .anyMatch(engine ->
                            engine.name().equals("firefox") && engine.availability() == Availability.AVAILABLE));

            RunOutcome<Object> agent = fixture.run(FIREFOX, page -> {
                page.navigate(site.url("/"));
                return page.evaluate("navigator.userAgent");
            });
            assertThat(PlaywrightPoolTest.value(agent).toString()).contains("Firefox/");
            assertThat(fixture.worker().engine()).isEqualTo("firefox");

            RunOutcome<String> refused =
                    fixture.run(FIREFOX, page -> PoolFixture.title(page, "http://127.7.7.7:" + site.port() + "/"));
            assertThat(PlaywrightPoolTest.failure(refused).category()).isEqualTo(ErrorCategory.REFUSED_ADDRESS);

            RunOutcome<String> file = fixture.run(FIREFOX, page -> PoolFixture.title(page, "file:///etc/hostname"));
            assertThat(PlaywrightPoolTest.failure(file).category()).isEqualTo(ErrorCategory.REFUSED_ADDRESS);

            assertThat(PlaywrightPoolTest.value(fixture.titleOf(site.url("/")))).isEqualTo("Home");
            assertThat(fixture.worker().engine()).isEqualTo("chromium");
        }
    }
}

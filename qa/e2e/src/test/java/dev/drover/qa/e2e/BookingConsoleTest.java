// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.drover.qa.sites.SampleSites;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a person sees of a booking on a screen, which is all that this test has to go by: it scans what it sees. */
@EndToEnd
@ExtendWith(RealBrowser.class)
class BookingConsoleTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Api api;
    private final SampleSites sites;
    private final Browser browser;
    private final Phone phone;
    private final List<String> complaints = new ArrayList<>();

    BookingConsoleTest(Api api, SampleSites sites, Browser browser) {
        this.api = api;
        this.sites = sites;
        this.browser = browser;
        this.phone = new Phone(sites);
    }

    @AfterEach
    void nothingWentWrongInThePage() {
        assertThat(complaints).as("errors of the console's own scripts").isEmpty();
    }

    @Test
    void onThePageOfTheJobTheCodeTurnsAndIsScanned() {
        String id = book("on-the-page");
        try (BrowserContext context = context(1280, 900)) {
            Page page = open(context, "/");
            page.getByLabel("API token").fill(api.token());
            page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Log in"))
                    .click();
            assertThat(page.getByLabel("API token")).isHidden();
            page.navigate("/jobs/" + id);

            scan(page);

            assertThat(page.getByTestId("status").first()).hasAttribute("data-status", "succeeded", within());
            assertThat(page.locator("main").first()).containsText("TV123456789", contains());
        }
        assertThat(api.ended(id).path("status").asText()).isEqualTo("succeeded");
    }

    @Test
    void behindTheLinkAPhoneIsWideEnoughAndNobodyLogsIn() {
        String id = book("behind-the-link");
        String link;
        try (Feed feed = Feed.open(api, "/ws/jobs/" + id)) {
            link = await().atMost(PATIENCE)
                    .until(
                            () -> feed.events().stream()
                                    .map(event -> event.at("/data/url").asText())
                                    .filter(url -> url.startsWith("/human/"))
                                    .findFirst(),
                            Optional::isPresent)
                    .orElseThrow();
        }
        try (BrowserContext context = context(360, 720)) {
            Page page = open(context, link);
            assertThat(page.getByTestId("time-left")).containsText("left", contains());
            assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                    .as("nothing sticks out")
                    .isEqualTo(true);

            scan(page);

            assertThat(page.getByText("You can close this page.")).isVisible(visible());
        }
        assertThat(api.ended(id).path("status").asText()).isEqualTo("succeeded");
    }

    /** Looks at the screen until the code has turned, and then scans one. */
    private void scan(Page page) {
        Set<String> seen = new ConcurrentSkipListSet<>();
        assertThat(page.getByTestId("qr")).isVisible(visible());
        page.getByTestId("qr").scrollIntoViewIfNeeded();
        await().atMost(PATIENCE).until(() -> {
            Optional<String> payload = Phone.read(page.screenshot());
            boolean isNew = payload.isPresent() && seen.add(payload.get());
            return isNew && seen.size() > 2 && phone.takes(payload.get());
        });
    }

    private BrowserContext context(int width, int height) {
        return browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(api.server().toString())
                .setViewportSize(width, height)
                .setLocale("en-GB"));
    }

    private Page open(BrowserContext context, String path) {
        Page page = context.newPage();
        page.onPageError(complaints::add);
        page.navigate(path);
        return page;
    }

    private String book(String scene) {
        phone.script(scene, "slots=Stockholm@2031-02-03T13:45");
        return api.submit("""
                {task: 'booking', timeout_seconds: 300, params: {license_type: 'B', exam_type: 'Körprov',
                 locations: ['Stockholm'], date_ranges: [{start: '2031-02-01', end: '2031-02-15'}], site_url: '%s'}}""".formatted(sites.url("/booking/at/" + scene)));
    }

    private static HasAttributeOptions within() {
        return new HasAttributeOptions().setTimeout((double) PATIENCE.toMillis());
    }

    private static ContainsTextOptions contains() {
        return new ContainsTextOptions().setTimeout((double) PATIENCE.toMillis());
    }

    private static IsVisibleOptions visible() {
        return new IsVisibleOptions().setTimeout((double) PATIENCE.toMillis());
    }
}

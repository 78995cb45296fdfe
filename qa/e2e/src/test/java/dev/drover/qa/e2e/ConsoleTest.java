// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsHiddenOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.drover.qa.sites.SampleSites;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The console as somebody uses it. */
@EndToEnd
@ExtendWith(RealBrowser.class)
class ConsoleTest {

    private static final double PATIENCE = 60_000;
    private static final Pattern DARK = Pattern.compile(".*pf-v6-theme-dark.*");

    private final Api api;
    private final SampleSites sites;
    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    ConsoleTest(Api api, SampleSites sites, Browser browser) {
        this.api = api;
        this.sites = sites;
        this.context = browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(api.server().toString())
                .setLocale("en-GB"));
        this.page = context.newPage();
    }

    @BeforeEach
    void open() {
        page.setDefaultTimeout(PATIENCE);
        page.onPageError(complaints::add);
        page.navigate("/");
    }

    @AfterEach
    void close() {
        context.close();
        assertThat(complaints).as("errors of the console's own scripts").isEmpty();
    }

    @Test
    void aWrongTokenIsRefusedAndTheRightOneLetsIn() {
        page.getByLabel("API token").fill("wrong");
        button("Log in").click();
        assertThat(page.getByTestId("token-help")).containsText("does not accept this token");

        logIn();

        assertThat(heading("Jobs")).isVisible();
        page.reload();
        assertThat(heading("Jobs")).isVisible();
        button("Log out").click();
        assertThat(page.getByLabel("API token")).isVisible();
    }

    @Test
    void aScreenshotIsStartedFromTheFormAndFollowedToItsPicture() {
        logIn();
        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("New job").setExact(true))
                .first()
                .click();
        page.getByTestId("task screenshot").click();
        page.getByLabel("Address").fill(sites.url("/slow?ms=3000"));
        button("Start the job").click();

        assertThat(status()).hasAttribute("data-status", "running", within());
        assertThat(page.getByTestId("progress")).isVisible();
        assertThat(status()).hasAttribute("data-status", "succeeded", within());
        Locator picture = page.getByTestId("picture");
        assertThat(picture).isVisible(visible());
        assertThat(picture.evaluate("image => image.decode().then(() => image.naturalWidth)"))
                .isEqualTo(1280);
        assertThat(page.getByTestId("files")).containsText("screenshot.png");
    }

    @Test
    void theFormSaysWhatIsWrongBeforeAnythingIsSent() {
        logIn();
        page.navigate("/new?task=screenshot");
        button("Start the job").click();

        assertThat(page.getByTestId("error /params/url")).isVisible();
        assertThat(page).hasURL(Pattern.compile(".*/new\\?task=screenshot"));
    }

    @Test
    void theListIsLiveAndAJobCanBeCancelledFromIt() {
        logIn();
        page.navigate("/jobs?task=noop");
        String id = api.submit("{task: 'noop', params: {sleep_ms: 60000}}");
        Locator row = page.locator("[data-testid=job-row][data-job='%s']".formatted(id));

        assertThat(row.getByTestId("status")).hasAttribute("data-status", "running", within());
        row.getByRole(AriaRole.BUTTON).click();
        page.getByRole(AriaRole.DIALOG)
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions()
                                .setName(Pattern.compile("^Cancel (the )?job", Pattern.CASE_INSENSITIVE)))
                .click();

        assertThat(row.getByTestId("status")).hasAttribute("data-status", "cancelled", within());
        assertThat(api.ended(id).path("status").asText()).isEqualTo("cancelled");
    }

    @Test
    void aListWithoutJobsSaysSo() {
        logIn();
        page.navigate("/jobs?status=waiting_for_human");

        assertThat(page.getByTestId("no-match")).isVisible(visible());
        button("Show all jobs").click();
        assertThat(page.getByTestId("no-match")).not().isVisible();
    }

    @Test
    void aFailedJobShowsWhyItFailed() {
        String id = api.submit("{task: 'screenshot', params: {url: '%s'}}".formatted(sites.url("/status/404")));
        api.ended(id);
        logIn();
        page.navigate("/jobs/" + id);

        assertThat(status()).hasAttribute("data-status", "failed", within());
        assertThat(page.getByText("answered with status 404").first()).isVisible();
    }

    @Test
    void aDeadLetterIsReplayedFromTheList() {
        String id = failsOnce();
        logIn();
        page.navigate("/dead-letters?task=content&error_category=http_status");
        Locator row = page.locator("[data-testid=dead-letter][data-job='%s']".formatted(id));
        assertThat(row).containsText("answered with status 503", new ContainsTextOptions().setTimeout(PATIENCE));

        row.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(Pattern.compile("^Replay job")))
                .click();

        assertThat(row).isHidden(new IsHiddenOptions().setTimeout(PATIENCE));
        assertThat(api.ended(id).path("status").asText()).isEqualTo("succeeded");
    }

    @Test
    void aDeadLetterIsRemovedOnceThatIsConfirmed() {
        String id = failsOnce();
        logIn();
        page.navigate("/dead-letters?task=content&error_category=http_status");
        Locator row = page.locator("[data-testid=dead-letter][data-job='%s']".formatted(id));
        row.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(Pattern.compile("^More for job")))
                .click();
        page.getByRole(AriaRole.MENUITEM, new GetByRoleOptions().setName(Pattern.compile("^Remove")))
                .click();

        button("Remove the job").click();

        assertThat(row).isHidden(new IsHiddenOptions().setTimeout(PATIENCE));
        assertThat(api.get("/jobs/" + id).status()).isEqualTo(404);
    }

    @Test
    void aFailedJobIsReplayedOnItsPageAndFollowedToItsNewEnd() {
        String id = failsOnce();
        logIn();
        page.navigate("/jobs/" + id);
        assertThat(status()).hasAttribute("data-status", "failed", within());

        button("Replay").click();

        assertThat(status()).hasAttribute("data-status", "succeeded", within());
        assertThat(page.getByTestId("attempts").getByRole(AriaRole.LISTITEM)).hasCount(2);
        assertThat(page.getByTestId("result")).containsText("Back again");
    }

    @Test
    void aNodeIsDrainedAndTakesJobsAgain() {
        logIn();
        page.navigate("/operations");
        try {
            page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(Pattern.compile("^Drain")))
                    .click();
            page.getByRole(AriaRole.DIALOG)
                    .getByRole(
                            AriaRole.BUTTON,
                            new Locator.GetByRoleOptions().setName("Drain").setExact(true))
                    .click();
            assertThat(page.getByTestId("node")).hasAttribute("data-state", "drained", within());
            String id = api.submit("{task: 'noop'}");

            button("Take jobs again").click();

            assertThat(page.getByTestId("node")).hasAttribute("data-state", "serving", within());
            assertThat(api.ended(id).path("status").asText()).isEqualTo("succeeded");
        } finally {
            api.post("/hosts/self/resume", "{}");
        }
    }

    @Test
    void howTheServiceAndItsSitesDoIsShown() {
        api.succeeded("{task: 'content', params: {url: '%s'}}".formatted(sites.url("/article")));
        logIn();
        page.navigate("/reliability");

        assertThat(page.getByTestId("service-level"))
                .hasAttribute("data-level", Pattern.compile("full|degraded|minimal|emergency"), within());
        assertThat(page.getByTestId("score")).hasText(Pattern.compile("\\d+"));
        assertThat(page.locator("[data-testid^='part ']")).hasCount(7);
        assertThat(page.locator("[data-testid=breaker][data-name='site:%s']"
                        .formatted(URI.create(sites.url("/")).getAuthority())))
                .isVisible(visible());
        assertThat(page.getByTestId("problem")).hasCount(0);
    }

    @Test
    void theDarkThemeIsChosenAndKept() {
        logIn();
        Locator html = page.locator("html");
        assertThat(html).not().hasClass(DARK);

        page.getByTestId("theme").click();
        page.getByRole(AriaRole.MENUITEM, new GetByRoleOptions().setName("Dark"))
                .click();

        assertThat(html).hasClass(DARK);
        page.reload();
        assertThat(html).hasClass(DARK);
    }

    @Test
    void anAddressThatIsNotThereIsAPageOfTheConsole() {
        logIn();
        page.navigate("/no/such/page");

        assertThat(page.locator("h1")).isVisible();
        assertThat(page.locator("body").innerText().toLowerCase(Locale.ROOT)).contains("page");
    }

    private void logIn() {
        page.getByLabel("API token").fill(api.token());
        button("Log in").click();
        assertThat(heading("Jobs")).isVisible(visible());
    }

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new GetByRoleOptions().setName(name).setExact(true));
    }

    private Locator heading(String name) {
        return page.getByRole(
                AriaRole.HEADING,
                new GetByRoleOptions().setName(name).setExact(true).setLevel(1));
    }

    /** The id of a job that has failed, and works when it is tried again. */
    private String failsOnce() {
        String id = api.submit("{task: 'content', max_attempts: 1, params: {url: '%s'}}"
                .formatted(sites.url("/flaky?fails=1&key=" + UUID.randomUUID())));
        assertThat(api.ended(id).path("status").asText()).isEqualTo("failed");
        return id;
    }

    /** Of the job whose page is open. */
    private Locator status() {
        return page.getByTestId("status").first();
    }

    private static HasAttributeOptions within() {
        return new HasAttributeOptions().setTimeout(PATIENCE);
    }

    private static IsVisibleOptions visible() {
        return new IsVisibleOptions().setTimeout(PATIENCE);
    }
}

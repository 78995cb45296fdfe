// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.assertions.PageAssertions.HasURLOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.LoadState;
import dev.drover.qa.sites.SampleSites;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Live pages, sessions and hosts in the console, as somebody uses them: what a live page is, is what the screen shows. */
@EndToEnd
@ExtendWith(RealBrowser.class)
class SessionConsoleTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int RED = 0xcc0000;
    private static final int GREEN = 0x008800;
    private static final int WHITE = 0xffffff;
    private static final int DESK_WIDTH = 1280;

    private final Api api;
    private final SampleSites sites;
    private final Browser browser;
    private final List<BrowserContext> contexts = new ArrayList<>();
    private final List<String> opened = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    SessionConsoleTest(Api api, SampleSites sites, Browser browser) {
        this.api = api;
        this.sites = sites;
        this.browser = browser;
    }

    @AfterEach
    void close() {
        contexts.forEach(BrowserContext::close);
        opened.forEach(id -> api.delete("/sessions/" + id));
        assertThat(complaints).as("errors of the console's own scripts").isEmpty();
    }

    @Test
    void aSessionIsLaunchedByTheFormAndUsedOnItsPage() {
        Page page = logIn(context(1280, 900));
        page.navigate("/sessions");
        button(page, "Launch a session").click();
        field(page, "First page").fill(sites.url("/desk"));
        button(page, "Launch").click();

        assertThat(page)
                .hasURL(Pattern.compile(".*/sessions/[0-9a-f-]{36}"), new HasURLOptions().setTimeout(patience()));
        String session = page.url().replaceFirst(".*/", "");
        opened.add(session);
        shows(page, RED, 600, 600);
        assertThat(page.getByTestId("in-control")).isVisible(visible());
        assertThat(field(page, "Address of the page")).hasValue(sites.url("/desk"));

        click(page, 100, 100);
        shows(page, GREEN, 600, 600);
        click(page, 100, 270);
        page.keyboard().type("Ada");
        page.keyboard().press("Backspace");
        page.keyboard().press("Tab");
        page.keyboard().press("Shift+Tab");
        says(session, "Hello Ad");

        field(page, "Address of the page").fill(sites.url("/blank"));
        page.keyboard().press("Enter");
        shows(page, WHITE, 600, 600);
        field(page, "Back").click();
        shows(page, RED, 600, 600);
        field(page, "Address of the page").fill("file:///etc/passwd");
        button(page, "Go").click();
        assertThat(page.getByText("Pages may be reached by http and https only."))
                .isVisible(visible());
        shows(page, RED, 600, 600);
    }

    @Test
    void whoLeavesTheKeyboardOfThePageHasTheirOwnAgain() {
        String session = open("{start_url: '%s'}".formatted(sites.url("/desk")));
        Page page = watch(logIn(context(1280, 900)), session);
        click(page, 100, 270);
        page.keyboard().press("Tab");
        assertThat(page.getByText("Esc twice leaves it")).isVisible();

        page.keyboard().press("Escape");
        page.keyboard().press("Escape");

        assertThat(page.getByText("Click into the page to use it")).isVisible();
        page.keyboard().press("Tab");
        assertThat(page.evaluate("document.activeElement.tagName")).isEqualTo("BUTTON");
    }

    @Test
    void textGoesInAndOutByTheClipboard() {
        String session = open("{start_url: '%s'}".formatted(sites.url("/desk")));
        BrowserContext context = context(1280, 900);
        context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
        Page page = watch(logIn(context), session);
        page.evaluate("navigator.clipboard.writeText('Åsa Löv')");

        click(page, 100, 270);
        page.keyboard().press("Control+V");
        says(session, "Hello Åsa Löv");
        field(page, "Paste into the page").click();
        says(session, "Hello Åsa LövÅsa Löv");
        page.evaluate("navigator.clipboard.writeText('nothing of this')");
        page.keyboard().press("Control+A");
        field(page, "Copy what is selected in the page").click();

        assertThat(page.getByText("Copied 14 characters")).isVisible(visible());
        assertThat(page.evaluate("navigator.clipboard.readText()")).isEqualTo("Åsa LövÅsa Löv");
    }

    @Test
    void whoOnlyWatchesCannotActBeforeTakingControl() {
        String session = open("{start_url: '%s'}".formatted(sites.url("/desk")));
        Page first = watch(logIn(context(1280, 900)), session);
        assertThat(first.getByTestId("live")).hasAttribute("data-control", "true", within());
        Page second = watch(logIn(context(1280, 900)), session);
        assertThat(second.getByTestId("live")).hasAttribute("data-control", "false", within());
        shows(second, RED, 600, 600);

        click(second, 100, 100);
        click(first, 100, 270);
        first.keyboard().type("Eva");
        says(session, "Hello Eva");
        shows(second, RED, 600, 600);
        button(second, "Take control").click();

        assertThat(first.getByTestId("live")).hasAttribute("data-control", "false", within());
        assertThat(second.getByTestId("live")).hasAttribute("data-control", "true", within());
        click(second, 100, 100);
        shows(first, GREEN, 600, 600);
        shows(second, GREEN, 600, 600);
    }

    @Test
    void aFingerIsAFingerOnAPageAsNarrowAsAPhone() {
        String session = open("{start_url: '%s'}".formatted(sites.url("/desk")));
        BrowserContext phone = browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(api.server().toString())
                .setViewportSize(360, 740)
                .setHasTouch(true)
                .setLocale("en-GB"));
        contexts.add(phone);
        Page page = watch(logIn(phone), session);
        shows(page, RED, 600, 600);

        BoundingBox box = canvas(page).boundingBox();
        page.touchscreen().tap(box.x + 100 * box.width / DESK_WIDTH, box.y + 100 * box.width / DESK_WIDTH);

        shows(page, GREEN, 600, 600);
        for (String path : List.of("/sessions/" + session, "/sessions", "/sessions/new", "/hosts")) {
            page.navigate(path);
            page.locator("h1").waitFor();
            page.waitForLoadState(LoadState.NETWORKIDLE);
            assertThat(page.locator("main").first().evaluate("main => main.scrollWidth <= main.clientWidth"))
                    .as("nothing sticks out of " + path)
                    .isEqualTo(true);
        }
    }

    @Test
    void aProgramConnectsWithWhatTheSnippetSays() {
        String session = open("{start_url: '%s', start_url_wait: 'load'}".formatted(sites.url("/desk")));
        BrowserContext context = context(1280, 900);
        context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
        Page page = logIn(context);
        page.navigate("/sessions/" + session);
        Locator connect = page.getByTestId("connect");
        assertThat(connect.getByTestId("snippet")).containsText("token=••••••");

        connect.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(Pattern.compile("^Copy")))
                .click();

        Matcher endpoint = await().atMost(PATIENCE)
                .until(
                        () -> Pattern.compile("\"(ws://[^\"]+)\"")
                                .matcher(String.valueOf(page.evaluate("navigator.clipboard.readText()"))),
                        Matcher::find);
        try (Playwright playwright = StockClient.start()) {
            Browser held = playwright.chromium().connect(endpoint.group(1));
            assertThat(held.contexts().getFirst().pages().getFirst().url()).isEqualTo(sites.url("/desk"));
        }
        button(page, "Show the token").click();
        assertThat(connect.getByTestId("snippet")).containsText(endpoint.group(1));
        connect.getByRole(AriaRole.TAB, new Locator.GetByRoleOptions().setName("Puppeteer"))
                .click();
        assertThat(connect.getByTestId("snippet")).containsText("browserWSEndpoint");
        assertThat(connect.getByTestId("snippet")).containsText("/cdp?token=");
    }

    @Test
    void aSessionIsExtendedAndTerminatedAndExplainsItsEnd() {
        String session = open("{idle_ttl_seconds: 60}");
        Page page = logIn(context(1280, 900));
        page.navigate("/sessions/" + session);
        Locator endsIn = page.getByTestId("ends-in");
        assertThat(page.getByTestId("live")).hasAttribute("data-state", "open", within());
        String before = endsIn.getAttribute("data-at");

        button(page, "Extend").click();
        await().atMost(PATIENCE).until(() -> endsIn.getAttribute("data-at").compareTo(before) > 0);
        button(page, "Terminate").click();
        page.getByRole(AriaRole.DIALOG)
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Terminate").setExact(true))
                .click();

        assertThat(page.getByTestId("session-ended")).hasAttribute("data-reason", "deleted", within());
        assertThat(page.getByTestId("session-ended")).containsText("Somebody terminated it");
        assertThat(api.get("/sessions/" + session).json().path("close_reason").asText())
                .isEqualTo("deleted");
    }

    @Test
    void aSessionIsCapturedAndAnotherOneBeginsWithThat() {
        String session = open("{start_url: '%s', start_url_wait: 'load'}".formatted(sites.url("/desk")));
        Page page = logIn(context(1280, 900));
        page.navigate("/sessions/" + session);
        button(page, "Capture").click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        Locator name = dialog.getByLabel("Name");
        Locator capture = dialog.getByRole(
                AriaRole.BUTTON,
                new Locator.GetByRoleOptions().setName("Capture").setExact(true));
        name.fill("../desk");
        assertThat(capture).isDisabled();
        name.fill("desk-of-the-console");
        capture.click();
        assertThat(page.getByText("desk-of-the-console is captured")).isVisible(visible());

        page.navigate("/sessions/new");
        field(page, "Begin as captured").selectOption("desk-of-the-console");
        button(page, "Launch").click();
        assertThat(page)
                .hasURL(Pattern.compile(".*/sessions/[0-9a-f-]{36}"), new HasURLOptions().setTimeout(patience()));
        opened.add(page.url().replaceFirst(".*/", ""));
        assertThat(page.locator(".drover-facts").getByText("desk-of-the-console"))
                .isVisible(visible());
        assertThat(api.get("/captured-sessions/desk-of-the-console").json().has("last_used_at"))
                .isTrue();
        api.delete("/captured-sessions/desk-of-the-console");
    }

    @Test
    void whatItsPageLookedLikeIsStillSeenWhenTheSessionHasEnded() {
        String session = open("{start_url: '%s', start_url_wait: 'load'}".formatted(sites.url("/desk")));
        await().atMost(PATIENCE)
                .until(() -> api.get("/sessions/" + session + "/frames")
                                .json()
                                .path("items")
                                .size()
                        > 0);
        api.delete("/sessions/" + session);
        Page page = logIn(context(1280, 900));
        page.navigate("/sessions/" + session);

        assertThat(page.getByTestId("session-ended")).isVisible(visible());
        Locator picture = page.getByTestId("frames").getByRole(AriaRole.IMG);
        assertThat(picture).isVisible(visible());
        await().atMost(PATIENCE).until(() -> (Integer) picture.evaluate("image => image.naturalWidth") == 1280);
        assertThat(page.getByTestId("frame-place")).containsText("taken", contains());
    }

    @Test
    void aBrowserThatEndsIsExplainedOnThePageThatShowedIt() {
        String session = open("{start_url: '%s'}".formatted(sites.url("/desk")));
        String cdp = api.get("/sessions/" + session).json().path("cdp_endpoint").asText();
        Page page = watch(logIn(context(1280, 900)), session);
        shows(page, RED, 600, 600);

        try (Wire wire = Wire.open(cdp)) {
            wire.send("{\"id\":1,\"method\":\"Browser.close\"}");
            assertThat(page.getByTestId("session-ended")).hasAttribute("data-reason", "closed_by_client", within());
        }
    }

    @Test
    void theListHasPicturesThatDoNotKeepTheSessions() {
        String session = open("{start_url: '%s', labels: {team: 'shop'}}".formatted(sites.url("/desk")));
        await().atMost(PATIENCE)
                .until(() -> seen(session).path("status").asText().equals("ready"));
        String lastSeen = seen(session).path("last_seen_at").asText();
        Page page = logIn(context(1280, 900));
        page.navigate("/sessions?status=ready");
        Locator row = page.locator("[data-testid=session-row][data-session='%s']".formatted(session));

        assertThat(row.getByTestId("status")).hasAttribute("data-status", "ready", within());
        assertThat(row).containsText("team: shop");
        assertThat(row.getByTestId("thumbnail")).hasAttribute("data-there", "true", within());
        assertThat(row.getByTestId("thumbnail")
                        .locator("img")
                        .evaluate("image => image.decode().then(() => image.naturalWidth)"))
                .isEqualTo(DESK_WIDTH);
        assertThat(row.getByTestId("time-left")).containsText(Pattern.compile("\\d"));
        assertThat(seen(session).path("last_seen_at").asText()).isEqualTo(lastSeen);

        row.getByRole(AriaRole.BUTTON).click();
        page.getByRole(AriaRole.DIALOG)
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Terminate").setExact(true))
                .click();
        assertThat(row).hasCount(0, new HasCountOptions().setTimeout(patience()));
        page.getByLabel("Filter by status").selectOption("dead");
        assertThat(row.getByTestId("status")).hasAttribute("data-status", "dead", within());
        assertThat(row).containsText("Deleted");
    }

    @Test
    void whatTheServerRefusesIsSaidAtTheField() {
        Page page = logIn(context(1280, 900));
        page.navigate("/sessions/new");
        field(page, "First page").fill("http://10.1.2.3/");
        button(page, "Launch").click();
        assertThat(page.getByTestId("error /start_url")).isVisible(visible());
        assertThat(field(page, "First page")).isFocused();

        field(page, "First page").fill("");
        button(page, "Browser options").click();
        field(page, "Locale").fill("no locale");
        button(page, "Launch").click();

        assertThat(page.getByTestId("error /browser/locale")).isVisible(visible());
        assertThat(page).hasURL(Pattern.compile(".*/sessions/new"));
    }

    @Test
    void thePageOfAJobIsTakenOverBehindALinkAndHandedBack() {
        String job = api.submit("{task: 'hand-over', params: {url: '%s'}}".formatted(sites.url("/desk")));
        api.when(job, "waiting_for_human");
        String link = api.get("/jobs/" + job + "/input").json().path("url").asText();
        Page page = context(1280, 900).newPage();
        page.setDefaultTimeout(patience());
        page.onPageError(complaints::add);
        page.navigate(link);
        shows(page, RED, 600, 600);

        click(page, 100, 270);
        page.keyboard().type("Ada");
        click(page, 100, 100);
        shows(page, GREEN, 600, 600);
        button(page, "Done: hand the page back").click();

        assertThat(page.getByText("You can close this page.")).isVisible(visible());
        JsonNode result = api.ended(job).path("result");
        assertThat(result.path("handed_back").asBoolean()).as(result.toString()).isTrue();
        assertThat(result.path("text").asText()).contains("Hello Ada");
    }

    @Test
    void thisNodeIsAmongTheHostsAndIsDrainedThere() {
        String self = api.get("/hosts/self/drain").json().path("host").asText();
        Page page = logIn(context(1280, 900));
        page.navigate("/hosts");
        Locator host = page.locator("[data-testid=host][data-host='%s']".formatted(self));
        assertThat(host).containsText("This node", contains());
        assertThat(host.getByTestId("host-state")).containsText("Takes jobs", contains());
        assertThat(host.getByTestId("engine chromium")).hasAttribute("data-availability", "available", within());
        assertThat(host.getByTestId("engine webkit")).hasAttribute("data-availability", "unavailable");
        try {
            host.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Drain…"))
                    .click();
            page.getByRole(AriaRole.DIALOG)
                    .getByRole(
                            AriaRole.BUTTON,
                            new Locator.GetByRoleOptions().setName("Drain").setExact(true))
                    .click();
            assertThat(host).hasAttribute("data-status", "drained", within());

            host.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Take jobs again"))
                    .click();

            assertThat(host).hasAttribute("data-status", "available", within());
        } finally {
            api.post("/hosts/self/resume", "{}");
        }
    }

    @Test
    void aMachineIsRegisteredAndRemoved() throws Exception {
        try (Receiver machine = Receiver.start()) {
            Page page = logIn(context(1280, 900));
            page.navigate("/hosts");
            button(page, "Register a machine").click();
            page.locator("#host-name").fill("sunri-pi3");
            page.locator("#host-url").fill(machine.url(""));
            page.locator("#host-capabilities").fill("mobile, eu-north");
            button(page, "Register").click();
            Locator host = page.locator("[data-testid=host][data-host='sunri-pi3']");
            assertThat(host).containsText("eu-north", contains());
            assertThat(host.getByTestId("host-state")).containsText("Available");

            host.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Remove…"))
                    .click();
            button(page, "Remove the machine").click();

            assertThat(host).hasCount(0, new HasCountOptions().setTimeout(patience()));
        }
    }

    private JsonNode seen(String session) {
        return api.get("/sessions/" + session).json();
    }

    private String open(String body) {
        Reply reply = api.post("/sessions", body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        String id = reply.json().path("id").asText();
        opened.add(id);
        return id;
    }

    /** Waits until the page in the session, which is the desk of the sample sites, says so. */
    private void says(String session, String words) {
        String look = "{action: 'evaluate', expression: \"document.getElementById('said').textContent\"}";
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
            Reply reply = api.post("/sessions/" + session + "/actions", look);
            assertThat(reply.json().path("value").asText()).isEqualTo(words);
        });
    }

    private BrowserContext context(int width, int height) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(api.server().toString())
                .setViewportSize(width, height)
                .setLocale("en-GB"));
        contexts.add(context);
        return context;
    }

    private Page logIn(BrowserContext context) {
        Page page = context.newPage();
        page.setDefaultTimeout(patience());
        page.onPageError(complaints::add);
        page.navigate("/");
        page.getByLabel("API token").fill(api.token());
        button(page, "Log in").click();
        // Its socket leaves a cookie in the browser, with which live pages have to get along.
        assertThat(page.getByTestId("connection")).hasAttribute("data-state", "open", within());
        return page;
    }

    private Page watch(Page page, String session) {
        page.navigate("/sessions/" + session);
        assertThat(canvas(page)).hasAttribute("data-drawn", "true", within());
        return page;
    }

    private static Locator canvas(Page page) {
        return page.getByTestId("live-canvas");
    }

    /** Clicks where a point of the session's page is on the screen. */
    private static void click(Page page, int x, int y) {
        canvas(page).scrollIntoViewIfNeeded();
        BoundingBox box = canvas(page).boundingBox();
        double scale = Math.min(box.width / DESK_WIDTH, box.height / 720);
        double left = box.x + (box.width - DESK_WIDTH * scale) / 2;
        double top = box.y + (box.height - 720 * scale) / 2;
        page.mouse().click(left + x * scale, top + y * scale);
    }

    /** Waits until the canvas is of this colour where a point of the session's page is drawn, about. */
    private static void shows(Page page, int rgb, int x, int y) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> {
            Object drawn = canvas(page)
                    .evaluate(
                            "(canvas, [x, y]) => [...canvas.getContext('2d').getImageData(x * canvas.width / 1280, y *"
                                    + " canvas.height / 720, 1, 1).data].slice(0, 3)",
                            List.of(x, y));
            List<?> colour = (List<?>) drawn;
            return near(colour.get(0), rgb >> 16) && near(colour.get(1), rgb >> 8) && near(colour.get(2), rgb);
        });
    }

    private static boolean near(Object drawn, int wanted) {
        return Math.abs(((Number) drawn).intValue() - (wanted & 0xff)) < 40;
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator field(Page page, String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }

    private static double patience() {
        return (double) PATIENCE.toMillis();
    }

    private static HasAttributeOptions within() {
        return new HasAttributeOptions().setTimeout(patience());
    }

    private static ContainsTextOptions contains() {
        return new ContainsTextOptions().setTimeout(patience());
    }

    private static IsVisibleOptions visible() {
        return new IsVisibleOptions().setTimeout(patience());
    }
}

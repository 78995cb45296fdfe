// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Tracing;
import com.microsoft.playwright.options.FilePayload;
import dev.drover.qa.sites.SampleSites;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Browsers that are held over REST and driven by stock clients. */
@EndToEnd
class SessionsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Api api;
    private final SampleSites sites;
    private final List<String> opened = new ArrayList<>();

    SessionsTest(Api api, SampleSites sites) {
        this.api = api;
        this.sites = sites;
    }

    @AfterEach
    void end() {
        opened.forEach(id -> api.delete("/sessions/" + id));
    }

    @Test
    void aSessionTellsOfItselfUntilItsEndAndAfterwards() {
        Reply created = api.post(
                "/sessions",
                "{idle_ttl_seconds: 60, max_ttl_seconds: 600, labels: {team: 'shop'}, start_url_wait: 'none'}");
        JsonNode session = created.json();
        String path = "/sessions/" + session.path("id").asText();

        assertThat(created.status()).as(created.text()).isEqualTo(201);
        assertThat(created.header("Location")).isEqualTo("/api/v1" + path);
        assertThat(session.path("status").asText()).isEqualTo("ready");
        assertThat(session.path("engine").asText()).isEqualTo("chromium");
        assertThat(session.path("headless").asBoolean()).isTrue();
        assertThat(session.path("vnc_enabled").asBoolean()).isFalse();
        assertThat(session.path("idle_ttl_seconds").asInt()).isEqualTo(60);
        assertThat(session.path("labels").path("team").asText()).isEqualTo("shop");
        assertThat(session.path("start_url_wait").asText()).isEqualTo("none");
        assertThat(session.path("ws_endpoint").asText())
                .startsWith("ws://127.0.0.1:" + api.server().getPort() + "/ws" + path + "/playwright?token=");
        assertThat(Json.list(api.get("/sessions?status=ready").json().path("items")))
                .anyMatch(item -> item.path("id").equals(session.path("id")));

        Reply touched = api.post(path + "/touch", "{}");
        assertThat(touched.status()).isEqualTo(200);
        assertThat(touched.json().path("expires_at").asText())
                .isGreaterThan(session.path("expires_at").asText());

        Reply ended = api.delete(path);
        assertThat(ended.status()).isEqualTo(200);
        assertThat(ended.json().path("status").asText()).isEqualTo("dead");
        assertThat(ended.json().path("close_reason").asText()).isEqualTo("deleted");
        assertThat(ended.json().has("ws_endpoint")).isFalse();
        assertThat(api.delete(path).status()).isEqualTo(200);
        assertThat(api.post(path + "/touch", "{}").code()).isEqualTo("session_ended");
        assertThat(Wire.refusal(session.path("ws_endpoint").asText())).isEqualTo(410);
    }

    @Test
    void aPlaywrightClientFindsItsPagesAgainAfterItLeft() {
        JsonNode session = open("{start_url: '%s', browser: {viewport: {width: 700, height: 500}, locale: 'sv-SE'}}"
                .formatted(sites.url("/article")));
        when(session, "ready");

        try (Playwright playwright = StockClient.start()) {
            Browser first = connect(playwright, session);
            Page page = first.contexts().getFirst().pages().getFirst();
            assertThat(page.url()).isEqualTo(sites.url("/article"));
            assertThat(page.evaluate("() => [innerWidth, innerHeight, navigator.language].join()"))
                    .isEqualTo("700,500,sv-SE");
            page.evaluate("() => { window.mark = 'kept'; }");
            first.close();

            Browser second = connect(playwright, session);
            assertThat(second.contexts().getFirst().pages().getFirst().evaluate("() => window.mark"))
                    .isEqualTo("kept");
        }
    }

    @Test
    void everythingThatAStockClientDoesWorksFromAfar(@TempDir Path folder) throws Exception {
        JsonNode session = open("{}");

        try (Playwright playwright = StockClient.start()) {
            Browser browser = connect(playwright, session);
            BrowserContext context = browser.newContext(new Browser.NewContextOptions().setRecordVideoDir(folder));
            context.tracing()
                    .start(new Tracing.StartOptions().setScreenshots(true).setSnapshots(true));
            Page page = context.newPage();
            page.navigate(sites.url("/article"));
            assertThat(page.screenshot()).hasSizeGreaterThan(1000);
            page.setContent("<input type=file><p id=said></p><script>document.querySelector('input').onchange ="
                    + " async e => said.textContent = await e.target.files[0].text()</script>");
            page.setInputFiles(
                    "input", new FilePayload("a.txt", "text/plain", "körsbär".getBytes(StandardCharsets.UTF_8)));
            page.locator("#said")
                    .filter(new com.microsoft.playwright.Locator.FilterOptions().setHasText("körsbär"))
                    .waitFor();
            Path upload = Files.writeString(folder.resolve("b.txt"), "from a file");
            page.setInputFiles("input", upload);
            page.locator("#said")
                    .filter(new com.microsoft.playwright.Locator.FilterOptions().setHasText("from a file"))
                    .waitFor();
            page.route(
                    "**/made-up",
                    route -> route.fulfill(new com.microsoft.playwright.Route.FulfillOptions().setBody("made up")));
            assertThat(page.evaluate("url => fetch(url).then(r => r.text())", sites.url("/made-up")))
                    .isEqualTo("made up");
            assertThat(context.request().get(sites.url("/article")).status()).isEqualTo(200);
            context.tracing().stop(new Tracing.StopOptions().setPath(folder.resolve("trace.zip")));
            page.close();
            page.video().saveAs(folder.resolve("video.webm"));
            context.close();

            assertThat(folder.resolve("trace.zip")).isNotEmptyFile();
            assertThat(folder.resolve("video.webm")).isNotEmptyFile();
        }
    }

    @Test
    void aClientConnectsOverTheDevToolsProtocol() {
        JsonNode session = open("{start_url: '%s'}".formatted(sites.url("/article")));
        when(session, "ready");
        String endpoint = session.path("cdp_endpoint").asText();

        try (Playwright playwright = StockClient.start()) {
            for (String address : List.of(endpoint, endpoint.replaceFirst("^ws", "http"))) {
                Browser browser = playwright.chromium().connectOverCDP(address);
                Page page = browser.contexts().stream()
                        .flatMap(context -> context.pages().stream())
                        .filter(found -> found.url().equals(sites.url("/article")))
                        .findFirst()
                        .orElseThrow();
                assertThat(page.title()).isNotEmpty();
                Page other = browser.newContext().newPage();
                other.navigate(sites.url("/article"));
                assertThat(other.screenshot()).hasSizeGreaterThan(1000);
                browser.close();
            }
        }
        assertThat(api.get("/sessions/" + session.path("id").asText())
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("ready");
    }

    @Test
    void aFirefoxIsDrivenByPlaywrightToo() {
        JsonNode session = open("{engine: 'firefox', start_url: '%s'}".formatted(sites.url("/desk")));
        assertThat(session.has("cdp_endpoint")).isFalse();
        when(session, "ready");

        try (Playwright playwright = StockClient.start()) {
            String endpoint = session.path("ws_endpoint").asText();
            Page page = playwright
                    .firefox()
                    .connect(endpoint)
                    .contexts()
                    .getFirst()
                    .pages()
                    .getFirst();
            page.fill("#name", "Åsa");
            page.click("#switch");
            assertThat(page.title()).isEqualTo("Desk, switched");
            assertThat(page.textContent("#said")).isEqualTo("Hello Åsa");
            assertThat((String) page.evaluate("navigator.userAgent")).contains("Firefox/");

            page.evaluate("() => { window.mark = 'kept'; }");
            assertThat(playwright
                            .firefox()
                            .connect(endpoint)
                            .contexts()
                            .getFirst()
                            .pages()
                            .getFirst()
                            .evaluate("() => window.mark"))
                    .isEqualTo("kept");
        }
        assertThat(api.get("/sessions/" + session.path("id").asText() + "/screenshot")
                        .header("Content-Type"))
                .isEqualTo("image/png");
    }

    @Test
    void theDevToolsTellOfPagesWithAddressesThatClientsReach() {
        JsonNode session = open("{start_url: '%s'}".formatted(sites.url("/article")));
        when(session, "ready");
        String base = "//ws/sessions/" + session.path("id").asText() + "/cdp";

        JsonNode version = api.get(base + "/json/version").json();
        JsonNode pages = api.get(base + "/json/list?token=" + token(session)).json();

        assertThat(version.path("Browser").asText()).contains("/");
        assertThat(version.path("webSocketDebuggerUrl").asText())
                .startsWith("ws://127.0.0.1:" + api.server().getPort() + "/ws/sessions/");
        JsonNode page = Json.list(pages).stream()
                .filter(found -> found.path("url").asText().equals(sites.url("/article")))
                .findFirst()
                .orElseThrow();
        try (Wire wire = Wire.open(page.path("webSocketDebuggerUrl").asText())) {
            assertThat(wire.ask(1, "{\"id\":1,\"method\":\"Runtime.evaluate\",\"params\":{\"expression\":\"1+1\"}}")
                            .path("result")
                            .path("result")
                            .path("value")
                            .asInt())
                    .isEqualTo(2);
        }
    }

    @Test
    void largeMessagesGoBothWaysWhole() {
        JsonNode session = open("{}");
        int megabytes = 90; // Chromium takes 100.

        try (Wire wire = Wire.open(session.path("cdp_endpoint").asText())) {
            String page = attached(wire);
            String command =
                    "\"sessionId\":\"" + page + "\",\"method\":\"Runtime.evaluate\",\"params\":{\"expression\":\"";

            JsonNode up = wire.ask(3, "{\"id\":3," + command + "'" + "å".repeat(megabytes << 19) + "'.length\"}}");
            String down = wire.answer(4, "{\"id\":4," + command + "'x'.repeat(" + megabytes + " << 20)\"}}");

            assertThat(up.path("result").path("result").path("value").asInt()).isEqualTo(megabytes << 19);
            assertThat(down.length()).isBetween(megabytes << 20, (megabytes << 20) + 1000);
        }
        try (Playwright playwright = StockClient.start()) {
            Page page =
                    connect(playwright, session).contexts().getFirst().pages().getFirst();
            String large = "å".repeat(4 << 20);

            assertThat(page.evaluate("text => text + text.length", large)).isEqualTo(large + (4 << 20));
        }
    }

    /** Attaches to the session's page, with the commands 1 and 2. */
    private static String attached(Wire wire) {
        JsonNode targets = wire.ask(1, "{\"id\":1,\"method\":\"Target.getTargets\"}");
        String target = Json.list(targets.path("result").path("targetInfos")).stream()
                .filter(found -> found.path("type").asText().equals("page"))
                .findFirst()
                .orElseThrow()
                .path("targetId")
                .asText();
        return wire.ask(
                        2,
                        "{\"id\":2,\"method\":\"Target.attachToTarget\",\"params\":{\"targetId\":\"" + target
                                + "\",\"flatten\":true}}")
                .path("result")
                .path("sessionId")
                .asText();
    }

    @Test
    void onlyTheSessionsOwnTokenOrOneOfTheServerOpensIt() {
        JsonNode session = open("{}");
        JsonNode other = open("{}");
        String endpoint = session.path("ws_endpoint").asText();
        String bare = endpoint.replaceFirst("\\?.*", "");

        assertThat(Wire.refusal(bare)).isEqualTo(401);
        assertThat(Wire.refusal(bare + "?token=nonsense")).isEqualTo(401);
        assertThat(Wire.refusal(bare + "?token=" + token(other))).isEqualTo(401);
        assertThat(Wire.refusal(bare.replace("/playwright", "/cdp") + "?token=" + token(other)))
                .isEqualTo(401);
        assertThat(Wire.refusal(bare, "Authorization", "Bearer " + api.token())).isEqualTo(101);
        assertThat(Wire.refusal(bare + "?token=" + api.token())).isEqualTo(101);
        assertThat(Wire.refusal(endpoint)).isEqualTo(101);
        String unknown = bare.replaceFirst("sessions/[^/]*", "sessions/" + UUID.randomUUID());
        assertThat(Wire.refusal(unknown + "?token=" + api.token())).isEqualTo(404);
        assertThat(api.get("/sessions/" + UUID.randomUUID()).status()).isEqualTo(404);
        assertThat(api.delete("/sessions/no-id").status()).isEqualTo(404);
    }

    @Test
    void aPlaywrightOfAnotherVersionIsToldSo() {
        String endpoint = open("{}").path("ws_endpoint").asText();

        assertThat(Wire.refusal(endpoint, "User-Agent", "Playwright/1.40.1 (x64; debian 12) node/20.11"))
                .isEqualTo(428);
        assertThat(Wire.refusal(endpoint, "User-Agent", "Playwright/1.62.9 (x64; debian 12) node/20.11"))
                .isEqualTo(101);
        try (Playwright playwright = StockClient.start()) {
            assertThatThrownBy(() -> playwright
                            .chromium()
                            .connect(
                                    endpoint,
                                    new com.microsoft.playwright.BrowserType.ConnectOptions()
                                            .setHeaders(java.util.Map.of("User-Agent", "Playwright/1.61.0 (x64)"))))
                    .isInstanceOf(PlaywrightException.class)
                    .hasMessageContaining("install 1.62.x of the client");
        }
    }

    @Test
    void aSessionIsNoWayToTheServersFilesOrNetwork() {
        JsonNode session = open("{}");

        try (Playwright playwright = StockClient.start()) {
            Browser browser = connect(playwright, session);
            Page page = browser.contexts().getFirst().pages().getFirst();
            assertThatThrownBy(() -> page.navigate("file:///etc/passwd")).hasMessageContaining("http and https only");
            assertThatThrownBy(() -> browser.newContext(new Browser.NewContextOptions().setProxy("http://10.0.0.1:1")))
                    .hasMessageContaining("given with the session");
            assertThatThrownBy(() -> page.navigate("http://10.255.255.1/")).isInstanceOf(PlaywrightException.class);
            Page fresh = browser.contexts().getFirst().newPage();
            fresh.navigate(sites.url("/article"));
            assertThat(fresh.evaluate("() => fetch('http://169.254.169.254/').then(() => 'in', () => 'out')"))
                    .isEqualTo("out");
            Browser overDevTools = playwright
                    .chromium()
                    .connectOverCDP(session.path("cdp_endpoint").asText());
            Page other = overDevTools.contexts().getFirst().newPage();
            assertThatThrownBy(() -> other.navigate("file:///etc/passwd")).hasMessageContaining("http and https only");
            overDevTools.close();
        }
    }

    @Test
    void aClientThatClosesTheBrowserEndsTheSession() {
        JsonNode session = open("{}");

        try (Wire wire = Wire.open(session.path("cdp_endpoint").asText())) {
            wire.send("{\"id\":1,\"method\":\"Browser.close\"}");
            assertThat(wire.closeCode()).isEqualTo(1001);
        }

        assertThat(when(session, "dead").path("close_reason").asText()).isEqualTo("closed_by_client");
    }

    @Test
    void whatIsNoMessageEndsTheConnectionAndNotTheSession() {
        JsonNode session = open("{}");

        try (Wire wire = Wire.open(session.path("ws_endpoint").asText())) {
            wire.send("no json");
            assertThat(wire.closeCode()).isEqualTo(1007);
        }

        assertThat(Wire.refusal(session.path("ws_endpoint").asText())).isEqualTo(101);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{idle_ttl_seconds: 29} | /idle_ttl_seconds",
                "{idle_ttl_seconds: 3601} | /idle_ttl_seconds",
                "{start_url_wait: 'networkidle'} | /start_url_wait",
                "{start_url: 'file:///etc/passwd'} | /start_url",
                "{start_url: 'http://10.1.2.3/'} | /start_url",
                "{engine: 'lynx'} | /engine",
                "{browser: {viewport: {width: 0, height: 1}}} | /browser/viewport/width",
                "{executable: '/bin/sh'} | /executable",
                "{browser: {args: ['--no-sandbox']}} | /browser/args",
                "{labels: {team: 7}} | /labels/team",
            })
    void whatDoesNotFitIsNamed(String body, String pointer) {
        Reply reply = api.post("/sessions", body);

        assertThat(reply.status()).as(reply.text()).isEqualTo(422);
        assertThat(reply.json().path("errors").findValuesAsText("pointer")).contains(pointer);
    }

    @Test
    void anEngineThatIsNotThereIsNotReplaced() {
        Reply reply = api.post("/sessions", "{engine: 'webkit'}");

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.code()).isEqualTo("engine_unavailable");
    }

    @Test
    void aServerWithoutVncSaysWhatToInstall() {
        Reply reply = api.post("/sessions", "{vnc: true}");

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.code()).isEqualTo("vnc_unavailable");
        assertThat(reply.text()).contains("apt-get install tigervnc-standalone-server");
        assertThat(Json.list(api.get("/workers").json()))
                .allMatch(worker -> !worker.path("supports_vnc").asBoolean());
    }

    @Test
    void aFirstPageThatCannotBeLoadedLeavesTheSessionReadyAndSaysWhy() {
        JsonNode session = open("{start_url: 'http://127.0.0.1:1/'}");

        JsonNode ready = when(session, "ready");

        assertThat(ready.path("problem").asText()).isNotEmpty();
        assertThat(Wire.refusal(ready.path("ws_endpoint").asText())).isEqualTo(101);
    }

    @Test
    void theSameRequestWithTheSameKeyOpensOneSession() {
        String key = UUID.randomUUID().toString();
        Reply first = api.post("/sessions", "{}", "Idempotency-Key", key);
        opened.add(first.json().path("id").asText());

        Reply second = api.post("/sessions", "{}", "Idempotency-Key", key);

        assertThat(second.status()).isEqualTo(201);
        assertThat(second.json().path("id")).isEqualTo(first.json().path("id"));
    }

    private Browser connect(Playwright playwright, JsonNode session) {
        return playwright.chromium().connect(session.path("ws_endpoint").asText());
    }

    private JsonNode open(String body) {
        Reply reply = api.post("/sessions", body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        opened.add(reply.json().path("id").asText());
        return reply.json();
    }

    private JsonNode when(JsonNode session, String status) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> api.get("/sessions/" + session.path("id").asText()).json(), found -> found.path("status")
                        .asText()
                        .equals(status));
    }

    private static String token(JsonNode session) {
        return session.path("ws_endpoint").asText().replaceFirst(".*token=", "");
    }
}

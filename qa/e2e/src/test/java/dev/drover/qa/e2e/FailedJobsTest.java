// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/** What failed jobs leave, and how it is looked at. */
@EndToEnd
@ExtendWith(RealBrowser.class)
@TestInstance(Lifecycle.PER_CLASS)
class FailedJobsTest {

    private static final double PATIENCE = 60_000;

    /** Reaches the viewer as markup unless somebody stands in between. */
    private static final String TRAP = """
            <title>Trap</title><h1>Trap</h1><style id="trap"></style>
            <script>
              console.warn('look at me');
              document.getElementById('trap').textContent =
                  '</style><img src=x onerror="top.trapped = true"><scr' + 'ipt>top.trapped = true</scr' + 'ipt>';
            </script>""";

    private final Api api;
    private final Browser browser;
    private final HttpServer site;

    FailedJobsTest(Api api, Browser browser) throws IOException {
        this.api = api;
        this.browser = browser;
        this.site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeAll
    void open() {
        site.createContext("/", exchange -> {
            try (exchange) {
                byte[] page = TRAP.getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "text/html");
                exchange.sendResponseHeaders(200, page.length);
                exchange.getResponseBody().write(page);
            }
        });
        site.start();
    }

    @AfterAll
    void close() {
        site.stop(0);
    }

    @Test
    void aFailedJobLeavesItsConsoleItsRequestsAndItsLastPicture() {
        JsonNode job = failed("");

        assertThat(job.path("artifacts").findValuesAsText("name"))
                .contains("console.jsonl", "network.jsonl", "last-frame.jpg", "last-page.html");
        String artifacts = "/jobs/" + job.path("id").asText() + "/artifacts/";
        assertThat(api.get(artifacts + "console.jsonl").text()).contains("\"text\":\"look at me\"");
        assertThat(api.get(artifacts + "network.jsonl").text()).contains("\"status\":200");
        assertThat(api.get(artifacts + "last-frame.jpg").mediaType()).isEqualTo("image/jpeg");
        assertThat(api.get(artifacts + "last-page.html").header("Content-Security-Policy"))
                .startsWith("sandbox");
    }

    @Test
    void aJobThatWantsNothingKeptLeavesNothing() {
        assertThat(failed(", record: {log: 'never'}").path("artifacts").findValuesAsText("name"))
                .doesNotContain("console.jsonl", "network.jsonl", "last-frame.jpg", "last-page.html");
    }

    @Test
    void aTraceIsOpenedInTheConsoleAndNothingOfItsPagesRuns() {
        String id = failed(", record: {trace: 'on_failure', log: 'never'}")
                .path("id")
                .asText();
        List<String> strangers = new ArrayList<>();
        try (BrowserContext context = browser.newContext(
                new Browser.NewContextOptions().setBaseURL(api.server().toString()))) {
            Page page = context.newPage();
            page.setDefaultTimeout(PATIENCE);
            page.onRequest(request -> {
                if (!request.url().startsWith(api.server().toString())
                        && !request.url().startsWith("blob:")) {
                    strangers.add(request.url());
                }
            });
            page.navigate("/jobs/" + id);
            page.getByLabel("API token").fill(api.token());
            page.getByRole(
                            AriaRole.BUTTON,
                            new GetByRoleOptions().setName("Log in").setExact(true))
                    .click();
            page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Open trace trace.zip"))
                    .click();

            FrameLocator viewer = page.frameLocator("iframe[title='Trace viewer: trace.zip']");
            viewer.getByText("Navigate").first().click();
            FrameLocator snapshot = viewer.frameLocator("iframe.snapshot-visible");
            assertThat(snapshot.locator("h1").first()).isVisible(new IsVisibleOptions().setTimeout(PATIENCE));
            page.screenshot(new Page.ScreenshotOptions().setPath(java.nio.file.Path.of("target/trace-viewer.png")));
            assertThat(page.evaluate("window.trapped")).isNull();
        }
        assertThat(strangers)
                .allMatch(url ->
                        url.startsWith("http://127.0.0.1:" + site.getAddress().getPort()));
    }

    private JsonNode failed(String more) {
        String id = api.submit("""
                {task: 'script', max_attempts: 1, params: {start_url: 'http://127.0.0.1:%d/',
                 steps: [{action: 'click', selector: '#missing', timeout_seconds: 0.5}]}%s}""".formatted(site.getAddress().getPort(), more));
        JsonNode job = api.ended(id);
        assertThat(job.path("status").asText()).isEqualTo("failed");
        return job;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.TaskFailure;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Browsers that clients drive, with a real Chromium. */
@TestInstance(Lifecycle.PER_CLASS)
class BoundBrowsersTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private static final VncSettings NO_VNC = new VncSettings(
            false,
            new VncSettings.Range(1, 1),
            new VncSettings.Range(5900, 5900),
            new VncSettings.Resolution(640, 480, 24),
            List.of());

    private PoolFixture fixture;
    private BoundBrowsers browsers;

    @BeforeAll
    void open() {
        fixture = PoolFixture.open();
        fixture.awaitIdle();
    }

    @AfterAll
    void close() {
        if (fixture != null) {
            fixture.close();
        }
    }

    @BeforeEach
    void openBrowsers() {
        browsers = fixture.pool.held(new HeldSettings(2, 1), NO_VNC);
    }

    @AfterEach
    void closeBrowsers() {
        browsers.close();
    }

    @Test
    void stockClientsComeAndGoAndFindTheSamePages() {
        HeldBrowser browser = browsers.launch("chromium", Window.NONE);
        browser.open(viewport(640, 480));

        try (Playwright playwright = client()) {
            Browser first = playwright.chromium().connect(browser.playwright().toString());
            Page page = first.contexts().getFirst().pages().getFirst();
            page.navigate("data:text/html,<title>kept</title>");
            assertThat(page.viewportSize().width).isEqualTo(640);
            first.close();
            Browser second = playwright.chromium().connect(browser.playwright().toString());

            assertThat(second.contexts().getFirst().pages().getFirst().title()).isEqualTo("kept");
        }
        browser.close();
    }

    @Test
    void theDevToolsProtocolIsSpokenBesides() throws Exception {
        HeldBrowser browser = browsers.launch("chromium", Window.NONE);
        browser.open(BrowserOptions.DEFAULT);

        int port = browser.devTools().orElseThrow().getPort();
        try (HttpClient client = HttpClient.newHttpClient()) {
            String version = client.send(
                            HttpRequest.newBuilder(java.net.URI.create("http://127.0.0.1:" + port + "/json/version"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();

            assertThat(version)
                    .contains(browser.devTools().orElseThrow().getPath())
                    .contains(browser.version());
        }
    }

    @Test
    void browsersShareADriverAndNotAProcess() {
        List<HeldBrowser> three = List.of(
                browsers.launch("chromium", Window.NONE),
                browsers.launch("chromium", Window.NONE),
                browsers.launch("chromium", Window.NONE));

        assertThat(three).extracting(HeldBrowser::pid).doesNotHaveDuplicates();
        assertThat(three.get(0).files().getParent())
                .isEqualTo(three.get(1).files().getParent());
        assertThat(three.get(2).files().getParent())
                .isNotEqualTo(three.get(1).files().getParent());
    }

    @Test
    void aBrowserThatIsClosedLeavesNothingAndItsNeighboursGoOn() throws IOException {
        HeldBrowser ended = browsers.launch("chromium", Window.NONE);
        HeldBrowser neighbour = browsers.launch("chromium", Window.NONE);
        neighbour.open(BrowserOptions.DEFAULT);
        ended.open(BrowserOptions.DEFAULT);

        ended.close();

        await().atMost(SOON).until(() -> ProcessHandle.of(ended.pid()).isEmpty() || !ended.isAlive());
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(profiles(ended.files().resolveSibling(""))).isEqualTo(1));
        assertThat(title(neighbour, "data:text/html,<title>fine</title>")).isEqualTo("fine");
        assertThat(fixture.data.resolve("node/processes/" + ended.pid())).doesNotExist();
    }

    @Test
    void aBrowserThatDiesTakesNoOtherWithIt() {
        HeldBrowser dead = browsers.launch("chromium", Window.NONE);
        HeldBrowser neighbour = browsers.launch("chromium", Window.NONE);
        neighbour.open(BrowserOptions.DEFAULT);

        ProcessHandle.of(dead.pid()).orElseThrow().destroyForcibly();

        await().atMost(SOON).until(() -> !dead.isAlive());
        assertThatThrownBy(() -> dead.open(viewport(100, 100))).isInstanceOf(TaskFailure.class);
        assertThat(title(neighbour, "data:text/html,<title>fine</title>")).isEqualTo("fine");
        dead.close();
    }

    @Test
    void anActionThatHangsEndsInTimeAndTheNextOneWorks() {
        HeldBrowser browser = browsers.launch("chromium", Window.NONE);
        browser.open(BrowserOptions.DEFAULT);

        assertThatThrownBy(() -> browser.act(Duration.ofSeconds(2), page -> page.evaluate("() => { for (;;); }"))
                        .join())
                .isInstanceOfSatisfying(CompletionException.class, e -> assertThat(e.getCause())
                        .isInstanceOfSatisfying(TaskFailure.class, failure -> assertThat(failure.category())
                                .isEqualTo(ErrorCategory.TIMEOUT)));

        HeldBrowser other = browsers.launch("chromium", Window.NONE);
        other.open(BrowserOptions.DEFAULT);
        assertThat(title(other, "data:text/html,<title>next</title>")).isEqualTo("next");
    }

    @Test
    void pagesReachNoAddressThatJobsMayNotReach() {
        HeldBrowser browser = browsers.launch("chromium", Window.NONE);
        browser.open(BrowserOptions.DEFAULT);

        assertThatThrownBy(() -> title(browser, "http://10.255.255.1/"))
                .isInstanceOfSatisfying(CompletionException.class, e -> assertThat(e.getCause())
                        .isInstanceOfSatisfying(TaskFailure.class, failure -> assertThat(failure.category())
                                .isEqualTo(ErrorCategory.REFUSED_ADDRESS)));
    }

    @Test
    void anEngineThatIsNotThereIsSaidToBeMissing() {
        assertThat(browsers.refusal("webkit", Window.NONE))
                .hasValueSatisfying(reason -> assertThat(reason).contains("WebKit"));
        assertThatThrownBy(() -> browsers.launch("webkit", Window.NONE))
                .isInstanceOfSatisfying(TaskFailure.class, failure -> assertThat(failure.category())
                        .isEqualTo(ErrorCategory.ENGINE_UNAVAILABLE));
    }

    private static String title(HeldBrowser browser, String url) {
        return browser.act(SOON, page -> {
                    page.navigate(url);
                    return page.title();
                })
                .join();
    }

    private static BrowserOptions viewport(int width, int height) {
        return new BrowserOptions(
                null,
                null,
                new BrowserOptions.Viewport(width, height),
                null,
                null,
                null,
                null,
                null,
                BrowserOptions.Recording.NOTHING);
    }

    private static long profiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(
                            file -> String.valueOf(file.getFileName()).startsWith("playwright_chromiumdev_profile-"))
                    .count();
        }
    }

    private static Playwright client() {
        return Playwright.create(new Playwright.CreateOptions()
                .setEnv(java.util.Map.of(
                        "PLAYWRIGHT_NODEJS_PATH", "/usr/bin/node", "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    }
}

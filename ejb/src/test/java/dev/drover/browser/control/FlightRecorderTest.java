// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.browser.control.BrowserOptions.Keep;
import dev.drover.browser.control.BrowserOptions.Recording;
import dev.drover.browser.control.RunOutcome.Recorded;
import dev.drover.system.control.Json;
import dev.drover.task.control.ArtifactKind;
import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.TaskFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is left of a run that nobody asked to be recorded, in a real Chromium. */
class FlightRecorderTest {

    private static final String SHOP = """
            <title>Shop</title><h1>Shop</h1><img src="/missing.png">
            <script>
              console.log('ready', 1); console.warn('careful');
              fetch('/slow'); setTimeout(() => { throw new Error('broken') }, 0);
            </script>""";

    private static PoolFixture fixture;
    private static LocalSite site;
    private static final CountDownLatch over = new CountDownLatch(1);

    @BeforeAll
    static void open() {
        site = new LocalSite();
        site.page("/shop", SHOP);
        site.page(
                "/chatty",
                "<title>Chatty</title><script>for (let i = 1; i <= 3000; i++) console.log('line ' + i)</script>");
        site.page("/hang", "<title>Hang</title><script>setTimeout(() => { for (;;) {} }, 50)</script>");
        site.on("/missing.png", exchange -> LocalSite.answer(exchange, 404, "text/plain", "No."));
        site.on("/slow", exchange -> {
            try {
                over.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        fixture = PoolFixture.open();
    }

    @AfterAll
    static void close() {
        over.countDown();
        fixture.close();
        site.close();
    }

    /** Whoever takes the files leaves nothing behind. */
    @AfterEach
    void nothingIsLeft() throws IOException {
        try (Stream<Path> left = Files.list(fixture.data.resolve("tmp/browser"))) {
            assertThat(left).noneMatch(file -> file.getFileName().toString().startsWith("recording-"));
        }
    }

    @Test
    void ofARunThatFailedConsoleRequestsPictureAndDocumentAreThere() throws Exception {
        RunOutcome<Object> outcome = failing(BrowserOptions.DEFAULT, "/shop");

        List<JsonNode> console = lines(outcome, "console.jsonl");
        assertThat(console)
                .extracting(line ->
                        line.path("type").asText() + " " + line.path("text").asText())
                .contains("log ready 1", "warning careful")
                .anyMatch(line -> line.startsWith("exception") && line.contains("broken"));
        List<JsonNode> requests = lines(outcome, "network.jsonl");
        assertThat(request(requests, "/shop").path("status").asInt()).isEqualTo(200);
        assertThat(request(requests, "/shop").path("duration_ms").isNumber()).isTrue();
        assertThat(request(requests, "/missing.png").path("status").asInt()).isEqualTo(404);
        assertThat(request(requests, "/slow").path("failure").asText()).isEqualTo("pending");
        assertThat(Files.readAllBytes(file(outcome, "last-frame.jpg"))).startsWith(0xFF, 0xD8);
        assertThat(Files.readString(file(outcome, "last-page.html"))).contains("<h1>Shop</h1>");
        assertThat(outcome.recorded())
                .extracting(Recorded::kind)
                .containsExactly(
                        ArtifactKind.CONSOLE, ArtifactKind.NETWORK, ArtifactKind.SCREENSHOT, ArtifactKind.DOCUMENT);
        takeAway(outcome);
    }

    @Test
    void ofARunThatSucceededNothingIsThere() throws Exception {
        assertThat(fixture.titleOf(site.url("/shop")).recorded()).isEmpty();
    }

    @Test
    void ofARepeatedRunThatFailedThereIsATraceToo() throws Exception {
        RunOutcome<Object> failed = failing(BrowserOptions.DEFAULT.onAttempt(2), "/shop");
        RunOutcome<String> succeeded =
                fixture.run(BrowserOptions.DEFAULT.onAttempt(2), page -> PoolFixture.title(page, site.url("/")));

        assertThat(failed.recorded()).extracting(Recorded::name).contains("trace.zip", "console.jsonl");
        assertThat(succeeded.recorded()).isEmpty();
        takeAway(failed);
    }

    @Test
    void aRunThatWantsNothingKeptLeavesNothing() throws Exception {
        Recording nothing = Recording.NOTHING;
        BrowserOptions options = new BrowserOptions("chromium", null, null, null, null, null, null, null, nothing);

        assertThat(failing(options, "/shop").recorded()).isEmpty();
    }

    @Test
    void aRunMayWantItsLogEvenWhenItSucceeds() throws Exception {
        Recording always = new Recording(null, null, null, Keep.ALWAYS, false);
        BrowserOptions options = new BrowserOptions("chromium", null, null, null, null, null, null, null, always);

        RunOutcome<String> outcome = fixture.run(options, page -> PoolFixture.title(page, site.url("/shop")));

        assertThat(outcome.recorded()).extracting(Recorded::name).contains("network.jsonl", "last-frame.jpg");
        takeAway(outcome);
    }

    @Test
    void ofAChattyPageTheLastLinesAreKeptAndTheOthersCounted() throws Exception {
        RunOutcome<Object> outcome = failing(BrowserOptions.DEFAULT, "/chatty");

        List<JsonNode> console = lines(outcome, "console.jsonl");
        assertThat(console).hasSize(FlightLog.MOST_LINES + 1);
        assertThat(console.getFirst().path("lines_before").asInt()).isEqualTo(2000);
        assertThat(console.getLast().path("text").asText()).isEqualTo("line 3000");
        takeAway(outcome);
    }

    @Test
    void aPageThatHangsGivesNoPictureAndDoesNotHoldTheAnswerUp() throws Exception {
        fixture.awaitIdle();
        long browser = fixture.worker().browserPid();
        Instant start = Instant.now();
        RunOutcome<Object> outcome = fixture.pool
                .start("hang", BrowserOptions.DEFAULT, Duration.ofSeconds(1), page -> {
                    page.navigate(site.url("/hang"));
                    return page.evaluate("for (;;) {}");
                })
                .await();

        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
        assertThat(outcome.recorded()).extracting(Recorded::name).containsExactly("network.jsonl");
        assertThat(PlaywrightPoolTest.value(fixture.titleOf(site.url("/")))).isEqualTo("Home");
        assertThat(fixture.worker().browserPid()).isEqualTo(browser);
        takeAway(outcome);
    }

    @Test
    void aBrowserThatDiedLeavesWhatWasHeardOfItsPages() throws Exception {
        RunOutcome<Object> outcome = fixture.run(page -> {
            page.navigate(site.url("/chatty"));
            ProcessHandle.of(fixture.worker().browserPid()).ifPresent(ProcessHandle::destroyForcibly);
            return page.evaluate("new Promise(() => {})");
        });

        assertThat(PlaywrightPoolTest.failure(outcome).category()).isEqualTo(ErrorCategory.CRASH);
        assertThat(outcome.recorded()).extracting(Recorded::name).containsExactly("console.jsonl", "network.jsonl");
        takeAway(outcome);
    }

    private static RunOutcome<Object> failing(BrowserOptions options, String path) throws InterruptedException {
        return fixture.run(options, page -> {
            page.navigate(
                    site.url(path),
                    new com.microsoft.playwright.Page.NavigateOptions()
                            .setWaitUntil(com.microsoft.playwright.options.WaitUntilState.LOAD));
            page.waitForTimeout(100);
            throw new TaskFailure(ErrorCategory.EXPECTATION, "no", "No.");
        });
    }

    private static JsonNode request(List<JsonNode> requests, String path) {
        return requests.stream()
                .filter(request -> request.path("url").asText().equals(site.url(path)))
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonNode> lines(RunOutcome<?> outcome, String name) throws IOException {
        return Files.readAllLines(file(outcome, name)).stream().map(Json::read).toList();
    }

    private static Path file(RunOutcome<?> outcome, String name) {
        return outcome.recorded().stream()
                .filter(recorded -> recorded.name().equals(name))
                .findFirst()
                .orElseThrow()
                .file();
    }

    private static void takeAway(RunOutcome<?> outcome) throws IOException {
        for (Recorded recorded : outcome.recorded()) {
            Files.delete(recorded.file());
        }
    }
}

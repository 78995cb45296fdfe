// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.browser.control.BrowserOptions.Geolocation;
import dev.drover.browser.control.BrowserOptions.Keep;
import dev.drover.browser.control.BrowserOptions.Recording;
import dev.drover.browser.control.BrowserOptions.Viewport;
import dev.drover.browser.control.RunOutcome.Recorded;
import dev.drover.task.control.ArtifactKind;
import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.TaskFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a run may ask of its browser, in a real Chromium. */
class BrowserOptionsTest {

    private static final String EDGE =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
                    + " Chrome/150.0.0.0 Safari/537.36 Edg/150.0.0.0";

    private static PoolFixture fixture;
    private static LocalSite site;

    @BeforeAll
    static void open() {
        site = new LocalSite();
        site.on(
                "/headers",
                exchange -> LocalSite.answer(
                        exchange,
                        200,
                        "text/plain",
                        List.of("User-Agent", "Sec-CH-UA", "Sec-CH-UA-Platform", "Accept-Language").stream()
                                .map(name -> String.valueOf(
                                        exchange.getRequestHeaders().getFirst(name)))
                                .reduce("", (a, b) -> a + b + "\n")));
        fixture = PoolFixture.open();
    }

    @AfterAll
    static void close() {
        fixture.close();
        site.close();
    }

    @Test
    void sizeLanguageTimeAndPlaceAreThoseOfTheRun() throws Exception {
        BrowserOptions options = new BrowserOptions(
                "chromium",
                true,
                new Viewport(640, 480),
                "sv-SE",
                "Asia/Tokyo",
                new Geolocation(59.3, 18.1, 10),
                null,
                null,
                Recording.NOTHING);

        RunOutcome<Object> outcome = fixture.run(options, page -> {
            page.navigate(site.url("/"));
            return page.evaluate("async () => [innerWidth, innerHeight, navigator.language, "
                    + "Intl.DateTimeFormat().resolvedOptions().timeZone, "
                    + "await new Promise(ok => navigator.geolocation.getCurrentPosition("
                    + "p => ok(p.coords.latitude + ' ' + p.coords.longitude), e => ok(e.message)))].join()");
        });

        assertThat(PlaywrightPoolTest.value(outcome)).isEqualTo("640,480,sv-SE,Asia/Tokyo,59.3 18.1");
    }

    @Test
    void aBrowserWithAnotherUserAgentDoesNotContradictItself() throws Exception {
        BrowserOptions options =
                new BrowserOptions("chromium", true, null, "de-DE", null, null, EDGE, null, Recording.NOTHING);

        RunOutcome<String> outcome = fixture.run(options, page -> {
            page.navigate(site.url("/headers"));
            Object inPage = page.evaluate("[navigator.userAgent, navigator.platform, navigator.userAgentData.platform, "
                    + "navigator.userAgentData.brands.map(b => b.brand).join('+')].join('\\n')");
            return page.innerText("body").strip() + "\n" + inPage;
        });

        assertThat(PlaywrightPoolTest.value(outcome).lines())
                .containsExactly(
                        EDGE,
                        "\"Not?A_Brand\";v=\"24\", \"Chromium\";v=\"150\", \"Microsoft Edge\";v=\"150\"",
                        "\"Windows\"",
                        "de-DE",
                        EDGE,
                        "Win32",
                        "Windows",
                        "Not?A_Brand+Chromium+Microsoft Edge");
    }

    @Test
    void whatIsToBeRecordedIsThereWithTheOutcome() throws Exception {
        RunOutcome<String> outcome = fixture.run(
                recording(Keep.ALWAYS, Keep.ALWAYS, Keep.ALWAYS), page -> PoolFixture.title(page, site.url("/")));

        assertThat(PlaywrightPoolTest.value(outcome)).isEqualTo("Home");
        assertThat(outcome.recorded())
                .extracting(Recorded::kind)
                .containsExactlyInAnyOrder(ArtifactKind.TRACE, ArtifactKind.HAR, ArtifactKind.VIDEO);
        assertThat(contentOf(outcome, ArtifactKind.TRACE)).startsWith("PK");
        assertThat(contentOf(outcome, ArtifactKind.HAR)).contains(site.url("/"));
        assertThat(contentOf(outcome, ArtifactKind.VIDEO)).contains("webm");
        takeAway(outcome);
    }

    @Test
    void whatIsForFailuresIsKeptOfFailuresOnly() throws Exception {
        BrowserOptions options = recording(Keep.ON_FAILURE, Keep.NEVER, Keep.ON_FAILURE);

        RunOutcome<String> good = fixture.run(options, page -> PoolFixture.title(page, site.url("/")));
        RunOutcome<String> bad = fixture.run(options, page -> {
            page.navigate(site.url("/"));
            throw new TaskFailure(ErrorCategory.EXPECTATION, "no", "No.");
        });

        assertThat(good.recorded()).isEmpty();
        assertThat(bad.recorded()).extracting(Recorded::kind).containsExactly(ArtifactKind.TRACE, ArtifactKind.HAR);
        takeAway(bad);
    }

    @Test
    void aRunThatIsRecordedAndOverdueStillBringsItsTrace() throws Exception {
        RunOutcome<Object> outcome = fixture.pool
                .start(
                        "overdue",
                        recording(Keep.ON_FAILURE, Keep.NEVER, Keep.NEVER),
                        java.time.Duration.ofSeconds(1),
                        page -> {
                            page.navigate(site.url("/"));
                            return page.evaluate("new Promise(() => {})");
                        })
                .await();

        assertThat(PlaywrightPoolTest.failure(outcome).category()).isEqualTo(ErrorCategory.TIMEOUT);
        assertThat(outcome.recorded()).extracting(Recorded::kind).containsExactly(ArtifactKind.TRACE);
        takeAway(outcome);
    }

    @Test
    void anEngineThatIsNotThereIsNotReplacedByAnother() throws Exception {
        for (String engine : List.of("webkit", "netscape")) {
            TaskFailure failure = PlaywrightPoolTest.failure(fixture.run(
                    new BrowserOptions(engine, true, null, null, null, null, null, null, Recording.NOTHING),
                    page -> page.title()));
            assertThat(failure.category()).isEqualTo(ErrorCategory.ENGINE_UNAVAILABLE);
        }
        assertThat(fixture.pool.engines())
                .filteredOn(engine -> engine.name().equals("chromium"))
                .allMatch(engine ->
                        engine.availability() == EngineStatus.Availability.AVAILABLE && engine.version() != null);
    }

    @Test
    void aWindowNeedsADisplay() throws Exception {
        org.junit.jupiter.api.Assumptions.assumeTrue(System.getenv("DISPLAY") == null);
        TaskFailure failure = PlaywrightPoolTest.failure(fixture.run(
                new BrowserOptions("chromium", false, null, null, null, null, null, null, Recording.NOTHING),
                page -> page.title()));

        assertThat(failure.category()).isEqualTo(ErrorCategory.ENGINE_UNAVAILABLE);
        assertThat(failure).hasMessageContaining("DISPLAY");
    }

    private static BrowserOptions recording(Keep trace, Keep video, Keep har) {
        return new BrowserOptions(
                "chromium",
                true,
                null,
                null,
                null,
                null,
                null,
                null,
                new Recording(trace, video, har, Keep.NEVER, false));
    }

    private static String contentOf(RunOutcome<?> outcome, ArtifactKind kind) throws IOException {
        Path file = outcome.recorded().stream()
                .filter(recorded -> recorded.kind() == kind)
                .findFirst()
                .orElseThrow()
                .file();
        return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    /** What the caller has taken leaves nothing behind. */
    private static void takeAway(RunOutcome<?> outcome) throws IOException {
        @Nullable Path folder = null;
        for (Recorded recorded : outcome.recorded()) {
            folder = recorded.file().getParent();
            Files.delete(recorded.file());
        }
        if (folder != null) {
            try (Stream<Path> left = Files.list(folder)) {
                assertThat(left).noneMatch(file -> file.getFileName().toString().startsWith("recording-"));
            }
        }
    }
}

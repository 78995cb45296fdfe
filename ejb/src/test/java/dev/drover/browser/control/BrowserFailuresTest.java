// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.WaitUntilState;
import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.TaskFailure;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong on the web, as the owner of a job sees it; and that the worker is fit afterwards. */
class BrowserFailuresTest {

    private static PoolFixture fixture;
    private static LocalSite site;
    private static LocalSite secret;
    private static final AtomicInteger flips = new AtomicInteger();

    @BeforeAll
    static void open() {
        site = new LocalSite();
        secret = new LocalSite();
        site.on("/loop", exchange -> {
            exchange.getResponseHeaders().set("Location", "/loop");
            exchange.sendResponseHeaders(302, -1);
        });
        site.on("/inside", exchange -> {
            exchange.getResponseHeaders().set("Location", "http://127.7.7.7:" + secret.port() + "/");
            exchange.sendResponseHeaders(302, -1);
        });
        site.on("/huge", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, 0);
            byte[] block = ("<!-- " + "more and more ".repeat(4000) + "-->\n").getBytes(StandardCharsets.UTF_8);
            try (OutputStream out = exchange.getResponseBody()) {
                for (long sent = 0; sent < 200L << 20; sent += block.length) {
                    out.write(block);
                }
            }
        });
        site.page(
                "/dialogs",
                "<title>Dialogs</title><script>alert(1); confirm(2); prompt(3); onbeforeunload = e => 'no'</script>");
        site.page("/popups", "<title>Popups</title><script>for (let i = 0; i < 5; i++) open('/?' + i)</script>");
        site.on("/download", exchange -> {
            exchange.getResponseHeaders().set("Content-Disposition", "attachment; filename=a.bin");
            LocalSite.answer(exchange, 200, "application/octet-stream", "x".repeat(100_000));
        });
        site.page("/restless", "<script>location = '/restless?' + Math.random()</script>");
        // Only 127.0.0.1 is open: the rest of loopback stands for what pages may not reach.
        fixture =
                PoolFixture.open(PoolFixture.settings(1, 1000, List.of("127.0.0.1/32")), BrowserFailuresTest::resolve);
    }

    private static List<InetAddress> resolve(String host) throws UnknownHostException {
        return switch (host) {
            case "flipping.test" ->
                List.of(InetAddress.getByName(flips.getAndIncrement() == 0 ? "127.0.0.1" : "127.7.7.7"));
            case "inside.test" -> List.of(InetAddress.getByName("127.7.7.7"));
            case "nowhere.test" -> throw new UnknownHostException(host);
            default -> List.of(InetAddress.getAllByName(host));
        };
    }

    @AfterAll
    static void close() {
        fixture.close();
        site.close();
        secret.close();
    }

    /** Its process may count as running for another moment: the soak met a job that failed for good within it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Failed to read message from driver, pipe closed.",
                "Failed to read message",
                "Failed to send message",
                "Playwright connection closed",
            })
    void aDriverWhosePipeHasEndedIsGone(String message) {
        assertThat(BrowserFailures.isDriverGone(new PlaywrightException(message)))
                .isTrue();
        assertThat(BrowserFailures.isDriverGone(new IllegalStateException(message)))
                .isFalse();
        assertThat(BrowserFailures.isDriverGone(new PlaywrightException("net::ERR_CONNECTION_CLOSED")))
                .isFalse();
    }

    @Test
    void aNameThatDoesNotExist() throws Exception {
        assertFails("http://nowhere.test/", ErrorCategory.NETWORK, "net_name_not_resolved");
        assertFails("https://nowhere.test/", ErrorCategory.NETWORK, "net_name_not_resolved");
    }

    @Test
    void aPortThatNobodyListensOn() throws Exception {
        int port;
        try (ServerSocket once = new ServerSocket(0)) {
            port = once.getLocalPort();
        }
        assertFails("http://127.0.0.1:" + port + "/", ErrorCategory.NETWORK, "net_connection_refused");
    }

    @Test
    void redirectsWithoutEnd() throws Exception {
        assertFails(site.url("/loop"), ErrorCategory.NETWORK, "net_too_many_redirects");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.7.7.7:PORT/",
                "https://127.7.7.7:PORT/",
                "http://[::1]:PORT/",
                "http://[::ffff:127.7.7.7]:PORT/",
                "http://2131167015:PORT/",
                "http://0x7f.7.7.7:PORT/",
                "http://0177.7.7.7:PORT/",
                "http://inside.test:PORT/",
                "http://169.254.169.254/latest/meta-data",
                "http://10.0.0.1/"
            })
    void anAddressThatPagesMayNotReach(String url) throws Exception {
        assertFails(
                url.replace("PORT", Integer.toString(secret.port())), ErrorCategory.REFUSED_ADDRESS, "address_refused");
        assertThat(secret.asked()).isEmpty();
    }

    @Test
    void aRedirectToWherePagesMayNotGo() throws Exception {
        assertFails(site.url("/inside"), ErrorCategory.REFUSED_ADDRESS, "address_refused");
        assertThat(secret.asked()).isEmpty();
    }

    @Test
    void aNameThatChangesItsAddressBetweenTwoRequests() throws Exception {
        flips.set(0);
        RunOutcome<Object> outcome = fixture.run(page -> {
            page.navigate("http://flipping.test:" + site.port() + "/");
            return page.evaluate(
                    "fetch('http://flipping.test:" + secret.port() + "/').then(() => 'reached', () => 'refused')");
        });

        assertThat(PlaywrightPoolTest.value(outcome)).isEqualTo("refused");
        assertThat(secret.asked()).isEmpty();
    }

    @Test
    void webSocketsOfPagesAndWorkersArePutThroughTheFilterToo() throws Exception {
        String attempt = "new Promise(done => { const s = new WebSocket('ws://127.7.7.7:" + secret.port()
                + "/'); s.onopen = () => done('reached'); s.onerror = () => done('refused'); })";
        RunOutcome<Object> outcome = fixture.run(page -> {
            page.navigate(site.url("/"));
            Object inPage = page.evaluate(attempt);
            Object inWorker = page.evaluate(
                    "source => new Promise(done => { const w = new Worker(URL.createObjectURL("
                            + "new Blob([source]))); w.onmessage = e => done(e.data); })",
                    attempt + ".then(postMessage)");
            return inPage + " " + inWorker;
        });

        assertThat(PlaywrightPoolTest.value(outcome)).isEqualTo("refused refused");
        assertThat(secret.asked()).isEmpty();
    }

    @Test
    void aRefusedPictureDoesNotFailThePage() throws Exception {
        site.page("/picture", "<title>Picture</title><img src='http://127.7.7.7:" + secret.port() + "/'>");

        assertThat(PlaywrightPoolTest.value(fixture.titleOf(site.url("/picture"))))
                .isEqualTo("Picture");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/hostname", "view-source:file:///etc/hostname", "chrome://version/"})
    void whatIsNotTheWeb(String url) throws Exception {
        RunOutcome<Object> outcome = fixture.run(page -> {
            page.navigate(url, new Page.NavigateOptions().setWaitUntil(WaitUntilState.COMMIT));
            return page.content();
        });

        assertThat(outcome).isInstanceOf(RunOutcome.Failed.class);
        assertThat(PlaywrightPoolTest.failure(outcome).category())
                .isIn(ErrorCategory.REFUSED_ADDRESS, ErrorCategory.NETWORK);
        assertFit();
    }

    @Test
    void aFileInASecondPageOfTheRun() throws Exception {
        RunOutcome<String> outcome = fixture.run(page -> {
            Page second = page.context().newPage();
            second.navigate("file:///etc/hostname");
            return second.content();
        });

        assertThat(PlaywrightPoolTest.failure(outcome).code()).isEqualTo("scheme_refused");
    }

    @Test
    void aPageCannotShowFilesByItself() throws Exception {
        RunOutcome<String> outcome = fixture.run(page -> {
            page.navigate(site.url("/"));
            page.setContent("<iframe src='file:///etc/os-release'></iframe>");
            page.evaluate("() => { open('file:///etc/os-release'); }");
            page.evaluate("() => { location = 'file:///etc/os-release'; }");
            page.waitForTimeout(300);
            StringBuilder shown = new StringBuilder();
            page.context().pages().forEach(each -> shown.append(each.content()));
            shown.append(page.evaluate("frames[0].document?.body?.innerText ?? 'closed to us'"));
            return shown.toString();
        });

        assertThat(PlaywrightPoolTest.value(outcome)).contains("<iframe").doesNotContain("VERSION_ID");
        assertFit();
    }

    @Test
    void aPageOf200MegabytesIsTooLarge() throws Exception {
        assertFails(site.url("/huge"), ErrorCategory.TOO_LARGE, "page_too_large");
    }

    @Test
    void anElementThatDoesNotCome() throws Exception {
        RunOutcome<String> outcome = fixture.run(page -> {
            page.navigate(site.url("/"));
            page.setDefaultTimeout(500);
            page.locator("#never").click();
            return "clicked";
        });

        TaskFailure failure = PlaywrightPoolTest.failure(outcome);
        assertThat(failure.category()).isEqualTo(ErrorCategory.MISSING_SELECTOR);
        assertThat(failure.code()).isEqualTo("element_not_found");
        assertThat(failure).hasMessage("Not on the page in time: locator(\"#never\")");
    }

    @Test
    void aClickThatLeadsWhereNobodyIs() throws Exception {
        site.page("/lost", "<a href='http://nowhere.test/'>go</a>");
        RunOutcome<String> outcome = fixture.pool
                .start("lost", BrowserOptions.DEFAULT, Duration.ofSeconds(2), page -> {
                    page.navigate(site.url("/lost"));
                    page.click("a");
                    return page.locator("#there").innerText();
                })
                .await();

        assertThat(PlaywrightPoolTest.failure(outcome).code()).isEqualTo("net_name_not_resolved");
    }

    @Test
    void aPageThatIsClosed() throws Exception {
        RunOutcome<String> outcome = fixture.run(page -> {
            page.close();
            return page.title();
        });

        assertThat(PlaywrightPoolTest.failure(outcome).category()).isEqualTo(ErrorCategory.CRASH);
        assertFit();
    }

    @Test
    void aPageThatCrashes() throws Exception {
        RunOutcome<Object> outcome = fixture.run(page -> {
            page.navigate(site.url("/"));
            return page.context().newCDPSession(page).send("Page.crash");
        });

        assertThat(PlaywrightPoolTest.failure(outcome).category()).isEqualTo(ErrorCategory.CRASH);
        assertFit();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dialogs", "/popups"})
    void whatIsInTheWayOfAPersonIsNotInTheWayOfAJob(String path) throws Exception {
        assertThat(fixture.titleOf(site.url(path))).isInstanceOf(RunOutcome.Succeeded.class);
        assertFit();
    }

    @Test
    void aDownloadInsteadOfAPage() throws Exception {
        assertThat(fixture.titleOf(site.url("/download"))).isInstanceOf(RunOutcome.Failed.class);
        assertFit();
    }

    @Test
    void aPageThatNeverRests() throws Exception {
        fixture.pool
                .start("restless", BrowserOptions.DEFAULT, Duration.ofSeconds(2), page -> {
                    page.navigate(site.url("/restless"));
                    return page.title();
                })
                .await();
        assertFit();
    }

    @Test
    void theProxyThatARunAsksForIsAskedAndMustPassTheFilterItself() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (LocalSite other = new LocalSite()) {
            other.on("/far", exchange -> {
                if ("Basic dTpw".equals(exchange.getRequestHeaders().getFirst("Proxy-Authorization"))) {
                    asked.incrementAndGet();
                }
                LocalSite.answer(exchange, 200, "text/html", "<title>Far</title>");
            });
            RunOutcome<String> far = fixture.run(
                    through("http://u:p@127.0.0.1:" + other.port()),
                    page -> PoolFixture.title(page, "http://nowhere.test/far"));
            assertThat(PlaywrightPoolTest.value(far)).isEqualTo("Far");
            assertThat(asked).hasValue(1);
        }
        RunOutcome<String> inside = fixture.run(
                through("http://127.7.7.7:" + secret.port()),
                page -> PoolFixture.title(page, "http://nowhere.test/far"));
        assertThat(PlaywrightPoolTest.failure(inside).category()).isEqualTo(ErrorCategory.REFUSED_ADDRESS);
        RunOutcome<String> odd =
                fixture.run(through("ftp://127.0.0.1"), page -> PoolFixture.title(page, "about:blank"));
        assertThat(PlaywrightPoolTest.failure(odd).category()).isEqualTo(ErrorCategory.INVALID_INPUT);
        assertFit();
    }

    private static BrowserOptions through(String proxy) {
        return new BrowserOptions(
                "chromium", true, null, null, null, null, null, URI.create(proxy), BrowserOptions.Recording.NOTHING);
    }

    private static void assertFails(String url, ErrorCategory category, String code) throws Exception {
        TaskFailure failure = PlaywrightPoolTest.failure(fixture.titleOf(url));
        assertThat(failure.category()).isEqualTo(category);
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.getMessage()).doesNotContain("Call log", "net::", "\n");
        assertFit();
    }

    private static void assertFit() throws InterruptedException {
        assertThat(PlaywrightPoolTest.value(fixture.titleOf(site.url("/")))).isEqualTo("Home");
    }
}

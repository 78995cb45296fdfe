// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.qa.sites.SampleSites;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages that misbehave cost their own job an attempt, and the browser serves the next one. */
@EndToEnd
class BadPagesTest {

    private final Api api;
    private final SampleSites sites;

    BadPagesTest(Api api, SampleSites sites) {
        this.api = api;
        this.sites = sites;
    }

    @AfterEach
    void theNextJobSucceeds() {
        api.succeeded(screenshot(sites.url("/blank")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://10.0.0.1/",
                "http://169.254.169.254/latest/meta-data/",
                "http://192.168.1.1:8080/",
                "http://[::1]:9080/",
                "http://0.0.0.0:9080/"
            })
    void addressesThatAreNotOpenAreRefused(String url) {
        assertThat(api.error(screenshot(url)).path("category").asText()).isEqualTo("refused_address");
    }

    @Test
    void aRedirectToAnAddressThatIsNotOpenIsRefused() {
        JsonNode error = api.error(screenshot(sites.url("/redirect?to=http://169.254.169.254/latest/meta-data/")));

        assertThat(error.path("category").asText()).isEqualTo("refused_address");
    }

    @Test
    void aPortOnWhichNobodyListensIsANetworkError() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        assertThat(api.error(screenshot("http://127.0.0.1:" + port + "/"))
                        .path("category")
                        .asText())
                .isEqualTo("network");
    }

    @Test
    void aNameThatDoesNotExistIsANetworkError() {
        assertThat(api.error(screenshot("http://nowhere.invalid/"))
                        .path("category")
                        .asText())
                .isEqualTo("network");
    }

    @Test
    void aSelfSignedCertificateIsNotTrusted() {
        try (SampleSites selfSigned = SampleSites.startSelfSigned(0)) {
            assertThat(api.error(screenshot(selfSigned.url("/blank")))
                            .path("category")
                            .asText())
                    .isEqualTo("certificate");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410, 500, 503})
    void aStatusThatIsAnErrorIsNamed(int status) {
        JsonNode error = api.error(screenshot(sites.url("/status/" + status)));

        assertThat(error.path("category").asText()).isEqualTo("http_status");
        assertThat(error.path("code").asText()).isEqualTo("http_" + status);
        assertThat(error.path("recovery").asText()).isNotEmpty();
    }

    @Test
    void anElementThatDoesNotComeIsMissing() {
        JsonNode error = api.error("{task: 'screenshot', timeout_seconds: 8, params: {url: '%s', selector: '#nothing'}}"
                .formatted(sites.url("/article")));

        assertThat(error.path("category").asText()).isEqualTo("missing_selector");
    }

    @Test
    void aPageThatDoesNotComeTakesNoLongerThanItMay() {
        JsonNode error = api.error(
                "{task: 'screenshot', timeout_seconds: 2, params: {url: '%s'}}".formatted(sites.url("/slow?ms=60000")));

        assertThat(error.path("category").asText()).isEqualTo("timeout");
    }

    @Test
    void aPageThatNeverLetsGoIsEnded() {
        JsonNode error = api.error(
                "{task: 'screenshot', timeout_seconds: 3, params: {url: '%s'}}".formatted(sites.url("/hang")));

        assertThat(error.path("category").asText()).isEqualTo("timeout");
    }

    @Test
    void aPageOf200MegabytesIsTooLarge() {
        JsonNode error = api.error("{task: 'content', params: {url: '%s'}}".formatted(sites.url("/huge?mb=200")));

        // Whichever of the two limits it meets first: what a run may load, or what its browser may take.
        assertThat(error.path("code").asText()).isIn("page_too_large", "browser_memory");
    }

    @Test
    void redirectsWithoutEndAreANetworkError() {
        assertThat(api.error(screenshot(sites.url("/redirect/loop")))
                        .path("category")
                        .asText())
                .isEqualTo("network");
    }

    @Test
    void aDownloadIsNoPage() {
        JsonNode error = api.error(screenshot(sites.url("/download?kb=500")));

        assertThat(error.path("category").asText()).isIn("network", "invalid_input");
        assertThat(error.path("message").asText()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/dialogs/alert",
                "/dialogs/confirm",
                "/dialogs/prompt",
                "/dialogs/beforeunload",
                "/popups",
                "/crash/recursion"
            })
    void dialogsAndWindowsDoNotStopAJob(String path) {
        api.succeeded(screenshot(sites.url(path)));
    }

    @Test
    void aBrowserThatIsKilledCostsItsJobTheAttempt() {
        String id = api.submit(screenshot(sites.url("/slow?ms=60000")));
        long pid = await().atMost(Duration.ofMinutes(1)).until(() -> browserOf(id), found -> found > 0);

        ProcessHandle.of(pid).orElseThrow().destroyForcibly();

        JsonNode job = api.ended(id);
        assertThat(job.path("status").asText()).isEqualTo("failed");
        assertThat(job.path("error").path("category").asText()).isEqualTo("crash");
        assertThat(job.path("error").path("recovery").asText()).isEqualTo("retry");
    }

    private long browserOf(String job) {
        List<JsonNode> workers =
                Json.list(api.get("/status/browser-sessions").json().path("items"));
        return workers.stream()
                .filter(worker -> worker.path("job_id").asText().equals(job))
                .mapToLong(worker -> worker.path("browser_pid").asLong())
                .findFirst()
                .orElse(0);
    }

    private static String screenshot(String url) {
        return "{task: 'screenshot', timeout_seconds: 60, params: {url: '%s'}}".formatted(url);
    }
}

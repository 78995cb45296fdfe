// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.sites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleSitesTest {

    private static SampleSites sites;
    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    @BeforeAll
    static void start() {
        sites = SampleSites.start(0);
    }

    @AfterAll
    static void stop() {
        sites.close();
    }

    @Test
    void everyPageThatTheIndexLinksToAnswers() throws Exception {
        String index = get("/").body();

        var links = java.util.regex.Pattern.compile("href=\"/sites(/[^\"]*)\"").matcher(index);

        int count = 0;
        while (links.find()) {
            String path = links.group(1);
            if (!path.startsWith("/status/") && !path.startsWith("/redirect/loop") && !path.startsWith("/huge")) {
                assertThat(get(path).statusCode()).as(path).isEqualTo(200);
                count++;
            }
        }
        assertThat(count).isGreaterThan(15);
    }

    @Test
    void theBenchmarkPageHasAnOrdinaryWeightAndIsAlwaysTheSame() throws Exception {
        String page = get("/bench").body();

        assertThat(page.length()).isBetween(45_000, 55_000);
        assertThat(get("/bench").body()).isEqualTo(page);
        assertThat(page).doesNotContain("https://");
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 403, 404, 418, 500, 503})
    void aStatusPageAnswersWithTheStatusOfItsPath(int status) throws Exception {
        assertThat(get("/status/" + status).statusCode()).isEqualTo(status);
    }

    @Test
    void whatIsNowhereIsNotFound() throws Exception {
        assertThat(get("/no/such/page").statusCode()).isEqualTo(404);
        assertThat(get("/no/such/<b>").body()).doesNotContain("<b>");
    }

    @Test
    void aSlowPageTakesItsTime() throws Exception {
        Instant before = Instant.now();

        get("/slow?ms=200");

        assertThat(Duration.between(before, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void aRedirectLeadsToTheAddressThatItIsTold() throws Exception {
        HttpResponse<String> page = get("/redirect?to=/sites/article");

        assertThat(page.uri().getPath()).isEqualTo("/sites/article");
        assertThat(page.body()).contains("lighthouse");
    }

    @Test
    void theEndlessRedirectAlwaysLeadsOn() throws Exception {
        HttpClient patient = HttpClient.newHttpClient();

        HttpResponse<String> answer = patient.send(
                HttpRequest.newBuilder(sites.uri("/redirect/loop?n=41")).build(), BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location")).hasValue("/sites/redirect/loop?n=42");
    }

    @Test
    void aHugePageIsAsLargeAsItSaysAndComesAsAStream() throws Exception {
        HttpResponse<InputStream> answer =
                client.send(HttpRequest.newBuilder(sites.uri("/huge?mb=5")).build(), BodyHandlers.ofInputStream());

        try (InputStream in = answer.body()) {
            assertThat(in.skip(Long.MAX_VALUE)).isBetween(5L << 20, 6L << 20);
        }
    }

    @Test
    void aDownloadIsAnAttachment() throws Exception {
        HttpResponse<String> answer = get("/download?name=ledger.csv&kb=2");

        assertThat(answer.headers().firstValue("Content-Disposition")).hasValue("attachment; filename=\"ledger.csv\"");
        assertThat(answer.body()).hasSize(2048);
    }

    @Test
    void theShopHasThreePagesOfProductsWithNestedReviews() throws Exception {
        assertThat(get("/shop").body())
                .contains("Storm lantern", "data-sku=\"HB-001\"", "class=\"review\"", "rel=\"next\"");
        assertThat(get("/shop?page=3").body()).contains("Fog horn").doesNotContain("rel=\"next\"");
    }

    @Test
    void theAccountIsBehindALogin() throws Exception {
        assertThat(get("/account").uri().getPath()).isEqualTo("/sites/account/login");
        assertThat(post("/account/login", "user=ada&password=wrong").statusCode())
                .isEqualTo(401);

        HttpResponse<String> account = post("/account/login", "user=ada&password=harbour");

        assertThat(account.body()).contains("Welcome");
        assertThat(get("/account/order").body()).contains("Book a berth");
    }

    @Test
    void anOrderConfirmsWhatWasSent() throws Exception {
        post("/account/login", "user=ada&password=harbour");
        String body = """
                --x\r
                Content-Disposition: form-data; name="berth"\r
                \r
                B7\r
                --x\r
                Content-Disposition: form-data; name="papers"; filename="papers.txt"\r
                Content-Type: text/plain\r
                \r
                0123456789\r
                --x--\r
                """;

        HttpResponse<String> confirmation = client.send(
                HttpRequest.newBuilder(sites.uri("/account/order"))
                        .header("Content-Type", "multipart/form-data; boundary=x")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());

        assertThat(confirmation.uri().getPath()).startsWith("/sites/account/orders/");
        assertThat(confirmation.body()).contains("<td id=\"berth\">B7</td>", "papers.txt (10 bytes)");
    }

    @Test
    void visitsAreCountedByPath() throws Exception {
        int before = sites.visits("/blank");

        get("/blank?a=1");
        get("/blank?a=2");

        assertThat(sites.visits("/blank")).isEqualTo(before + 2);
    }

    @Test
    void theSelfSignedVariantIsNotTrusted() {
        try (SampleSites selfSigned = SampleSites.startSelfSigned(0)) {
            HttpRequest request =
                    HttpRequest.newBuilder(selfSigned.uri("/article")).build();

            assertThatThrownBy(() -> client.send(request, BodyHandlers.ofString()))
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageContaining("PKIX path building failed");
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(java.net.URI.create(
                                sites.url("") + path.replace("<", "%3C").replace(">", "%3E")))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String form) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(sites.uri(path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
    }
}

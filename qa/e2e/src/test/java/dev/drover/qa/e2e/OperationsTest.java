// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.qa.sites.SampleSites;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the people who run Drover look at. */
@EndToEnd
class OperationsTest {

    private final Api api;
    private final SampleSites sites;
    private final DroverServer server;

    OperationsTest(Api api, SampleSites sites, DroverServer server) {
        this.api = api;
        this.sites = sites;
        this.server = server;
    }

    @ParameterizedTest
    @ValueSource(strings = {"//health", "//health/live", "//health/ready", "//health/started"})
    void healthNeedsNoToken(String path) {
        Reply reply = api.send(HttpRequest.newBuilder(api.uri(path)).build());

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().path("status").asText()).isEqualTo("UP");
    }

    @Test
    void readinessNamesWhatItDependsOn() {
        JsonNode status = api.get("/system/status").json();

        assertThat(status.path("status").asText()).isEqualTo("up");
        assertThat(status.path("components").size()).isGreaterThanOrEqualTo(3);
        assertThat(api.get("/health/detailed").json().path("resources").isObject())
                .isTrue();
    }

    @Test
    void metricsTellJobsByTaskAndOutcome() {
        api.succeeded("{task: 'screenshot', params: {url: '%s'}}".formatted(sites.url("/blank")));
        api.error("{task: 'noop', params: {fail: true}}");

        Reply reply = api.send(HttpRequest.newBuilder(api.uri("//metrics")).build());

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.mediaType()).isEqualTo("text/plain");
        assertThat(samples(reply, "drover_jobs_completed_total"))
                .anyMatch(line -> line.contains("task=\"screenshot\"") && line.contains("outcome=\"succeeded\""))
                .anyMatch(line -> line.contains("task=\"noop\"") && line.contains("outcome=\"failed\""));
        assertThat(samples(reply, "drover_jobs_submitted_total")).isNotEmpty();
        assertThat(samples(reply, "drover_job_errors_total")).anyMatch(line -> line.contains("category=\"internal\""));
        assertThat(samples(reply, "drover_job_queue_wait_seconds_bucket"))
                .anyMatch(line -> line.contains("le=\"0.005\""));
        assertThat(samples(reply, "drover_job_run_time_seconds_bucket")).anyMatch(line -> line.contains("le=\"+Inf\""));
        assertThat(samples(reply, "drover_jobs_running")).isNotEmpty();
    }

    @Test
    void aFailedJobIsInTheLogUnderItsIds() throws IOException {
        String noop = api.submit("{task: 'noop', user_id: 'grace', params: {fail: true}}");
        String page = api.submit("{task: 'screenshot', params: {url: '%s'}}".formatted(sites.url("/status/404")));
        api.ended(noop);
        JsonNode job = api.ended(page);

        JsonNode ofNoop = await().atMost(Duration.ofSeconds(10)).until(() -> logOf(noop), line -> !line.isEmpty());
        JsonNode ofPage = await().atMost(Duration.ofSeconds(10)).until(() -> logOf(page), line -> !line.isEmpty());

        assertThat(ofNoop.path("ext_user_id").asText()).isEqualTo("grace");
        assertThat(ofNoop.path("message").asText()).contains("asked_to_fail");
        assertThat(ofPage.path("ext_trace_id").asText())
                .isEqualTo(job.path("trace_id").asText());
        assertThat(ofPage.path("ext_browser_type").asText()).isEqualTo("chromium");
        assertThat(ofPage.path("loglevel").asText()).isEqualTo("INFO");
    }

    @Test
    void anOwnTaskFromAJarRunsLikeAnyOther() {
        JsonNode task = api.get("/tasks/noop").json();
        JsonNode job = api.succeeded("{task: 'noop', params: {payload: {answer: 42}}}");

        assertThat(task.path("engines")).isEmpty();
        assertThat(job.path("result").path("payload").path("answer").asInt()).isEqualTo(42);
        assertThat(job.hasNonNull("browser_type")).isFalse();
    }

    @Test
    void theNodeSaysWhatItIsAndWhichBrowsersItHas() {
        JsonNode info = api.get("/system/info").json();
        JsonNode browsers = api.get("/status/browser-sessions").json();

        assertThat(info.path("name").asText()).isEqualTo("Drover");
        assertThat(Json.list(info.path("roles"))).hasSize(2);
        assertThat(Json.list(browsers.path("engines"))).anySatisfy(engine -> {
            assertThat(engine.path("name").asText()).isEqualTo("chromium");
            assertThat(engine.path("availability").asText()).isEqualTo("available");
            assertThat(engine.path("version").asText()).isNotEmpty();
        });
        assertThat(Json.list(browsers.path("items"))).hasSize(1);
    }

    @Test
    void theTokenIsTheAdministrators() {
        JsonNode me = api.get("/me").json();

        assertThat(me.path("user_id").asText()).isEqualTo("admin");
        assertThat(me.path("roles").toString()).contains("admin", "user");
    }

    private JsonNode logOf(String job) throws IOException {
        try (Stream<String> lines = Files.lines(server.log())) {
            return lines.filter(line -> line.contains(job))
                    .map(Json::read)
                    .filter(line -> line.path("ext_job_id").asText().equals(job))
                    .findFirst()
                    .orElse(Json.read("{}"));
        }
    }

    private static List<String> samples(Reply reply, String family) {
        return reply.text().lines().filter(line -> line.startsWith(family)).toList();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.qa.sites.SampleSites;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A job's life as its owner sees it. */
@EndToEnd
class JobsTest {

    private final Api api;
    private final SampleSites sites;
    private final DroverServer server;

    JobsTest(Api api, SampleSites sites, DroverServer server) {
        this.api = api;
        this.sites = sites;
        this.server = server;
    }

    @Test
    void anAcceptedJobIsQueuedAndHasAnAddress() {
        Reply reply = api.post("/jobs", "{task: 'noop', params: {sleep_ms: 50}}");

        JsonNode job = reply.json();
        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.header("Location"))
                .endsWith("/api/v1/jobs/" + job.path("id").asText());
        assertThat(job.path("status").asText()).isEqualTo("queued");
        assertThat(job.path("priority").asText()).isEqualTo("normal");
        assertThat(job.path("attempt").asInt()).isZero();
        assertThat(job.path("trace_id").asText()).matches("[0-9a-f]{32}");
    }

    @Test
    void parametersCanBeTheWholeBodyAndOptionsComeBeside() {
        Reply reply =
                api.post("/jobs/noop?priority=high&label=kind:short", "{payload: 7}", "Drover-Ttl-Seconds", "600");

        JsonNode job = api.ended(reply.json().path("id").asText());
        assertThat(job.path("result").path("payload").asInt()).isEqualTo(7);
        assertThat(job.path("priority").asText()).isEqualTo("high");
        assertThat(job.path("labels").path("kind").asText()).isEqualTo("short");
        Duration kept = Duration.between(
                Instant.parse(job.path("finished_at").asText()),
                Instant.parse(job.path("expires_at").asText()));
        assertThat(kept).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void eventsAreNumberedWithoutGapsAndEndWithTheCompletion() {
        String id = api.submit("{task: 'noop', params: {progress: 300, payload: 'x'}}");
        api.ended(id);

        List<JsonNode> events = api.events(id);

        assertThat(events.stream().map(event -> event.path("seq").asInt()).toList())
                .isEqualTo(IntStream.rangeClosed(1, events.size()).boxed().toList());
        assertThat(Json.texts(events, "event_type").stream().filter("job_completed"::equals))
                .hasSize(1);
        JsonNode last = events.getLast();
        assertThat(last.path("event_type").asText()).isEqualTo("job_completed");
        assertThat(last.path("data").path("result").path("payload").asText()).isEqualTo("x");
        assertThat(events.size()).isGreaterThan(300);
    }

    @Test
    void aListIsFilteredByLabelAndComesInPages() {
        String run = UUID.randomUUID().toString();
        List<String> submitted = IntStream.range(0, 5)
                .mapToObj(i -> api.submit("{task: 'noop', labels: {run: '%s'}}".formatted(run)))
                .toList();
        api.submit("{task: 'noop', labels: {run: 'another'}}");

        List<String> found = new ArrayList<>();
        Reply page = api.get("/jobs?limit=2&label=run:" + run);
        found.addAll(Json.texts(Json.list(page.json().path("items")), "id"));
        assertThat(found).hasSize(2);
        assertThat(page.header("Link")).contains("rel=\"next\"");
        while (page.json().hasNonNull("next_cursor")) {
            page = api.get("/jobs?limit=2&label=run:" + run + "&cursor="
                    + page.json().path("next_cursor").asText());
            found.addAll(Json.texts(Json.list(page.json().path("items")), "id"));
        }

        assertThat(found).isEqualTo(submitted.reversed());
    }

    @Test
    void aListIsFilteredByStatusTaskAndUser() {
        String user = "ada-" + UUID.randomUUID();
        String ended = api.submit("{task: 'noop', user_id: '%s'}".formatted(user));
        String asleep = api.submit("{task: 'noop', params: {sleep_ms: 60000}, user_id: '%s'}".formatted(user));
        api.ended(ended);

        assertThat(ids("/jobs?user_id=" + user)).containsExactly(asleep, ended);
        assertThat(ids("/jobs?status=active&user_id=" + user)).containsExactly(asleep);
        assertThat(ids("/jobs?status=succeeded,failed&user_id=" + user)).containsExactly(ended);
        assertThat(ids("/jobs?task=screenshot&user_id=" + user)).isEmpty();
        assertThat(api.job(ended).path("user_id").asText()).isEqualTo(user);

        api.delete("/jobs/" + asleep);
        api.ended(asleep);
    }

    @Test
    void aJobWaitsForItsTime() {
        Instant notBefore = Instant.now().plusSeconds(3);

        JsonNode job = api.ended(api.submit("{task: 'noop', not_before: '%s'}".formatted(notBefore)));

        assertThat(job.path("status").asText()).isEqualTo("succeeded");
        assertThat(Instant.parse(job.path("started_at").asText())).isAfterOrEqualTo(notBefore);
    }

    @Test
    void aJobWhoseTimeIsFarOffIsScheduledAndCanBeCancelled() {
        Instant tomorrow = Instant.now().plus(Duration.ofDays(1));

        JsonNode job = api.post("/jobs", "{task: 'noop', not_before: '%s'}".formatted(tomorrow))
                .json();

        assertThat(job.path("status").asText()).isEqualTo("scheduled");
        Reply cancel = api.delete("/jobs/" + job.path("id").asText());
        assertThat(cancel.status()).isEqualTo(200);
        assertThat(cancel.json().path("status").asText()).isEqualTo("cancelled");
    }

    @Test
    void aRunningJobIsCancelled() {
        String id = api.submit("{task: 'noop', params: {sleep_ms: 60000}}");
        api.when(id, "running");

        Reply cancel = api.post("/jobs/" + id + "/cancel", "{reason: 'no longer needed'}");

        assertThat(cancel.status()).isEqualTo(202);
        assertThat(api.ended(id).path("status").asText()).isEqualTo("cancelled");
        Reply again = api.post("/jobs/" + id + "/cancel", "{}");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("job_ended");
        assertThat(again.json().path("detail").asText()).contains("cancelled");
    }

    @Test
    void aRunningJobWithABrowserIsCancelled() {
        String id = api.submit("{task: 'screenshot', params: {url: '%s'}}".formatted(sites.url("/slow?ms=60000")));
        api.when(id, "running");

        api.post("/jobs/" + id + "/cancel", "{force: true}");

        assertThat(api.ended(id).path("status").asText()).isEqualTo("cancelled");
        api.succeeded("{task: 'screenshot', params: {url: '%s'}}".formatted(sites.url("/blank")));
    }

    @Test
    void anExpiredJobIsRemovedWithItsFiles() throws IOException {
        JsonNode job = api.succeeded(
                "{task: 'screenshot', ttl_seconds: 5, params: {url: '%s'}}".formatted(sites.url("/blank")));
        String id = job.path("id").asText();
        assertThat(filesOf(id)).isNotEmpty();

        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> api.get("/jobs/" + id).status() == 404);

        assertThat(api.get("/jobs/" + id + "/events").status()).isEqualTo(404);
        await().atMost(Duration.ofSeconds(10)).until(() -> filesOf(id).isEmpty());
    }

    @Test
    void theTraceOfTheCallerIsTheTraceOfTheJob() {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";

        Reply reply = api.post("/jobs", "{task: 'noop'}", "traceparent", "00-" + trace + "-00f067aa0ba902b7-01");

        assertThat(reply.json().path("trace_id").asText()).isEqualTo(trace);
    }

    private List<Path> filesOf(String id) throws IOException {
        try (Stream<Path> all = Files.walk(server.dataRoot().resolve("artifacts"))) {
            return all.filter(path -> path.toString().contains(id)).toList();
        }
    }

    private List<String> ids(String path) {
        return Json.texts(Json.list(api.get(path).json().path("items")), "id");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.qa.sites.SampleSites;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clients that break off at each stage of what they do: what was accepted is done once, and nothing is held for them. */
@EndToEnd
@Tag("fault")
class ClientAbortTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int TIMES = 20;

    private final DroverServer server;
    private final Api api;
    private final SampleSites sites;

    ClientAbortTest(DroverServer server, Api api, SampleSites sites) {
        this.server = server;
        this.api = api;
        this.sites = sites;
    }

    private static String labelled(String label) {
        return Json.strict("{task: 'noop', labels: {case: '%s'}}".formatted(label));
    }

    private List<String> withLabel(String label) {
        return Json.texts(
                Json.list(api.get("/jobs?limit=200&label=case:" + label).json().path("items")), "id");
    }

    @Test
    void inTheBodyNothingIsMadeOfIt() {
        String label = UUID.randomUUID().toString();
        String body = labelled(label);

        for (int i = 0; i < TIMES; i++) {
            try (RudeClient client = new RudeClient(api)) {
                client.head("POST", "/jobs", "Content-Type: application/json", "Content-Length: " + body.length())
                        .send(body.substring(0, body.length() * i / TIMES));
            }
        }

        // One that comes after them: they have been read by then.
        api.succeeded("{task: 'noop'}");
        assertThat(withLabel(label)).isEmpty();
        Aftermath.assertAtRest(server);
    }

    @Test
    void beforeTheAnswerTheSameRequestGetsItLater() throws Exception {
        String label = UUID.randomUUID().toString();
        String body = labelled(label);
        Random random = new Random(7);
        List<String> keys = IntStream.range(0, TIMES)
                .mapToObj(i -> UUID.randomUUID().toString())
                .toList();

        for (String key : keys) {
            try (RudeClient client = new RudeClient(api)) {
                client.head(
                                "POST",
                                "/jobs",
                                "Content-Type: application/json",
                                "Idempotency-Key: " + key,
                                "Content-Length: " + body.length())
                        .send(body);
                Thread.sleep(random.nextInt(8));
            }
        }
        List<String> jobs = keys.stream().map(key -> accepted(body, key)).toList();

        assertThat(jobs).doesNotHaveDuplicates();
        assertThat(withLabel(label)).containsExactlyInAnyOrderElementsOf(jobs);
        Aftermath.assertSucceededOnce(api, jobs);
        Aftermath.assertAtRest(server);
    }

    private String accepted(String body, String key) {
        return await().atMost(PATIENCE)
                .until(
                        () -> {
                            Reply reply = api.post("/jobs", body, "Idempotency-Key", key);
                            assertThat(reply.status()).as(reply.text()).isIn(202, 409);
                            return reply.json().path("id").asText("");
                        },
                        id -> !id.isEmpty());
    }

    @Test
    void amongFollowersTheOthersAndTheJobGoOn() {
        String id = api.submit("{task: 'noop', params: {progress: 40, progress_every_ms: 50}}");
        try (Feed patient = Feed.open(api, "/ws/jobs/" + id)) {
            for (int i = 0; i < TIMES; i++) {
                try (Feed feed = Feed.open(api, "/ws/jobs/" + id);
                        RudeClient reader = new RudeClient(api)) {
                    reader.head("GET", "/jobs/" + id + "/events", "Accept: text/event-stream");
                    assertThat(reader.read(12)).isEqualTo("HTTP/1.1 200");
                    feed.awaitEvents(1);
                }
            }

            assertThat(patient.closeCode()).isEqualTo(1000);
            assertThat(patient.numbers())
                    .isEqualTo(IntStream.rangeClosed(1, patient.numbers().size())
                            .boxed()
                            .toList());
            assertThat(patient.events()).isEqualTo(api.events(id));
        }
        Aftermath.assertSucceededOnce(api, List.of(id));
        Aftermath.assertAtRest(server);
    }

    @Test
    void inADownloadTheFileIsLetGo() {
        JsonNode job = api.succeeded("{task: 'noop', params: {payload: '%s'}}".formatted("flotsam ".repeat(700_000)));
        String path = "/" + job.path("artifacts").path(0).path("url").asText();

        List<RudeClient> clients = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            RudeClient client = new RudeClient(api);
            clients.add(client);
            client.head("GET", path);
            assertThat(client.read(1_000 + i)).startsWith("HTTP/1.1 200");
        }
        assertThat(Aftermath.filesHeld(server, server.dataRoot().resolve("artifacts")))
                .isNotEmpty();
        clients.forEach(RudeClient::close);

        Aftermath.assertAtRest(server);
        assertThat(api.get(path).body())
                .hasSize(job.path("artifacts").path(0).path("size").asInt());
        api.succeeded("{task: 'content', params: {url: '%s'}}".formatted(sites.url("/article")));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.qa.sites.SampleSites;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two nodes behind nginx with TLS, which sends requests to either: clients need one address. */
@ExtendWith(SharedCluster.class)
@TestInstance(Lifecycle.PER_CLASS)
class BehindNginxTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Nginx nginx;
    private final HttpClient http;
    private final Api api;
    private final SampleSites sites;

    BehindNginxTest(Cluster cluster) throws Exception {
        Api front = cluster.frontAs("api").api();
        nginx = Nginx.before(List.of(front, cluster.worker().api()));
        http = nginx.client();
        api = new Api(nginx.origin(), front.token(), http);
        sites = cluster.sites();
    }

    @AfterAll
    void stop() {
        http.shutdownNow();
        nginx.close();
    }

    @Test
    void aSessionIsDrivenAndWatchedThroughIt() throws Exception {
        JsonNode session = api.post("/sessions", "{start_url: '%s'}".formatted(sites.url("/desk")))
                .json();
        String path = "/sessions/" + session.path("id").asText();
        String wss = nginx.origin().toString().replaceFirst("^http", "ws") + "/ws" + path;
        assertThat(session.path("ws_endpoint").asText()).startsWith(wss + "/playwright?token=");
        assertThat(session.path("cdp_endpoint").asText()).startsWith(wss + "/cdp?token=");

        try (LiveViewer viewer =
                LiveViewer.open(http, session.path("live_view_url").asText())) {
            viewer.sees(0xcc0000, 600, 300);
            JsonNode seen = PuppeteerTest.drive(
                    session,
                    sites.url("/desk"),
                    Map.of("NODE_EXTRA_CA_CERTS", nginx.certificate().toString()));
            assertThat(seen.path("title").asText()).isEqualTo("Desk, switched");
            assertThat(seen.path("large").asInt())
                    .as("nothing gets stuck on the way")
                    .isEqualTo(20_000_000);
            viewer.sees(0x008800, 600, 300);
            // Several requests go to both nodes in turn.
            for (int i = 0; i < 4; i++) {
                assertThat(api.post(path + "/actions", "{action: 'snapshot'}")
                                .json()
                                .path("title")
                                .asText())
                        .isEqualTo("Desk, switched");
            }
        } finally {
            api.delete(path);
        }
    }

    @Test
    void testProgressComesToThoseWhoPollAndThoseWhoDoNot() {
        try (SocketIoClient polls = socketIo("['polling']");
                SocketIoClient upgrades = socketIo("['polling', 'websocket']")) {
            assertThat(polls.first("open").asText()).isEqualTo("polling");
            polls.first("connect");
            upgrades.first("connect");
            assertThat(upgrades.first("upgrade").asText()).isEqualTo("websocket");

            for (int i = 1; i <= 5; i++) {
                polls.tell("{emit: 'test_status_update', data: {step: %d}, ack: true}".formatted(i));
                int said = i;
                await().atMost(PATIENCE)
                        .until(() -> polls.heard("ack").size() == said
                                && upgrades.heard("test_progress").size() == said);
            }
        }
    }

    private SocketIoClient socketIo(String transports) {
        return SocketIoClient.start(
                nginx.origin(),
                "{transports: %s, query: {token: '%s'}}".formatted(transports, api.token()),
                Map.of("NODE_EXTRA_CA_CERTS", nginx.certificate().toString()));
    }

    @Test
    void eventsComeAsTheyHappen() throws Exception {
        String id = api.submit("{task: 'noop', params: {progress: 3, sleep_ms: 60000}}");
        try (var events = http.send(
                        api.request("/jobs/" + id + "/events")
                                .setHeader("Accept", "text/event-stream")
                                .build(),
                        BodyHandlers.ofLines())
                .body()) {
            assertThat(events.filter(line -> line.startsWith("data:")).limit(5))
                    .as("while the job goes on")
                    .hasSize(5);
        }
        assertThat(api.job(id).path("status").asText()).isEqualTo("running");
        api.delete("/jobs/" + id);
        assertThat(api.ended(id).path("status").asText()).isEqualTo("cancelled");
    }
}

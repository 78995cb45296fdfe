// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.drover.qa.sites.SampleSites;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two servers on one PostgreSQL and one external Artemis: one takes jobs, the other runs them. */
@ExtendWith(SharedCluster.class)
@TestInstance(Lifecycle.PER_CLASS)
class TwoNodesTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Api front;
    private final Api worker;
    private final SampleSites sites;

    TwoNodesTest(Cluster cluster) {
        front = cluster.frontAs("api").api();
        worker = cluster.worker().api();
        sites = cluster.sites();
    }

    @Test
    void aJobTakenByOneRunsOnTheOtherAndIsHeardLiveAndCancelledThroughTheFirst() {
        String id = front.submit("{task: 'noop', params: {progress: 5, sleep_ms: 120000}}");
        try (Feed feed = Feed.open(front, "/ws/jobs/" + id)) {
            // Accepted, started, and five reports, while the job has no end yet.
            feed.awaitEvents(7);
            JsonNode running = front.job(id);
            assertThat(running.path("status").asText()).isEqualTo("running");
            assertThat(running.path("host").asText()).isEqualTo("worker-1");

            assertThat(front.delete("/jobs/" + id).status()).isEqualTo(202);

            assertThat(feed.closeCode()).isEqualTo(1000);
            assertThat(front.job(id).path("status").asText()).isEqualTo("cancelled");
            assertThat(feed.events()).isEqualTo(front.events(id));
        }
    }

    @Test
    void anAnswerAndALinkGivenToOneReachTheJobOnTheOther() {
        String byRest = front.submit("{task: 'ask', params: {prompt: 'Go on?'}}");
        front.when(byRest, "waiting_for_human");
        assertThat(front.post("/jobs/" + byRest + "/input", "{answer: true}").status())
                .isEqualTo(200);
        assertThat(front.ended(byRest).at("/result/answer").asBoolean()).isTrue();

        String byLink = front.submit("{task: 'ask', params: {prompt: 'Go on?'}}");
        front.when(byLink, "waiting_for_human");
        String link = front.get("/jobs/" + byLink + "/input").json().path("url").asText();
        assertThat(front.post(link, "{answer: false}").status()).isEqualTo(200);
        assertThat(front.ended(byLink).at("/result").toString()).isEqualTo("{\"answer\":false}");
    }

    @Test
    void aPageOnTheOtherNodeIsTakenOverByALinkOfThisOne() {
        String id = front.submit("{task: 'hand-over', params: {url: '%s'}}".formatted(sites.url("/desk")));
        front.when(id, "waiting_for_human");
        String link = front.get("/jobs/" + id + "/input").json().path("url").asText();

        try (LiveViewer person = LiveViewer.open(socket(front, "/ws" + link + "/live"))) {
            person.sees(0xcc0000, 600, 300);
            person.click(100, 100);
            person.sees(0x008800, 600, 300);
            assertThat(front.post(link, "{answer: true}").status()).isEqualTo(200);
        }

        assertThat(front.ended(id).at("/result/handed_back").asBoolean()).isTrue();
    }

    @Test
    void aSessionOnTheOtherNodeIsCapturedThroughThisOneAndOpensOnAnyNode() {
        String session = opened("{}").json().path("id").asText();
        String path = "/sessions/" + session;
        front.post(path + "/actions", "{action: 'goto', url: '%s'}".formatted(sites.url("/blank")));
        front.post(path + "/actions", "{action: 'evaluate', expression: 'document.cookie = `sid=4711`'}");

        Reply byPath = front.post(path + "/capture", "{name: 'by-path'}");
        Reply byId = front.post("/capture-session", "{session_id: '%s', name: 'by-id'}".formatted(session));
        Reply again = front.post("/capture-session", "{session_id: '%s', name: 'by-id'}".formatted(session));
        front.delete(path);

        assertThat(byPath.status()).as(byPath.text()).isEqualTo(201);
        assertThat(byId.status()).as(byId.text()).isEqualTo(201);
        assertThat(byId.header("Location")).isEqualTo("/api/v1/captured-sessions/by-id");
        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(front.post("/capture-session", "{session_id: '%s', name: '../x'}".formatted(session))
                        .json()
                        .at("/errors/0/pointer")
                        .asText())
                .isEqualTo("/name");
        for (String name : List.of("by-path", "by-id")) {
            JsonNode job =
                    front.succeeded("{task: 'content', params: {url: '%s', format: 'text'}, captured_session: '%s'}"
                            .formatted(sites.url("/echo"), name));
            assertThat(job.path("host").asText()).isEqualTo("worker-1");
            assertThat(job.at("/result/content").asText()).contains("sid=4711");
            assertThat(front.delete("/captured-sessions/" + name).status()).isEqualTo(204);
            assertThat(worker.get("/captured-sessions/" + name).status()).isEqualTo(404);
        }
    }

    @Test
    void aSessionOnTheOtherNodeIsUsedThroughThisOne() {
        Reply opened = opened("{start_url: '%s'}".formatted(sites.url("/desk")));
        JsonNode session = opened.json();
        String path = "/sessions/" + session.path("id").asText();
        assertThat(opened.header("Location")).isEqualTo("/api/v1" + path);
        assertThat(session.path("host").asText()).isEqualTo("worker-1");
        assertThat(session.path("ws_endpoint").asText()).startsWith(socket(front, "/ws" + path));
        assertThat(front.get(path).json().path("ws_endpoint").asText()).startsWith(socket(front, "/ws" + path));

        try (Playwright playwright = StockClient.start();
                LiveViewer viewer =
                        LiveViewer.open(session.path("live_view_url").asText())) {
            viewer.sees(0xcc0000, 600, 300);
            Page page = playwright
                    .chromium()
                    .connect(session.path("ws_endpoint").asText())
                    .contexts()
                    .getFirst()
                    .pages()
                    .getFirst();
            page.click("#switch");
            viewer.sees(0x008800, 600, 300);
            assertThat(playwright
                            .chromium()
                            .connectOverCDP(
                                    session.path("cdp_endpoint").asText().replaceFirst("^ws", "http"))
                            .contexts()
                            .getFirst()
                            .pages()
                            .getFirst()
                            .title())
                    .isEqualTo("Desk, switched");
            JsonNode done = front.post(path + "/actions", "{action: 'evaluate', expression: 'document.title'}")
                    .json();
            assertThat(done.path("value").asText()).isEqualTo("Desk, switched");
            Reply picture = front.get(path + "/screenshot");
            assertThat(picture.header("Content-Type")).isEqualTo("image/png");
            assertThat(picture.body()).startsWith(0x89, 'P', 'N', 'G');
            assertThat(front.post(path + "/actions", "{action: 'dance'}")
                            .json()
                            .at("/errors/0/pointer")
                            .asText())
                    .isEqualTo("/action");
            assertThat(Wire.refusal(session.path("ws_endpoint").asText().replaceFirst("token=.*", "token=no")))
                    .isEqualTo(401);
            assertThat(front.post(path + "/touch", "{}").status()).isEqualTo(200);

            assertThat(front.delete(path).json().path("status").asText()).isEqualTo("terminating");
            assertThat(viewer.closeCode()).isEqualTo(1000);
        }
        await().atMost(PATIENCE)
                .until(() ->
                        front.get(path).json().path("close_reason").asText().equals("deleted"));
        assertThat(front.post("/sessions", "{host: 'worker-9'}")
                        .json()
                        .at("/errors/0/pointer")
                        .asText())
                .isEqualTo("/host");
    }

    private static String socket(Api api, String path) {
        return api.server().toString().replaceFirst("^http", "ws") + path;
    }

    @Test
    void bothSeeTheSameJobAndSoDoFilteredReadersOfBoth() {
        try (Feed here = Feed.open(front, "/ws/events?types=job_completed");
                Feed there = Feed.open(worker, "/ws/events?types=job_completed")) {
            for (Feed feed : List.of(here, there)) {
                feed.send("ping");
                feed.awaitMessage("pong");
            }

            JsonNode job = front.succeeded("{task: 'screenshot', params: {url: '%s'}}".formatted(sites.url("/blank")));

            here.awaitEvents(1);
            there.awaitEvents(1);
            assertThat(here.events()).isEqualTo(there.events());
            assertThat(worker.job(job.path("id").asText())).isEqualTo(job);
        }
    }

    @Test
    void testProgressSaidAtOneIsHeardAtBoth() {
        try (SocketIoClient here = socketIo(front);
                SocketIoClient there = socketIo(worker)) {
            here.first("connect");
            there.first("connect");

            here.tell("{emit: 'test_status_update', data: {said: 'here'}}");

            assertThat(there.first("test_progress")).isEqualTo(Json.read("{said: 'here'}"));
            assertThat(here.first("test_progress")).isEqualTo(Json.read("{said: 'here'}"));
        }
    }

    private static SocketIoClient socketIo(Api api) {
        return SocketIoClient.start(
                api.uri("//"), "{transports: ['websocket'], query: {token: '%s'}}".formatted(api.token()));
    }

    @Test
    void aNodeIsDrainedAndTakenBackAtTheOther() {
        await().atMost(PATIENCE).until(() -> drainOf("worker-1").equals("serving"));

        assertThat(front.post("/hosts/worker-1/drain", "{deadline_seconds: 30}").status())
                .isEqualTo(202);
        String waiting;
        try {
            await().atMost(PATIENCE).until(() -> drainOf("worker-1").equals("drained"));
            assertThat(worker.get("/hosts/self/drain").json().path("state").asText())
                    .isEqualTo("drained");
            waiting = front.submit("{task: 'noop'}");
            assertThat(Json.list(front.get("/workers").json()).stream()
                            .filter(one -> one.path("healthy").asBoolean()))
                    .isEmpty();
        } finally {
            assertThat(front.post("/hosts/worker-1/resume", "{}").status()).isEqualTo(200);
        }

        assertThat(front.ended(waiting).path("host").asText()).isEqualTo("worker-1");
        await().atMost(PATIENCE).until(() -> drainOf("worker-1").equals("serving"));
        // The front goes by what it read last of the nodes.
        JsonNode session = await().atMost(PATIENCE)
                .until(() -> front.post("/sessions", "{}"), opened -> opened.status() == 201)
                .json();
        assertThat(session.path("host").asText()).isEqualTo("worker-1");
        front.delete("/sessions/" + session.path("id").asText());
        assertThat(front.get("/hosts/nobody/drain").status()).isEqualTo(404);
        assertThat(front.post("/hosts/nobody/drain", "{}").status()).isEqualTo(404);
    }

    private String drainOf(String node) {
        return front.get("/hosts/" + node + "/drain").json().path("state").asText();
    }

    @Test
    void eachNodeKnowsItsRole() {
        assertThat(front.get("/system/info").json().path("roles").toString()).isEqualTo("[\"api\"]");
        assertThat(worker.get("/system/info").json().path("roles").toString()).isEqualTo("[\"worker\"]");
    }

    private Reply opened(String wish) {
        Reply reply = front.post("/sessions", wish);
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.drover.qa.sites.SampleSites;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One node that takes requests and two that do the work, of which one dies. Three servers: not for every day. */
@Tag("fault")
@Tag("long")
class ThreeNodesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration AVOIDED = Duration.ofSeconds(15);

    @Test
    void aNodeThatDiesTakesItsSessionsWithItAndNothingElseAndOneThatStartsAgainTakesNone() {
        try (Cluster cluster = Cluster.start()) {
            DroverServer doomed = cluster.oneMoreWorker("worker-2");
            Api front = cluster.frontAs("api").api();
            SampleSites sites = cluster.sites();
            cluster.awaitBrowsers(2);

            List<JsonNode> sessions = new ArrayList<>();
            await().atMost(PATIENCE).until(() -> {
                sessions.add(open(front, sites.url("/desk")));
                return of("worker-1", sessions).size() > 1
                        && of("worker-2", sessions).size() > 1;
            });
            List<String> jobs = new ArrayList<>(IntStream.range(0, 20)
                    .mapToObj(i -> front.submit("{task: 'noop', max_attempts: 5, params: {sleep_ms: 4000}}"))
                    .toList());
            jobs.add(front.submit(
                    "{task: 'screenshot', max_attempts: 5, params: {url: '%s'}}".formatted(sites.url("/article"))));
            await().atMost(PATIENCE).until(() -> hosts(front, jobs).containsAll(Set.of("worker-1", "worker-2")));

            try (Playwright playwright = StockClient.start()) {
                JsonNode kept = of("worker-1", sessions).getFirst();
                Page page = pageOf(playwright, kept);
                page.evaluate("() => { window.mark = 'kept'; }");

                doomed.kill();
                long killed = System.nanoTime();

                of("worker-2", sessions)
                        .forEach(lost -> await().atMost(PATIENCE).until(() -> front.get(path(lost))
                                .json()
                                .path("close_reason")
                                .asText()
                                .equals("host_lost")));
                assertThat(page.evaluate("() => window.mark")).isEqualTo("kept");
                Duration waited = Duration.ofNanos(System.nanoTime() - killed);
                await().atMost(AVOIDED.compareTo(waited) > 0 ? AVOIDED.minus(waited) : Duration.ofSeconds(1))
                        .until(() -> IntStream.range(0, 3)
                                .mapToObj(i -> open(front, sites.url("/blank")))
                                .allMatch(
                                        session -> session.path("host").asText().equals("worker-1")));

                cluster.front().down();
                cluster.front().up();

                assertThat(pageOf(playwright, kept).evaluate("() => window.mark"))
                        .as("the node that the client came through was started again")
                        .isEqualTo("kept");
            }
            of("worker-1", sessions).forEach(kept -> assertThat(
                            front.get(path(kept)).json().path("status").asText())
                    .isEqualTo("ready"));
            jobs.forEach(id -> assertThat(
                            Aftermath.endedOnce(front, id).path("status").asText())
                    .isEqualTo("succeeded"));
        }
    }

    private static Page pageOf(Playwright playwright, JsonNode session) {
        return playwright
                .chromium()
                .connect(session.path("ws_endpoint").asText())
                .contexts()
                .getFirst()
                .pages()
                .getFirst();
    }

    private static JsonNode open(Api front, String page) {
        Reply reply = front.post("/sessions", "{start_url: '%s'}".formatted(page));
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply.json();
    }

    private static List<JsonNode> of(String node, List<JsonNode> sessions) {
        return sessions.stream()
                .filter(session -> session.path("host").asText().equals(node))
                .toList();
    }

    private static String path(JsonNode session) {
        return "/sessions/" + session.path("id").asText();
    }

    private static Set<String> hosts(Api api, List<String> jobs) {
        Set<String> hosts = new HashSet<>();
        jobs.forEach(id -> hosts.add(api.job(id).path("host").asText()));
        return hosts;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** How well the service does, as those see it who run it. */
@EndToEnd
class ReliabilityTest {

    private final Api api;

    ReliabilityTest(Api api) {
        this.api = api;
    }

    @Test
    void theServiceLevelSaysWhatStandsBehindIt() {
        JsonNode level = api.get("/fallback/service-level").json();

        assertThat(level.path("current_service_level").asText()).isIn("full", "degraded", "minimal", "emergency");
        assertThat(level.path("total_services").asInt())
                .isEqualTo(level.path("services").size())
                .isPositive();
        assertThat(level.path("healthy_services").asInt())
                .isLessThanOrEqualTo(level.path("total_services").asInt());
        assertThat(level.path("service_availability").asDouble()).isBetween(0.0, 100.0);
        assertThat(level.path("degradation_events").isArray()).isTrue();
        assertThat(level.path("refused_priorities").isArray()).isTrue();
    }

    @Test
    void everyDependencyHasItsHealthAndItsPartOfTheScore() {
        JsonNode health = api.get("/fallback/health").json();
        JsonNode score = api.get("/system/health-score").json();

        assertThat(health.path("services").findValuesAsText("name"))
                .containsExactlyElementsOf(score.path("parts").findValuesAsText("name"))
                .contains("database", "broker", "browsers");
        assertThat(score.path("score").asInt()).isBetween(0, 100);
        int most = 0;
        for (JsonNode part : score.path("parts")) {
            most += part.path("most_points").asInt();
        }
        assertThat(most).isEqualTo(100);
    }

    @Test
    void aSampleIsTakenEveryMinute() {
        await().atMost(Duration.ofSeconds(100))
                .pollInterval(Duration.ofSeconds(2))
                .until(() ->
                        !api.get("/system/trends?hours=1").json().path("items").isEmpty());

        JsonNode trends = api.get("/system/trends?hours=1").json();
        assertThat(trends.path("step_seconds").asInt()).isEqualTo(60);
        assertThat(trends.path("items").path(0).path("health_score").asInt()).isBetween(0, 100);
        assertThat(trends.path("nodes"))
                .extracting(JsonNode::asText)
                .contains(trends.path("node").asText());
        assertThat(api.get("/system/trends?hours=0").status()).isEqualTo(422);
    }

    @Test
    void alertsAreAList() {
        assertThat(api.get("/alerts?active=true&limit=10").json().path("items").isArray())
                .isTrue();

        Reply refused = api.get("/alerts?active=perhaps");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("code").asText()).isEqualTo("invalid_request");
    }

    @Test
    void anAlertIsToldLiveToThoseWhoAskForIt() {
        // More than run at once and than may wait without an alert.
        String job = "{task: 'noop', timeout_seconds: 120, labels: {load: 'alert'}, params: {sleep_ms: 90000}}";
        try (Feed alerts = Feed.open(api, "/ws/events?types=alert_raised");
                Feed jobs = Feed.open(api, "/ws/events")) {
            Reply batch = api.post("/batches", "{jobs: [" + String.join(",", Collections.nCopies(45, job)) + "]}");
            assertThat(batch.status()).as(batch.toString()).isEqualTo(202);
            try {
                await().atMost(Duration.ofSeconds(90)).until(() -> alerts.events().stream()
                        .anyMatch(event ->
                                event.path("data").path("rule").asText().equals("queue_size")));
            } finally {
                api.post("/queues/jobs/purge", "{labels: {load: 'alert'}, running: true, force: true}");
            }
            JsonNode raised = alerts.events().getFirst();
            assertThat(raised.path("event_type").asText()).isEqualTo("alert_raised");
            assertThat(raised.path("data").path("severity").asText()).isNotEmpty();
            assertThat(api.get("/alerts").json().path("items").findValuesAsText("id"))
                    .contains(raised.path("data").path("id").asText());
            assertThat(jobs.events())
                    .isNotEmpty()
                    .noneMatch(event -> event.path("event_type").asText().startsWith("alert"));
        }
    }

    @Test
    void onlyABreakerThatIsKnownCanBeReset() {
        JsonNode page = api.get("/circuit-breakers").json();
        assertThat(page.path("items").isArray()).isTrue();
        assertThat(page.path("summary").path("total").asInt())
                .isEqualTo(page.path("items").size());

        Reply reply = api.post("/circuit-breakers/site:nobody.example.com/reset", "{}");
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.json().path("code").asText()).isEqualTo("not_found");
    }
}

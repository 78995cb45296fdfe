// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** One user with very many jobs beside one with few. */
@EndToEnd
class FairShareTest {

    private final Api api;

    FairShareTest(Api api) {
        this.api = api;
    }

    private String crowd(String user, int size) {
        String job = "{task: 'noop', user_id: '%s', params: {sleep_ms: 100}}".formatted(user);
        Reply reply = api.post("/batches", "{jobs: [" + String.join(",", Collections.nCopies(size, job)) + "]}");
        assertThat(reply.status()).as(reply.text()).isEqualTo(202);
        return reply.json().path("id").asText();
    }

    @Test
    void aUsersFirstJobWaitsForWhatRunsAndNotForTheOthersQueue() {
        String batch = crowd("crowd-" + UUID.randomUUID(), 600);

        JsonNode job = api.succeeded("{task: 'noop', user_id: 'single-%s'}".formatted(UUID.randomUUID()));

        JsonNode rest = api.get("/batches/" + batch).json();
        assertThat(rest.path("counts").path("queued").asInt())
                .as(rest.toString())
                .isGreaterThan(100);
        Duration waited = Duration.between(
                Instant.parse(job.path("created_at").asText()),
                Instant.parse(job.path("started_at").asText()));
        assertThat(waited).isLessThan(Duration.ofSeconds(1));
        api.delete("/batches/" + batch);
    }

    @Test
    void theOperatorEmptiesTheQueueOfOneUserAlone() {
        String user = "crowd-" + UUID.randomUUID();
        String batch = crowd(user, 200);
        String other = api.submit("{task: 'noop', user_id: 'other', not_before: '%s'}"
                .formatted(Instant.now().plusSeconds(3600)));

        Reply purge =
                api.post("/queues/jobs/purge", "{user_id: '%s', reason: 'too many', running: true}".formatted(user));

        int cancelled = purge.json().path("cancelled").asInt();
        assertThat(cancelled).isPositive();
        JsonNode ended = org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> api.get("/batches/" + batch).json(),
                        found -> found.path("status").asText().equals("ended"));
        assertThat(ended.path("counts").path("cancelled").asInt()).isGreaterThan(100);
        assertThat(api.job(other).path("status").asText()).isEqualTo("scheduled");
        api.delete("/jobs/" + other);
    }
}

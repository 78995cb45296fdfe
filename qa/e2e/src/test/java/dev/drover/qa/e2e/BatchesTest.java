// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Many jobs in one request. */
@EndToEnd
class BatchesTest {

    private final Api api;

    BatchesTest(Api api) {
        this.api = api;
    }

    private static String batch(int size, String job) {
        return "{jobs: [" + String.join(",", Collections.nCopies(size, job)) + "]}";
    }

    private JsonNode ended(String id) {
        return await().atMost(Duration.ofMinutes(2))
                .until(
                        () -> api.get("/batches/" + id).json(),
                        batch -> batch.path("status").asText().equals("ended"));
    }

    @Test
    void aThousandJobsAreOneRequest() {
        Reply reply = api.post("/batches", batch(1_000, "{task: 'noop'}"));

        assertThat(reply.status()).as(reply.text()).isEqualTo(202);
        assertThat(reply.json().path("job_ids")).hasSize(1_000);
        JsonNode batch = ended(reply.json().path("id").asText());
        assertThat(batch.path("counts").path("succeeded").asInt()).isEqualTo(1_000);
        assertThat(batch.path("progress").asDouble()).isEqualTo(100);
    }

    @Test
    void oneJobThatDoesNotFitKeepsAllOut() {
        String label = UUID.randomUUID().toString();
        String good = "{task: 'noop', labels: {case: '%s'}}".formatted(label);

        Reply reply = api.post(
                "/batches",
                "{jobs: [%s, {task: 'noop', params: {sleep_ms: 'x'}}, {task: 'no-such'}, %s]}".formatted(good, good));

        assertThat(reply.status()).isEqualTo(422);
        assertThat(Json.texts(Json.list(reply.json().path("errors")), "pointer"))
                .containsExactly("/jobs/1/params/sleep_ms", "/jobs/2");
        assertThat(api.get("/jobs?label=case:" + label).json().path("items")).isEmpty();
    }

    @Test
    void aBatchHasOneToAThousandJobs() {
        assertThat(api.post("/batches", "{jobs: []}").status()).isEqualTo(422);
        assertThat(api.post("/batches", "{}").status()).isEqualTo(422);
        assertThat(api.post("/batches", batch(1_001, "{task: 'noop'}")).status())
                .isEqualTo(422);
        assertThat(api.get("/batches/" + UUID.randomUUID()).status()).isEqualTo(404);
    }

    @Test
    void theSameRequestMakesOneBatch() {
        String key = UUID.randomUUID().toString();
        String body = batch(3, "{task: 'noop'}");

        Reply first = api.post("/batches", body, "Idempotency-Key", key);
        Reply second = api.post("/batches", body, "Idempotency-Key", key);

        assertThat(second.json()).isEqualTo(first.json());
        assertThat(second.status()).isEqualTo(202);
    }

    @Test
    void aCancelledBatchEndsWithoutRunningWhatIsLeft() {
        Reply reply = api.post("/batches", batch(60, "{task: 'noop', params: {sleep_ms: 60000}}"));
        String id = reply.json().path("id").asText();

        Reply cancel = api.delete("/batches/" + id + "?force=true");

        assertThat(cancel.status()).isEqualTo(202);
        assertThat(cancel.json().path("cancelled").asInt()).isEqualTo(60);
        assertThat(ended(id).path("counts").path("cancelled").asInt()).isEqualTo(60);
    }

    @Test
    void itsJobsAreListedInTheirOrder() {
        Reply reply = api.post("/batches", batch(7, "{task: 'noop'}"));
        List<String> ids = Json.list(reply.json().path("job_ids")).stream()
                .map(JsonNode::asText)
                .toList();
        String path = "/batches/" + reply.json().path("id").asText() + "/jobs?limit=4";

        JsonNode first = api.get(path).json();
        JsonNode second =
                api.get(path + "&cursor=" + first.path("next_cursor").asText()).json();

        assertThat(Json.texts(Json.list(first.path("items")), "id")).isEqualTo(ids.subList(0, 4));
        assertThat(Json.texts(Json.list(second.path("items")), "id")).isEqualTo(ids.subList(4, 7));
        assertThat(second.has("next_cursor")).isFalse();
        assertThat(api.get(path + "&cursor=x").status()).isEqualTo(422);
        assertThat(api.get(path.replace("limit=4", "limit=0")).status()).isEqualTo(422);
    }
}

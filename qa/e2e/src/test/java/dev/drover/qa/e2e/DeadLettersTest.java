// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.qa.sites.SampleSites;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Jobs that failed for good, and what people do with them. */
@EndToEnd
class DeadLettersTest {

    private final Api api;
    private final SampleSites sites;

    DeadLettersTest(Api api, SampleSites sites) {
        this.api = api;
        this.sites = sites;
    }

    /** Fails as often as is said, then works. */
    private String failed(int fails, String label) {
        String id = api.submit("{task: 'content', labels: {case: '%s'}, params: {url: '%s'}}"
                .formatted(label, sites.url("/flaky?key=" + UUID.randomUUID() + "&fails=" + fails)));
        assertThat(api.ended(id).path("status").asText()).isEqualTo("failed");
        return id;
    }

    private List<String> listed(String query) {
        Reply reply = api.get("/dlq/jobs?" + query);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return Json.texts(Json.list(reply.json().path("items")), "id");
    }

    @Test
    void aReplayedJobKeepsItsIdItsHistoryAndItsFollowers() {
        String label = UUID.randomUUID().toString();
        String id = failed(1, label);
        assertThat(listed("label=case:" + label)).containsExactly(id);

        Reply replay = api.post("/dlq/" + id + "/replay", "{reset_attempts: true}");

        assertThat(replay.status()).as(replay.text()).isEqualTo(202);
        assertThat(replay.json().path("id").asText()).isEqualTo(id);
        JsonNode job = api.ended(id);
        assertThat(job.path("status").asText()).as(job.toPrettyString()).isEqualTo("succeeded");
        assertThat(job.path("attempt").asInt()).isEqualTo(2);
        assertThat(Json.texts(Json.list(job.path("reliability_info").path("attempts")), "outcome"))
                .containsExactly("failed", "succeeded");
        assertThat(listed("label=case:" + label)).isEmpty();
        List<JsonNode> events = api.events(id);
        assertThat(events.stream().map(event -> event.path("seq").asInt()))
                .isEqualTo(IntStream.rangeClosed(1, events.size()).boxed().toList());
        try (Feed feed = Feed.open(api, "/ws/jobs/" + id)) {
            assertThat(feed.closeCode()).isEqualTo(1000);
            assertThat(feed.numbers()).hasSameSizeAs(events);
        }
    }

    @Test
    void withoutAResetAReplayIsOneAttempt() {
        String id = failed(9, "single");

        api.post("/dlq/" + id + "/replay", "{reset_attempts: false}");

        JsonNode job = api.ended(id);
        assertThat(job.path("status").asText()).isEqualTo("failed");
        assertThat(job.path("attempt").asInt()).isEqualTo(2);
        assertThat(job.path("max_attempts").asInt()).isEqualTo(2);
    }

    @Test
    void manyAreReplayedAtOnceByWhatTheyHaveInCommon() {
        String label = UUID.randomUUID().toString();
        List<String> ids = IntStream.range(0, 3).mapToObj(i -> failed(1, label)).toList();
        String other = failed(1, "other");

        Reply replay =
                api.post("/dlq/replay", "{labels: {case: '%s'}, error_category: 'http_status'}".formatted(label));

        assertThat(replay.json().path("replayed").asInt()).isEqualTo(3);
        assertThat(ids).allSatisfy(id -> assertThat(api.ended(id).path("status").asText())
                .isEqualTo("succeeded"));
        assertThat(api.job(other).path("status").asText()).isEqualTo("failed");
    }

    @Test
    void aRemovedDeadLetterIsGone() {
        String id = failed(1, "removed");
        long before = api.get("/dlq/stats").json().path("total").asLong();

        assertThat(api.delete("/dlq/" + id).status()).isEqualTo(204);

        assertThat(api.get("/jobs/" + id).status()).isEqualTo(404);
        assertThat(api.delete("/dlq/" + id).status()).isEqualTo(404);
        assertThat(api.get("/dlq/stats").json().path("total").asLong()).isEqualTo(before - 1);
    }

    @Test
    void onlyWhatFailedIsADeadLetter() {
        String id = api.succeeded("{task: 'noop'}").path("id").asText();

        Reply replay = api.post("/dlq/" + id + "/replay", "{}");

        assertThat(replay.status()).isEqualTo(404);
        assertThat(replay.json().path("code").asText()).isEqualTo("not_found");
        assertThat(api.post("/dlq/replay/" + UUID.randomUUID(), "{}").status()).isEqualTo(404);
    }
}

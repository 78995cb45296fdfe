// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.qa.sites.SampleSites;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a job gets when what it asked for cannot be had. The shared server allows some of it to some tasks. */
@EndToEnd
class FallbacksTest {

    private final Api api;
    private final SampleSites sites;

    FallbacksTest(Api api, SampleSites sites) {
        this.api = api;
        this.sites = sites;
    }

    private JsonNode pdf(String url, int maxAttempts) {
        return api.ended(
                api.submit("{task: 'pdf', max_attempts: %d, params: {url: '%s'}}".formatted(maxAttempts, url)));
    }

    @Test
    void aSiteThatIsDownIsReadFromItsOtherSource() {
        JsonNode job = pdf(SharedServer.DOWN + "/sites/flaky?fails=0", 2);

        assertThat(job.path("status").asText()).as(job.toPrettyString()).isEqualTo("succeeded");
        assertThat(job.path("attempt").asInt()).isEqualTo(2);
        assertThat(job.path("result").path("url").asText()).startsWith(sites.url("/flaky"));
        JsonNode fallback = job.path("fallback");
        assertThat(fallback.path("kind").asText()).isEqualTo("source");
        assertThat(fallback.path("source").asText()).isEqualTo(sites.origin());
        assertThat(fallback.path("stale").asBoolean()).isFalse();
        assertThat(used("pdf", "source")).isPositive();
    }

    @Test
    void theLastGoodResultStandsInAndIsMarkedWithItsAge() {
        String url = sites.url("/flaky?after=1&fails=99&key=" + UUID.randomUUID());
        JsonNode good = pdf(url, 1);
        JsonNode stale = pdf(url, 1);

        assertThat(good.path("status").asText()).as(good.toPrettyString()).isEqualTo("succeeded");
        assertThat(good.has("fallback")).isFalse();
        assertThat(stale.path("status").asText()).as(stale.toPrettyString()).isEqualTo("succeeded");
        assertThat(stale.path("result")).isEqualTo(good.path("result"));
        JsonNode fallback = stale.path("fallback");
        assertThat(fallback.path("stale").asBoolean()).isTrue();
        assertThat(fallback.path("because").asText()).isEqualTo("http_503");
        assertThat(fallback.path("result_of").asText())
                .isEqualTo(good.path("id").asText());
        assertThat(fallback.path("age_seconds").isIntegralNumber()).isTrue();
        assertThat(Instant.parse(fallback.path("made_at").asText()))
                .isBetween(
                        Instant.parse(good.path("created_at").asText()),
                        Instant.parse(stale.path("created_at").asText()));
        assertThat(used("pdf", "stale")).isPositive();
    }

    @Test
    void whatWasFoundBeforeAFailureIsTheReducedResult() {
        JsonNode job = api.ended(api.submit("{task: 'noop', params: {found: {rows: 3}, fail: true}}"));

        assertThat(job.path("status").asText()).as(job.toPrettyString()).isEqualTo("succeeded");
        assertThat(job.path("result").path("rows").asInt()).isEqualTo(3);
        assertThat(job.path("fallback").path("kind").asText()).isEqualTo("reduced");
        assertThat(job.path("fallback").path("because").asText()).isEqualTo("asked_to_fail");
        JsonNode end = api.events(job.path("id").asText()).getLast();
        assertThat(end.path("data").path("fallback").asText()).isEqualTo("reduced");
        assertThat(used("noop", "reduced")).isPositive();
    }

    @Test
    void aTaskThatMayNotFallBackFails() {
        JsonNode job = api.ended(api.submit("{task: 'content', params: {url: '%s/'}}".formatted(SharedServer.DOWN)));

        assertThat(job.path("status").asText()).isEqualTo("failed");
        assertThat(job.has("fallback")).isFalse();
    }

    private long used(String task, String kind) {
        JsonNode metrics = api.get("/fallback/metrics").json();
        for (JsonNode item : metrics.path("items")) {
            if (item.path("task").asText().equals(task)
                    && item.path("fallback").asText().equals(kind)) {
                assertThat(item.path("succeeded").asLong()).isPositive();
                return item.path("used").asLong();
            }
        }
        throw new AssertionError("no such use in " + metrics.toPrettyString());
    }
}

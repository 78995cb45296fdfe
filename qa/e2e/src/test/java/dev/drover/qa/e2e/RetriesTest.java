// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.qa.sites.SampleSites;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Attempts that fail, and what follows them. */
@EndToEnd
class RetriesTest {

    private final Api api;
    private final SampleSites sites;

    RetriesTest(Api api, SampleSites sites) {
        this.api = api;
        this.sites = sites;
    }

    private String flaky(String query) {
        return sites.url("/flaky?key=" + UUID.randomUUID() + query);
    }

    private String submit(String url, int maxAttempts) {
        return api.submit("{task: 'content', max_attempts: %d, params: {url: '%s'}}".formatted(maxAttempts, url));
    }

    @Test
    void aSiteThatRecoversCostsAttemptsAndNotTheJob() {
        JsonNode job = api.ended(submit(flaky("&fails=2"), 3));

        assertThat(job.path("status").asText()).as(job.toPrettyString()).isEqualTo("succeeded");
        assertThat(job.path("attempt").asInt()).isEqualTo(3);
        assertThat(job.has("error")).isFalse();
        JsonNode reliability = job.path("reliability_info");
        assertThat(reliability.path("retry_count").asInt()).isEqualTo(2);
        List<JsonNode> attempts = Json.list(reliability.path("attempts"));
        assertThat(Json.texts(attempts, "outcome")).containsExactly("retrying", "retrying", "succeeded");
        assertThat(attempts.getFirst().path("error").path("code").asText()).isEqualTo("http_503");
        List<JsonNode> retries = api.events(job.path("id").asText()).stream()
                .filter(event -> event.path("data").has("retry_at"))
                .toList();
        assertThat(retries).hasSize(2);
        assertThat(retries.getFirst().path("data").path("job_status").asText()).isEqualTo("retrying");
    }

    @Test
    void theLastFailureIsTheJobsAndThereIsOneEnd() {
        JsonNode job = api.ended(submit(flaky("&fails=99&status=500"), 2));

        assertThat(job.path("status").asText()).isEqualTo("failed");
        assertThat(job.path("attempt").asInt()).isEqualTo(2);
        assertThat(job.path("error").path("code").asText()).isEqualTo("http_500");
        assertThat(api.events(job.path("id").asText()).stream()
                        .filter(event -> event.path("event_type").asText().equals("job_completed")))
                .hasSize(1);
    }

    @Test
    void aTaskMayHaveANumberOfAttemptsOfItsOwn() {
        JsonNode own =
                api.ended(api.submit("{task: 'example.headlines', params: {url: '%s'}}".formatted(flaky("&fails=1"))));
        JsonNode usual = api.ended(api.submit("{task: 'content', params: {url: '%s'}}".formatted(flaky("&fails=1"))));

        assertThat(own.path("max_attempts").asInt()).isEqualTo(2);
        assertThat(own.path("status").asText()).as(own.toPrettyString()).isEqualTo("succeeded");
        assertThat(usual.path("max_attempts").asInt()).isEqualTo(1);
        assertThat(usual.path("status").asText()).isEqualTo("failed");
    }

    @Test
    void whatCannotPassIsNotTriedAgain() {
        JsonNode job = api.ended(submit(sites.url("/status/404"), 3));

        assertThat(job.path("status").asText()).isEqualTo("failed");
        assertThat(job.path("attempt").asInt()).isEqualTo(1);
        assertThat(job.path("error").path("recovery").asText()).isEqualTo("fail");
    }

    @Test
    void aSiteIsLeftAloneForAsLongAsItAsks() {
        JsonNode job = api.ended(submit(flaky("&fails=1&status=429&retry_after=2"), 2));

        List<JsonNode> attempts = Json.list(job.path("reliability_info").path("attempts"));
        assertThat(attempts).hasSize(2);
        Instant failed = Instant.parse(attempts.getFirst().path("finished_at").asText());
        Instant again = Instant.parse(attempts.getLast().path("started_at").asText());
        assertThat(Duration.between(failed, again)).isGreaterThanOrEqualTo(Duration.ofMillis(1_950));
        assertThat(job.path("status").asText()).isEqualTo("succeeded");
    }

    @Test
    void aJobThatWaitsForItsNextAttemptIsCancelledAtOnceAndNeverComesBack() {
        String url = flaky("&fails=99&retry_after=3");
        String id = submit(url, 5);
        api.when(id, "retrying");
        int visits = sites.visits("/flaky");

        Reply cancel = api.post("/jobs/" + id + "/cancel", "{reason: 'enough'}");

        assertThat(cancel.status()).isEqualTo(200);
        assertThat(cancel.json().path("status").asText()).isEqualTo("cancelled");
        // Longer than the pause: a job that the site was to see again would be there by then.
        String other = submit(flaky("&fails=1&retry_after=4"), 2);
        api.ended(other);
        assertThat(sites.visits("/flaky")).isEqualTo(visits + 2);
        assertThat(api.job(id).path("status").asText()).isEqualTo("cancelled");
    }
}

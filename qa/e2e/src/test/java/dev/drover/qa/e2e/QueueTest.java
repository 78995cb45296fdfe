// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.qa.sites.SampleSites;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to jobs while the only browser is busy. */
@EndToEnd
class QueueTest {

    private final Api api;
    private final SampleSites sites;
    private String blocker = "";

    QueueTest(Api api, SampleSites sites) {
        this.api = api;
        this.sites = sites;
    }

    @BeforeEach
    void occupyTheBrowser() {
        blocker = api.submit(
                "{task: 'screenshot', priority: 'urgent', params: {url: '%s'}}".formatted(sites.url("/slow?ms=60000")));
        api.when(blocker, "running");
    }

    @AfterEach
    void freeTheBrowser() {
        api.post("/jobs/" + blocker + "/cancel", "{force: true}");
        api.ended(blocker);
    }

    @Test
    void theUrgentGoFirstAndEachKnowsItsPlace() {
        List<String> ids = new ArrayList<>();
        for (String priority : List.of("low", "normal", "high", "urgent")) {
            ids.add(api.submit("{task: 'screenshot', priority: '%s', params: {url: '%s'}}"
                    .formatted(priority, sites.url("/blank"))));
        }

        assertThat(ids.stream().map(id -> api.job(id).path("queue_position").asInt(-1)))
                .containsExactly(3, 2, 1, 0);
        freeTheBrowser();

        List<JsonNode> inOrder = ids.stream()
                .map(api::ended)
                .sorted(Comparator.comparing(
                        job -> Instant.parse(job.path("started_at").asText())))
                .toList();
        assertThat(Json.texts(inOrder, "priority")).containsExactly("urgent", "high", "normal", "low");
        blocker = ids.getFirst();
    }

    @Test
    void aQueuedJobIsCancelledAtOnceAndNeverRuns() {
        int before = sites.visits("/echo");
        String id = api.submit("{task: 'screenshot', params: {url: '%s'}}".formatted(sites.url("/echo")));

        Reply cancel = api.delete("/jobs/" + id + "?reason=changed%20my%20mind");

        assertThat(cancel.status()).isEqualTo(200);
        assertThat(cancel.json().path("status").asText()).isEqualTo("cancelled");
        assertThat(cancel.json().path("attempt").asInt()).isZero();
        freeTheBrowser();
        blocker = api.submit("{task: 'screenshot', params: {url: '%s'}}".formatted(sites.url("/blank")));
        api.ended(blocker);
        assertThat(sites.visits("/echo")).isEqualTo(before);
        assertThat(api.events(id).getLast().path("event_type").asText()).isEqualTo("job_completed");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Following jobs while they run: over WebSocket and as server-sent events. */
@EndToEnd
class LiveTest {

    private static final int NORMAL = 1000;
    private static final int UNAUTHENTICATED = 4001;
    private static final int NOT_FOUND = 4004;

    private final Api api;

    LiveTest(Api api) {
        this.api = api;
    }

    @Test
    void aRunningJobIsFollowedToItsEnd() {
        String id = api.submit("{task: 'noop', params: {progress: 3, sleep_ms: 1500}}");
        try (Feed feed = Feed.open(api, "/ws/jobs/" + id)) {
            feed.send("ping");
            feed.awaitMessage("pong");

            assertThat(feed.closeCode()).isEqualTo(NORMAL);
            assertThat(feed.events()).isEqualTo(api.events(id));
            assertThat(feed.events().getLast().path("event_type").asText()).isEqualTo("job_completed");
        }
    }

    @Test
    void oneWhoComesBackGetsWhatWasMissedAndNothingTwice() {
        String id = api.submit("{task: 'noop', params: {progress: 20}}");
        api.ended(id);
        int all = api.events(id).size();

        try (Feed feed = Feed.open(api, "/ws/jobs/" + id + "?after=7")) {
            assertThat(feed.closeCode()).isEqualTo(NORMAL);
            assertThat(feed.numbers())
                    .isEqualTo(IntStream.rangeClosed(8, all).boxed().toList());
        }
    }

    @Test
    void oneWhoHasSeenTheEndIsToldThatNothingComes() {
        String id = api.submit("{task: 'noop'}");
        api.ended(id);

        try (Feed feed =
                Feed.open(api, "/ws/jobs/" + id + "?after=" + api.events(id).size())) {
            assertThat(feed.closeCode()).isEqualTo(NORMAL);
            assertThat(feed.events()).isEmpty();
        }
    }

    @Test
    void aBadTokenIsClosedWithItsOwnCode() {
        String id = api.submit("{task: 'noop'}");

        for (String path : List.of("/ws/jobs/" + id + "?token=wrong", "/ws/jobs/" + id, "/ws/events")) {
            try (Feed feed = Feed.open(api, path, true, builder -> builder)) {
                assertThat(feed.closeCode()).as(path).isEqualTo(UNAUTHENTICATED);
                assertThat(feed.events()).isEmpty();
            }
        }
    }

    @Test
    void theTokenMayComeInTheAddressOrAsASubprotocol() {
        String id = api.submit("{task: 'noop'}");

        try (Feed feed = Feed.open(api, "/ws/jobs/" + id + "?token=" + api.token(), true, builder -> builder)) {
            assertThat(feed.closeCode()).isEqualTo(NORMAL);
        }
        try (Feed feed =
                Feed.open(api, "/ws/jobs/" + id, true, builder -> builder.subprotocols("drover.bearer", api.token()))) {
            assertThat(feed.subprotocol()).isEqualTo("drover.bearer");
            assertThat(feed.closeCode()).isEqualTo(NORMAL);
            assertThat(feed.events()).isNotEmpty();
        }
    }

    @Test
    void aJobThatDoesNotExistIsClosedWithItsOwnCode() {
        try (Feed feed = Feed.open(api, "/ws/jobs/" + UUID.randomUUID())) {
            assertThat(feed.closeCode()).isEqualTo(NOT_FOUND);
        }
    }

    @Test
    void allJobsAreHeardThroughAFilter() {
        String mine = UUID.randomUUID().toString();
        try (Feed ends = Feed.open(api, "/ws/events?types=job_completed&task=noop&label=mine:" + mine);
                Feed all = Feed.open(api, "/ws/events?label=mine:" + mine)) {
            // Only an answer proves that the place in the hub is taken.
            for (Feed feed : List.of(ends, all)) {
                feed.send("ping");
                feed.awaitMessage("pong");
            }

            String id = api.submit("{task: 'noop', params: {progress: 5}, labels: {mine: '%s'}}".formatted(mine));
            api.submit("{task: 'noop', labels: {mine: 'no'}}");
            api.ended(id);

            ends.awaitEvents(1);
            all.awaitEvents(api.events(id).size());
            assertThat(Json.texts(ends.events(), "event_type")).containsExactly("job_completed");
            assertThat(all.events()).isEqualTo(api.events(id));
            assertThat(ends.isOpen()).isTrue();
        }
    }

    @Test
    void serverSentEventsBeginAfterTheLastOneSeen() throws Exception {
        String id = api.submit("{task: 'noop', params: {progress: 4, sleep_ms: 1000}}");

        List<JsonNode> all = stream("/jobs/" + id + "/events");
        List<JsonNode> rest = stream("/jobs/" + id + "/events", "Last-Event-ID", "3");

        assertThat(all).isEqualTo(api.events(id));
        assertThat(rest).isEqualTo(all.subList(3, all.size()));
    }

    @Test
    void whoeverDoesNotAskForAStreamGetsAPage() {
        String id = api.submit("{task: 'noop'}");
        api.ended(id);
        HttpRequest.Builder plain = HttpRequest.newBuilder(api.uri("/jobs/" + id + "/events"))
                .header("Authorization", "Bearer " + api.token());

        List<Reply> replies = Stream.of(plain.copy(), plain.copy().header("Accept", "*/*"))
                .map(request -> api.send(request.build()))
                .toList();

        assertThat(replies).allSatisfy(reply -> {
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.mediaType()).isEqualTo("application/json");
            assertThat(Json.list(reply.json().path("items"))).isEqualTo(api.events(id));
        });
    }

    /** Reads to the end, which the server makes after the job's. */
    private List<JsonNode> stream(String path, String... headers) throws Exception {
        try (Stream<String> lines = Api.HTTP
                .send(
                        api.request(path, headers)
                                .setHeader("Accept", "text/event-stream")
                                .build(),
                        BodyHandlers.ofLines())
                .body()) {
            return lines.filter(line -> line.startsWith("data:"))
                    .map(line -> Json.read(line.substring("data:".length())))
                    .toList();
        }
    }
}

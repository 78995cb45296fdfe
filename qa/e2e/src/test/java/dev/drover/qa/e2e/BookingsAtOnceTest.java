// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.qa.sites.SampleSites;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Ten people book at the same time on one server, which dies in front of an eleventh. Ten browsers and three starts: not
 * for every day.
 */
@Tag("fault")
@Tag("long")
class BookingsAtOnceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int PEOPLE = 10;
    private static final Closing CLOSING = new Closing();

    private static SampleSites sites;
    private static Phone phone;
    private static DroverServer server;

    @BeforeAll
    static void start() {
        sites = CLOSING.later(SampleSites.start(0));
        phone = new Phone(sites);
        server = CLOSING.later(DroverServer.start(
                "bookings",
                Map.of(
                        "DROVER_BROWSER_WORKERS",
                        Integer.toString(PEOPLE + 1),
                        "DROVER_SITES",
                        "true",
                        "DROVER_JOBS_LEASE_SECONDS",
                        "5",
                        "DROVER_JOBS_RETRY_BASE_SECONDS",
                        "0.3")));
    }

    @AfterAll
    static void stop() {
        CLOSING.close();
    }

    /** The same sites as elsewhere in these tests, on the server's own port. */
    @Test
    void theServerHasTheSampleSitesWhereItIsAskedFor() {
        Api api = server.api();
        Reply control = api.get("//sites/booking/control/");
        assertThat(control.status()).isEqualTo(200);
        assertThat(control.text()).contains("/sites/booking");

        JsonNode job = api.succeeded("{task: 'content', params: {url: '%s/sites/article'}}".formatted(api.server()));

        assertThat(job.at("/result/title").asText())
                .isEqualTo(api.succeeded("{task: 'content', params: {url: '%s'}}".formatted(sites.url("/article")))
                        .at("/result/title")
                        .asText());
        assertThat(api.get("//sites/booking/control/scan?payload=bankid.none").status())
                .isEqualTo(409);
    }

    @Test
    void tenPeopleAreShownTheirOwnCodesAndAllBook() {
        Api api = server.api();
        List<String> scenes =
                IntStream.range(0, PEOPLE).mapToObj(i -> "person-" + i).toList();
        try (Closing feeds = new Closing()) {
            List<Feed> all = scenes.stream()
                    .map(scene -> feeds.later(Feed.open(api, "/ws/jobs/" + book(api, scene, 1))))
                    .toList();
            all.forEach(feed -> Phone.awaitCode(feed, 3));
            // Those who wait for people do not keep others from working.
            api.succeeded("{task: 'screenshot', params: {url: '%s'}}".formatted(sites.url("/article")));

            CompletableFuture.allOf(all.stream()
                            .map(feed -> CompletableFuture.runAsync(() -> phone.scan(feed), Thread::startVirtualThread))
                            .toArray(CompletableFuture[]::new))
                    .join();

            assertThat(all).allSatisfy(feed -> {
                assertThat(feed.closeCode()).isEqualTo(1000);
                JsonNode end = feed.events().getLast();
                assertThat(end.path("event_type").asText()).isEqualTo("job_completed");
                assertThat(end.at("/data/success").asBoolean())
                        .as(end.toString())
                        .isTrue();
            });
            Set<String> payloads = new HashSet<>();
            all.forEach(feed -> Phone.codes(feed).forEach(code -> assertThat(
                            payloads.add(code.path("qr_payload").asText()))
                    .as("a code that was shown to two people or twice")
                    .isTrue()));
        }
        assertThat(scenes).allSatisfy(scene -> assertThat(phone.state(scene).path("bookings"))
                .hasSize(1));
    }

    /** Before the phone, and after it, when nobody knows how far the site has got. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aServerThatDiesWhileAPersonScansAsksAgainAndBooksOnce(boolean scannedBefore) {
        String scene = "killed-" + scannedBefore;
        String id = book(server.api(), scene, 3);
        try (Feed feed = Feed.open(server.api(), "/ws/jobs/" + id)) {
            Phone.awaitCode(feed, 2);
            if (scannedBefore) {
                phone.scan(feed);
            }

            server.kill();

            assertThat(feed.closeCode()).isEqualTo(Feed.BROKEN);
        }
        server.up();
        Api api = server.api();
        await().atMost(PATIENCE).until(() -> api.job(id).path("attempt").asInt() == 2);
        try (Feed feed = Feed.open(api, "/ws/jobs/" + id)) {
            phone.scan(feed);
            assertThat(feed.closeCode()).isEqualTo(1000);
        }

        JsonNode job = Aftermath.endedOnce(api, id);
        assertThat(job.path("status").asText()).as(job.toPrettyString()).isEqualTo("succeeded");
        assertThat(phone.state(scene).path("bookings")).hasSize(1);
        Aftermath.assertAtRest(server);
    }

    private static String book(Api api, String scene, int attempts) {
        phone.script(scene, "slots=Stockholm@2031-02-03T13:45,Stockholm@2031-02-04T09:00");
        return api.submit("""
                {task: 'booking', max_attempts: %d, timeout_seconds: 600, params: {license_type: 'B', exam_type: 'Körprov',
                 locations: ['Stockholm'], date_ranges: [{start: '2031-02-01', end: '2031-02-15'}], site_url: '%s'}}""".formatted(attempts, sites.url("/booking/at/" + scene)));
    }
}

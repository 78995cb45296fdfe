// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.qa.sites.SampleSites;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bookings from the request to the confirmation, on the sample site and with a phone beside it. */
@EndToEnd
class BookingTest {

    private static final String SLOTS = "slots=Uppsala@2031-02-03T10:30,Stockholm@2031-02-03T13:45";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Api api;
    private final SampleSites sites;

    BookingTest(Api api, SampleSites sites) {
        this.api = api;
        this.sites = sites;
    }

    @Test
    void aBookingIsFollowedByItsCodesAndEndsConfirmed() {
        script("", SLOTS);
        Reply accepted = api.post("/booking/start", request("auto_book: true, priority: 'high'"));
        assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
        String id = accepted.json().path("job_id").asText();
        assertThat(accepted.header("Location")).isEqualTo("/api/v1/booking/status/" + id);
        assertThat(accepted.json().path("user_id").asText()).isEqualTo("user-123");

        try (Feed feed = Feed.open(api, "/ws/jobs/" + id)) {
            JsonNode code = awaitCode(feed, 2);
            assertThat(code.path("qr_code_data").asText()).startsWith("data:image/png;base64,");
            assertThat(code.path("retry_count").asInt()).isZero();
            JsonNode status = api.get("/booking/status/" + id).json();
            assertThat(status.path("status").asText()).isEqualTo("authenticating");
            assertThat(status.path("job_status").asText()).isEqualTo("waiting_for_human");
            assertThat(status.path("message").asText()).isEqualTo("Waiting for BankID authentication");
            assertThat(status.path("progress").asDouble()).isEqualTo(25.0);
            assertThat(status.at("/qr_code/qr_payload").asText()).startsWith("bankid.");
            assertALateReaderSeesOneCode(id);

            scan(feed);

            assertThat(feed.closeCode()).isEqualTo(1000);
            List<JsonNode> events = feed.events();
            JsonNode completed = events.get(events.size() - 2);
            assertThat(completed.path("event_type").asText()).isEqualTo("booking_completed");
            assertThat(completed.at("/data/success").asBoolean()).isTrue();
            JsonNode result = completed.at("/data/booking_result");
            assertThat(result.path("booking_id").asText()).isEqualTo("TV123456789");
            assertThat(result.path("confirmation_number").asText()).isNotEmpty();
            assertThat(result.path("exam_date").asText()).isEqualTo("2031-02-03");
            assertThat(result.path("exam_time").asText()).isEqualTo("13:45");
            assertThat(result.path("location").asText()).isEqualTo("Stockholm");
            assertThat(Json.texts(events, "event_type").getLast()).isEqualTo("job_completed");
        }
        JsonNode ended = api.get("/booking/status/" + id).json();
        assertThat(ended.path("status").asText()).isEqualTo("succeeded");
        assertThat(ended.at("/booking_result/location").asText()).isEqualTo("Stockholm");
        assertThat(api.job(id).at("/params/exam_type").asText()).isEqualTo("Körprov");
        assertThat(state("").at("/bookings/0/exam_type").asText()).isEqualTo("Körprov");
        try (Feed late = Feed.open(api, "/ws/jobs/" + id)) {
            late.closeCode();
            // At most the code that was scanned a moment ago.
            assertThat(codes(late)).hasSizeLessThan(2);
        }
    }

    private void assertALateReaderSeesOneCode(String id) {
        try (Feed late = Feed.open(api, "/ws/jobs/" + id)) {
            await().atMost(PATIENCE).until(() -> !codes(late).isEmpty());
            JsonNode first = codes(late).getFirst();
            assertThat(Instant.parse(first.path("expires_at").asText())).isAfter(Instant.now());
            assertThat(codes(late)).hasSizeLessThan(3);
        }
    }

    @Test
    void withoutBookingTheFreeTimesAreReported() {
        script("", SLOTS);
        String id = start("auto_book: false");
        try (Feed feed = Feed.open(api, "/ws/jobs/" + id)) {
            scan(feed);
            feed.closeCode();
        }

        JsonNode ended = api.get("/booking/status/" + id).json();

        assertThat(Json.texts(Json.list(ended.path("slots")), "location")).containsExactly("Stockholm", "Uppsala");
        assertThat(state("").path("bookings")).isEmpty();
    }

    @Test
    void aBookingThatWaitsForThePhoneIsCancelled() {
        script("", SLOTS);
        String id = start("auto_book: true");
        try (Feed feed = Feed.open(api, "/ws/jobs/" + id)) {
            awaitCode(feed, 1);

            Reply cancelled =
                    api.post("/booking/cancel/" + id, "{reason: 'User requested cancellation', force: false}");

            assertThat(cancelled.status()).isEqualTo(202);
            feed.closeCode();
            JsonNode completed = feed.events().get(feed.events().size() - 2);
            assertThat(completed.path("event_type").asText()).isEqualTo("booking_completed");
            assertThat(completed.at("/data/success").asBoolean()).isFalse();
        }
        assertThat(api.get("/booking/status/" + id).json().path("status").asText())
                .isEqualTo("cancelled");
        assertThat(api.post("/booking/cancel/" + id, "{}").code()).isEqualTo("job_ended");
    }

    /** The site fails in the middle: the next attempt asks again, and what is booked is not booked twice. */
    @ParameterizedTest
    @CsvSource({"errors=1&error_at=valj, fails-at-the-choice", "errors=1&error_at=mina, fails-before-the-search"})
    void anotherAttemptAsksAgainAndBooksOnce(String script, String scene) {
        script(scene, script + "&" + SLOTS);
        String id = api.submit("""
                {task: 'booking', max_attempts: 2, params: {license_type: 'B', exam_type: 'Körprov',
                 locations: ['Stockholm'], date_ranges: [{start: '2031-02-01', end: '2031-02-15'}], site_url: '%s'}}""".formatted(sites.url("/sites/booking/at/" + scene)));
        try (Feed feed = Feed.open(api, "/ws/jobs/" + id)) {
            scan(feed);
            await().atMost(PATIENCE)
                    .until(() -> Json.texts(feed.events(), "event_type").stream()
                                    .filter("human_required"::equals)
                                    .count()
                            == 2);
            int seen = codes(feed).size();
            awaitCode(feed, seen + 1);
            scan(feed);
            feed.closeCode();
        }

        JsonNode job = api.job(id);

        assertThat(job.path("status").asText()).as(job.toPrettyString()).isEqualTo("succeeded");
        assertThat(job.path("attempt").asInt()).isEqualTo(2);
        assertThat(state(scene).path("bookings")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "license_type: 'Z' | /license_type",
                "exam_type: 'Flygprov' | /exam_type",
                "locations: [] | /locations",
                "date_ranges: [] | /date_ranges",
                "date_ranges: [{start: '2031-02-15', end: '2031-02-01'}] | /date_ranges/0/end",
                "date_ranges: [{start: '2024-02-01', end: '2024-02-15'}] | /date_ranges/0/end",
                "date_ranges: [{start: '2031-02-30', end: '2031-03-01'}] | /date_ranges/0/start",
                "priority: 'soon' | /priority",
                "webhook_url: 'ftp://example.com/' | /webhook_url",
                "user_id: '' | /user_id",
                "colour: 'red' | /colour",
            })
    void whatCannotBeBookedIsRefusedWithItsPlace(String change, String pointer) {
        JsonNode wish = Json.read(request("auto_book: true"));
        Json.read("{" + change + "}").properties().forEach(field -> ((ObjectNode) wish)
                .set(field.getKey(), field.getValue()));

        Reply refused = api.post("/booking/start", wish.toString());

        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(Json.texts(Json.list(refused.json().path("errors")), "pointer"))
                .contains(pointer);
    }

    @Test
    void onlyBookingsAreBookings() {
        String noop = api.submit("{task: 'noop'}");

        assertThat(api.get("/booking/status/" + noop).status()).isEqualTo(404);
        assertThat(api.post("/booking/cancel/" + noop, "{}").status()).isEqualTo(404);
        assertThat(api.get("/booking/status/nothing").status()).isEqualTo(404);
    }

    private String start(String more) {
        Reply accepted = api.post("/booking/start", request(more));
        assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
        return accepted.json().path("job_id").asText();
    }

    private static String request(String more) {
        return """
                {user_id: 'user-123', license_type: 'B', exam_type: 'Körprov', locations: ['Stockholm', 'Uppsala'],
                 date_ranges: [{start: '2031-02-01', end: '2031-02-15'}], %s}""".formatted(more);
    }

    private static List<JsonNode> codes(Feed feed) {
        return feed.events().stream()
                .filter(event -> event.path("event_type").asText().equals("qr_code_update"))
                .map(event -> event.path("data"))
                .toList();
    }

    /** The latest code, once there were so many. */
    private static JsonNode awaitCode(Feed feed, int count) {
        return await().atMost(PATIENCE)
                .until(() -> codes(feed), codes -> codes.size() >= count)
                .getLast();
    }

    /** Scans the latest code, as a phone would until one is taken. */
    private void scan(Feed feed) {
        awaitCode(feed, 1);
        await().atMost(PATIENCE).until(() -> {
            Optional<JsonNode> code = codes(feed).stream().reduce((first, second) -> second);
            return code.isPresent()
                    && get("/sites/booking/control/scan?payload="
                                            + URLEncoder.encode(
                                                    code.get()
                                                            .path("qr_payload")
                                                            .asText(),
                                                    StandardCharsets.UTF_8))
                                    .status()
                            == 200;
        });
    }

    private void script(String scene, String script) {
        assertThat(get("/sites/booking/control/script?scene=" + scene + "&" + script)
                        .status())
                .isEqualTo(200);
    }

    private JsonNode state(String scene) {
        return get("/sites/booking/control/state?scene=" + scene).json();
    }

    private Reply get(String path) {
        return api.send(HttpRequest.newBuilder(URI.create(sites.url(path))).build());
    }
}

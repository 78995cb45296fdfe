// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.qa.sites.SampleSites;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
    private final Phone phone;

    BookingTest(Api api, SampleSites sites) {
        this.api = api;
        this.sites = sites;
        this.phone = new Phone(sites);
    }

    @Test
    void aBookingIsFollowedByItsCodesAndEndsConfirmed() {
        phone.script("", SLOTS);
        Reply accepted = api.post("/booking/start", request("auto_book: true, priority: 'high'"));
        assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
        String id = accepted.json().path("job_id").asText();
        assertThat(accepted.header("Location")).isEqualTo("/api/v1/booking/status/" + id);
        assertThat(accepted.json().path("user_id").asText()).isEqualTo("user-123");

        try (Feed feed = Feed.open(api, "/ws/jobs/" + id)) {
            JsonNode code = Phone.awaitCode(feed, 2);
            assertThat(code.path("qr_code_data").asText()).startsWith("data:image/png;base64,");
            assertThat(code.path("retry_count").asInt()).isZero();
            JsonNode status = api.get("/booking/status/" + id).json();
            assertThat(status.path("status").asText()).isEqualTo("authenticating");
            assertThat(status.path("job_status").asText()).isEqualTo("waiting_for_human");
            assertThat(status.path("message").asText()).isEqualTo("Waiting for BankID authentication");
            assertThat(status.path("progress").asDouble()).isEqualTo(25.0);
            assertThat(status.at("/qr_code/qr_payload").asText()).startsWith("bankid.");
            assertALateReaderSeesOneCode(id);

            phone.scan(feed);

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
        assertThat(phone.state("").at("/bookings/0/exam_type").asText()).isEqualTo("Körprov");
        try (Feed late = Feed.open(api, "/ws/jobs/" + id)) {
            late.closeCode();
            // At most the code that was scanned a moment ago.
            assertThat(Phone.codes(late)).hasSizeLessThan(2);
        }
    }

    private void assertALateReaderSeesOneCode(String id) {
        try (Feed late = Feed.open(api, "/ws/jobs/" + id)) {
            await().atMost(PATIENCE).until(() -> !Phone.codes(late).isEmpty());
            JsonNode first = Phone.codes(late).getFirst();
            assertThat(Instant.parse(first.path("expires_at").asText())).isAfter(Instant.now());
            assertThat(Phone.codes(late)).hasSizeLessThan(3);
        }
    }

    /** What a backend sees that started a booking with its address: each step as a signed request, in order. */
    @Test
    void theWebhookOfABookingHearsItAll() throws Exception {
        phone.script("", SLOTS);
        try (Receiver receiver = Receiver.start()) {
            String url = receiver.url("/booking", exchange -> Receiver.status(exchange, 204));
            String id = start("auto_book: true, webhook_url: '%s'".formatted(url));
            try (Feed feed = Feed.open(api, "/ws/jobs/" + id)) {
                phone.scan(feed);
                feed.closeCode();
            }
            await().atMost(PATIENCE).until(() -> receiver.at("/booking").stream()
                    .anyMatch(heard -> heard.type().equals("job_completed")));

            List<String> types =
                    receiver.at("/booking").stream().map(Receiver.Heard::type).toList();
            assertThat(types).contains("status_update", "qr_code_update", "booking_completed");
            assertThat(types).endsWith("booking_completed", "job_completed");
        }
    }

    @Test
    void withoutBookingTheFreeTimesAreReported() {
        phone.script("", SLOTS);
        String id = start("auto_book: false");
        try (Feed feed = Feed.open(api, "/ws/jobs/" + id)) {
            phone.scan(feed);
            feed.closeCode();
        }

        JsonNode ended = api.get("/booking/status/" + id).json();

        assertThat(Json.texts(Json.list(ended.path("slots")), "location")).containsExactly("Stockholm", "Uppsala");
        assertThat(phone.state("").path("bookings")).isEmpty();
    }

    @Test
    void aBookingThatWaitsForThePhoneIsCancelled() {
        phone.script("", SLOTS);
        String id = start("auto_book: true");
        try (Feed feed = Feed.open(api, "/ws/jobs/" + id)) {
            Phone.awaitCode(feed, 1);

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

    @Test
    void aBookingThatIsCancelledBeforeItBeginsIsToldToo() {
        String id = api.submit("""
                {task: 'booking', not_before: '2099-01-01T00:00:00Z', params: {license_type: 'B', exam_type: 'Körprov',
                 locations: ['Stockholm'], date_ranges: [{start: '2031-02-01', end: '2031-02-15'}]}}""");

        assertThat(api.post("/booking/cancel/" + id, "{reason: 'found another'}")
                        .status())
                .isBetween(200, 202);

        List<JsonNode> events = api.events(id);
        assertThat(Json.texts(events, "event_type")).endsWith("booking_completed", "job_completed");
        assertThat(events.get(events.size() - 2).at("/data/success").isBoolean())
                .isTrue();
        assertThat(events.get(events.size() - 2).at("/data/success").asBoolean())
                .isFalse();
    }

    /** The site fails in the middle: the next attempt asks again, and what is booked is not booked twice. */
    @ParameterizedTest
    @CsvSource({"errors=1&error_at=valj, fails-at-the-choice", "errors=1&error_at=mina, fails-before-the-search"})
    void anotherAttemptAsksAgainAndBooksOnce(String script, String scene) {
        phone.script(scene, script + "&" + SLOTS);
        String id = api.submit("""
                {task: 'booking', max_attempts: 2, params: {license_type: 'B', exam_type: 'Körprov',
                 locations: ['Stockholm'], date_ranges: [{start: '2031-02-01', end: '2031-02-15'}], site_url: '%s'}}""".formatted(sites.url("/booking/at/" + scene)));
        try (Feed feed = Feed.open(api, "/ws/jobs/" + id)) {
            phone.scan(feed);
            await().atMost(PATIENCE)
                    .until(() -> Json.texts(feed.events(), "event_type").stream()
                                    .filter("human_required"::equals)
                                    .count()
                            == 2);
            int seen = Phone.codes(feed).size();
            Phone.awaitCode(feed, seen + 1);
            phone.scan(feed);
            feed.closeCode();
        }

        JsonNode job = api.job(id);

        assertThat(job.path("status").asText()).as(job.toPrettyString()).isEqualTo("succeeded");
        assertThat(job.path("attempt").asInt()).isEqualTo(2);
        assertThat(phone.state(scene).path("bookings")).hasSize(1);
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
}

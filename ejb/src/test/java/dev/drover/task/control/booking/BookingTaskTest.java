// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.booking;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import dev.drover.qa.sites.SampleSites;
import dev.drover.task.control.BrowserForTests;
import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.FakeTaskContext;
import dev.drover.task.control.FakeTaskContext.Progress;
import dev.drover.task.control.FakeTaskContext.Ran;
import dev.drover.task.control.ParamsCheck.Violation;
import dev.drover.task.control.TaskFailure;
import dev.drover.task.control.qr.QrStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The booking task on the sample site, with a phone beside it. */
@ExtendWith(BrowserForTests.class)
@Timeout(120)
class BookingTaskTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String SLOTS =
            "Uppsala@2031-02-03T08:15,Stockholm@2031-02-03T13:45,Stockholm@2031-02-02T10:30,Malmö@2031-02-01T10:30";
    private static final String WISH = """
            license_type: 'B', exam_type: 'Körprov', locations: ['Stockholm', 'Uppsala'],
            date_ranges: [{start: '2031-02-03', end: '2031-02-10'}, {start: '2031-02-01', end: '2031-02-02'}]""";

    private final BookingTask task = new BookingTask(() -> new BookingSettings("", Optional.empty()));
    private final SampleSites sites;
    private final Page page;

    BookingTaskTest(SampleSites sites, Page page) {
        this.sites = sites;
        this.page = page;
    }

    @Test
    void theBestTimeOfTheFirstRangeIsBooked() throws Exception {
        Ran ran = run("best", "slots=" + SLOTS, WISH);

        assertThat(ran.result().path("success").asBoolean()).isTrue();
        ObjectNode booking = (ObjectNode) ran.result().path("booking_result");
        assertThat(booking.path("location").asText())
                .as("the place named first, of one day")
                .isEqualTo("Stockholm");
        assertThat(booking.path("exam_date").asText()).isEqualTo("2031-02-03");
        assertThat(booking.path("exam_time").asText()).isEqualTo("13:45");
        assertThat(booking.path("booking_id").asText()).isEqualTo("TV123456789");
        assertThat(ran.context().progress)
                .extracting(Progress::stage)
                .containsSubsequence("initializing", "authenticating", "searching", "booking", "confirming");
        assertThat(state("best")).contains("\"exam_type\": \"Körprov\"", "\"license_type\": \"B\"");
        assertThat(task.booking(ran.result()).orElseThrow().path("booking_result"))
                .isEqualTo(booking);
    }

    @Test
    void withoutBookingTheTimesAreReported() throws Exception {
        Ran ran = run("report", "slots=" + SLOTS, WISH + ", auto_book: false");

        assertThat(ran.result().path("slots"))
                .extracting(slot -> slot.path("exam_date").asText() + " "
                        + slot.path("location").asText())
                .containsExactly("2031-02-03 Stockholm", "2031-02-03 Uppsala", "2031-02-02 Stockholm");
        assertThat(state("report")).contains("\"bookings\": []");
    }

    @ParameterizedTest
    @CsvSource({"lost-early, lost=1", "lost-late, lost_at_confirm=1"})
    void aTimeThatOthersTookIsPassedOver(String scene, String script) throws Exception {
        Ran ran = run(scene, script + "&slots=" + SLOTS, WISH);

        assertThat(ran.result().path("booking_result").path("location").asText())
                .isEqualTo("Uppsala");
        assertThat(ran.context().log).anyMatch(line -> line.contains("Somebody else"));
    }

    @Test
    void aBookingThatTheSiteDidNotConfirmIsNotMadeTwice() throws Exception {
        Ran ran = run("silent", "unanswered=1&slots=" + SLOTS, WISH);
        assertThat(ran.result().path("booking_result").path("booking_id").asText())
                .isEqualTo("TV123456789");

        Ran again = runAgain("silent", WISH, this::scan);

        assertThat(again.result().path("booking_result")).isEqualTo(ran.result().path("booking_result"));
        assertThat(state("silent").split("booking_id", -1)).hasSize(2);
    }

    @Test
    void anOrderThatEndsIsFollowedByAnother() throws Exception {
        Ran ran = run("orders", "elsewhere=1&order_seconds=2&qr=svg&slots=" + SLOTS, WISH, code -> {
            if (code.retry() >= 2) {
                scan(code);
            }
        });

        assertThat(ran.result().path("success").asBoolean()).isTrue();
        assertThat(ran.context().codes).extracting(QrStream.Code::retry).contains(1, 2);
        assertThat(ran.context().log).anyMatch(line -> line.contains("annan enhet"));
        assertThat(ran.context().log).anyMatch(line -> line.contains("svarar inte"));
    }

    @Test
    void whoeverRefusesAgainAndAgainEndsTheJob() throws Exception {
        TaskFailure failure = run("refused", "slots=" + SLOTS, WISH, code -> scan(code, "cancel"))
                .failure();

        assertThat(failure.code()).isEqualTo("login_refused");
        assertThat(failure.recovery()).isEqualTo(ErrorCategory.Recovery.FAIL);
        assertThat(failure).hasMessageContaining("avbruten");
    }

    @Test
    void aSessionThatExpiresIsOpenedAnew() throws Exception {
        Ran ran = run("session", "session_pages=4&slots=" + SLOTS, """
                license_type: 'B', exam_type: 'Körprov', locations: ['Stockholm'],
                date_ranges: [{start: '2031-02-03', end: '2031-02-03'}], person_number: '19900302-1239'""");

        TaskFailure failure = ran.failure();
        assertThat(failure.code()).isEqualTo("session_expired");
        assertThat(state("session")).contains("\"logins\": 3");
    }

    @ParameterizedTest
    @CsvSource({"queue, queue_ms=800", "compact, layout=compact&qr=canvas", "slow, slow_ms=300&qr=file"})
    void queuesOtherLayoutsAndSlowPagesAreNothingSpecial(String scene, String script) throws Exception {
        Ran ran = run(scene, script + "&slots=" + SLOTS, WISH);

        assertThat(ran.result().path("success").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"sok, 503", "valj, 500", "login, 503"})
    void anErrorOfTheSiteIsWorthAnotherAttempt(String where, int status) throws Exception {
        TaskFailure failure = run(
                        "error-" + where,
                        "errors=1&error_status=" + status + "&error_at=" + where + "&slots=" + SLOTS,
                        WISH)
                .failure();

        assertThat(failure.code()).isEqualTo("http_" + status);
        assertThat(failure.recovery()).isEqualTo(ErrorCategory.Recovery.RETRY);
    }

    @Test
    void whereNothingIsFreeTheJobSaysSo() throws Exception {
        TaskFailure failure = run("none", "slots=none", WISH).failure();

        assertThat(failure.code()).isEqualTo("no_free_time");
        assertThat(failure.recovery()).isEqualTo(ErrorCategory.Recovery.FAIL);
        assertThat(task.booking(null).orElseThrow().path("success").asBoolean()).isFalse();
    }

    @Test
    void reversedAndPastDaysAreRefused() {
        ObjectNode params = FakeTaskContext.json("""
                {date_ranges: [{start: '2031-02-03', end: '2031-02-02'}, {start: '2024-02-01', end: '2024-02-15'},
                 {start: '2024-02-01', end: '2031-02-15'}]}""");

        assertThat(Wish.objections(params, LocalDate.of(2026, 11, 22)))
                .containsExactly(
                        new Violation("/date_ranges/0/end", "must not be before start"),
                        new Violation("/date_ranges/1/end", "must not be past"));
    }

    private Ran run(String scene, String script, String wish) throws InterruptedException {
        return run(scene, script, wish, this::scan);
    }

    private Ran run(String scene, String script, String wish, Consumer<QrStream.Code> phone)
            throws InterruptedException {
        get("/booking/control/script?scene=" + scene + "&"
                + script.replace("ö", URLEncoder.encode("ö", StandardCharsets.UTF_8)));
        return runAgain(scene, wish, phone);
    }

    private Ran runAgain(String scene, String wish, Consumer<QrStream.Code> phone) throws InterruptedException {
        return FakeTaskContext.run(
                task,
                page,
                Duration.ofSeconds(100),
                "{%s, site_url: '%s'}".formatted(wish, sites.url("/booking/at/" + scene)),
                context -> context.phone = phone);
    }

    private void scan(QrStream.Code code) {
        scan(code, "approve");
    }

    private void scan(QrStream.Code code, String answer) {
        get("/booking/control/scan?answer=" + answer + "&payload="
                + URLEncoder.encode(code.payload(), StandardCharsets.UTF_8));
    }

    private String state(String scene) {
        return get("/booking/control/state?scene=" + scene);
    }

    private String get(String path) {
        try {
            return HTTP.send(HttpRequest.newBuilder(URI.create(sites.url(path))).build(), BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

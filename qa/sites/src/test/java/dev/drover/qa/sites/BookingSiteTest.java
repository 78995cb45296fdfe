// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.sites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The booking site, seen by a browser without scripts and by a phone. */
class BookingSiteTest {

    private static final String SLOTS = "Uppsala@2031-02-03T10:30,Stockholm@2031-02-03T13:45";
    private static final String FORM = "tid=t1&behorighet=B&prov=K%C3%B6rprov";

    private static SampleSites sites;

    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    @BeforeAll
    static void start() {
        sites = SampleSites.start(0);
    }

    @AfterAll
    static void stop() {
        sites.close();
    }

    @Test
    void aBookingGoesThroughLoginSearchAndConfirmation() {
        String site = scene("whole", "slots=" + SLOTS);

        logIn(site);
        String found = get(site + "/sok?ort=uppsala&fran=2031-02-01&till=2031-02-28&prov=K%C3%B6rprov")
                .body();
        assertThat(found).contains("datetime=\"2031-02-03T10:30\"").doesNotContain("13:45");
        assertThat(post(site + "/valj", FORM).body()).contains("Bekräfta din bokning", "Körprov");
        String done = post(site + "/boka", FORM).body();

        assertThat(done).contains("Tack för din bokning", "Körprov", "Uppsala");
        assertThat(get(site + "/mina").body()).contains("TV123456789");
        assertThat(get("/booking/control/state?scene=whole").body()).contains("\"exam_type\": \"Körprov\"");
        assertThat(post(site + "/boka", FORM).body()).contains("tid-borta");
    }

    @Test
    void aCodeIsNewEachSecondAndAnOldOneIsRefused() {
        String site = scene("codes", "");
        String order = startOrder(site);
        String first = code(site, order);

        String second = await().until(() -> code(site, order), code -> !code.equals(first));

        assertThat(second).startsWith(first.substring(0, 43)).isNotEqualTo(first);
        assertThat(scan(second.substring(0, second.length() - 1) + "x", "approve"))
                .isEqualTo(409);
        assertThat(scan(second, "approve")).isEqualTo(200);
        assertThat(scan(second, "approve")).as("once is enough").isEqualTo(409);
        assertThat(collect(site, order)).contains("\"complete\"");
    }

    @Test
    void aPhoneThatTakesItsTimeHidesTheCode() {
        String site = scene("open", "");
        String order = startOrder(site);
        String code = code(site, order);

        assertThat(scan(code, "open")).isEqualTo(200);
        assertThat(collect(site, order)).contains("userSign").doesNotContain("\"qr\"");
        assertThat(scan(code, "approve")).isEqualTo(200);

        assertThat(collect(site, order)).contains("\"complete\"");
    }

    @Test
    void anOrderEndsByItselfByItsOwnerAndWhenItWasStartedElsewhere() {
        String site = scene("ends", "order_seconds=1&elsewhere=1");
        assertThat(collect(site, startOrder(site))).contains("startFailed");
        String cancelled = startOrder(site);
        assertThat(scan(code(site, cancelled), "cancel")).isEqualTo(200);
        assertThat(collect(site, cancelled)).contains("userCancel");
        String expiring = startOrder(site);
        String code = code(site, expiring);

        await().atMost(Duration.ofSeconds(5))
                .until(() -> collect(site, expiring).contains("expiredTransaction"));

        assertThat(scan(code, "approve")).isEqualTo(409);
    }

    @Test
    void twoOrdersOfOnePersonEndEachOther() {
        String site = scene("twice", "");
        String one = startOrder(site, "199003021239");
        String other = startOrder(site, "199003021239");

        assertThat(collect(site, one)).contains("\"cancelled\"");
        assertThat(collect(site, other)).contains("alreadyInProgress");
    }

    @ParameterizedTest
    @ValueSource(strings = {"img", "file", "svg", "canvas"})
    void theCodeComesInTheFormThatTheScriptNames(String kind) {
        String site = scene("kind-" + kind, "qr=" + kind);

        assertThat(collect(site, startOrder(site))).contains("\"kind\": \"" + kind + "\"");
    }

    @Test
    void timesVanishBetweenSearchAndBooking() {
        String site = scene("lost", "lost=1&lost_at_confirm=1&slots=" + SLOTS);
        logIn(site);

        assertThat(post(site + "/valj", FORM).body()).contains("tid-borta");
        assertThat(post(site + "/valj", FORM.replace("t1", "t2")).body()).contains("Bekräfta din bokning");
        assertThat(post(site + "/boka", FORM.replace("t1", "t2")).body()).contains("tid-borta");
        assertThat(get(site + "/mina").body()).contains("inga-bokningar");
    }

    @Test
    void aBookingMayBeMadeWithoutAWord() {
        String site = scene("silent", "unanswered=1&slots=" + SLOTS);
        logIn(site);

        assertThat(post(site + "/boka", FORM).statusCode()).isEqualTo(503);
        assertThat(get(site + "/mina").body()).contains("TV123456789");
    }

    @Test
    void sessionsExpire() {
        String site = scene("session", "session_pages=1");
        logIn(site);

        assertThat(get(site + "/mina").uri().getPath()).endsWith("/mina");
        assertThat(get(site + "/mina").body()).contains("Din session har gått ut");
        assertThat(get(site + "/mina").uri().getPath()).endsWith("/login");
    }

    @Test
    void pagesFailAndVisitorsQueueAsTheScriptSays() {
        String failing = scene("failing", "errors=1&error_status=500&error_at=login");
        assertThat(get(failing).statusCode()).isEqualTo(200);
        assertThat(get(failing + "/login").statusCode()).isEqualTo(500);
        assertThat(get(failing + "/login").statusCode()).isEqualTo(200);
        String queueing = scene("queue", "queue_ms=400");

        assertThat(get(queueing).body()).contains("Du står i kö");
        await().atMost(Duration.ofSeconds(5)).until(() -> get(queueing).body().contains("Boka körprov"));
    }

    private String scene(String name, String script) {
        assertThat(get("/booking/control/script?scene=" + name + "&" + script).statusCode())
                .isEqualTo(200);
        return "/booking/at/" + name;
    }

    private void logIn(String site) {
        String order = startOrder(site);
        assertThat(scan(code(site, order), "approve")).isEqualTo(200);
        assertThat(collect(site, order)).contains("\"complete\"");
    }

    private String startOrder(String site) {
        return startOrder(site, "");
    }

    private String startOrder(String site, String person) {
        return group(post(site + "/login/start", "personnummer=" + person).body(), "collect\\?id=([0-9a-f-]+)");
    }

    private String collect(String site, String order) {
        return get(site + "/login/collect?id=" + order).body();
    }

    private String code(String site, String order) {
        return group(collect(site, order), "\"code\": \"([^\"]+)\"");
    }

    private int scan(String code, String answer) {
        return get("/booking/control/scan?answer=" + answer + "&payload="
                        + URLEncoder.encode(code, StandardCharsets.UTF_8))
                .statusCode();
    }

    private static String group(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    private HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(sites.uri(path)));
    }

    private HttpResponse<String> post(String path, String form) {
        return send(HttpRequest.newBuilder(sites.uri(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

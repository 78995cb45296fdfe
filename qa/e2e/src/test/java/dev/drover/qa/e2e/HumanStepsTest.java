// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.qa.sites.SampleSites;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs that ask people: over the API and by a link that needs no account. */
@EndToEnd
class HumanStepsTest {

    private static final int RED = 0xcc0000;
    private static final int GREEN = 0x008800;
    private static final int WHITE = 0xffffff;

    private final Api api;
    private final SampleSites sites;

    HumanStepsTest(Api api, SampleSites sites) {
        this.api = api;
        this.sites = sites;
    }

    @Test
    void aJobAsksAndGoesOnWithTheAnswer() {
        String id = ask("kind: 'choose', prompt: 'Körprov eller kunskapsprov?', choices: ['Körprov', 'Kunskapsprov']");
        JsonNode question = api.get("/jobs/" + id + "/input").json();
        assertThat(question.path("kind").asText()).isEqualTo("choose");
        assertThat(question.path("prompt").asText()).isEqualTo("Körprov eller kunskapsprov?");
        assertThat(question.path("is_open").asBoolean()).isTrue();

        Reply wrong = api.post("/jobs/" + id + "/input", "{answer: 'Flygprov'}");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.json().at("/errors/0/pointer").asText()).isEqualTo("/answer");
        Reply other = api.post(
                "/jobs/" + id + "/input", "{answer: 'Körprov', step_id: '01980c8e-7f3a-7cc1-b4a5-2c5b8d1f0e6a'}");
        assertThat(other.code()).isEqualTo("step_over");
        Reply taken = api.post("/jobs/" + id + "/input", "{answer: 'Körprov'}");
        assertThat(taken.status()).as(taken.text()).isEqualTo(200);
        assertThat(taken.json().path("state").asText()).isEqualTo("answered");

        JsonNode job = api.ended(id);
        assertThat(job.at("/result/answer").asText()).isEqualTo("Körprov");
        Reply late = api.post("/jobs/" + id + "/input", "{answer: 'Körprov'}");
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.code()).isEqualTo("step_over");
        assertThat(Json.texts(api.events(id), "event_type")).contains("human_required");
    }

    @Test
    void theLinkOfTheEventIsAllThatAPersonNeeds() {
        String id = ask("kind: 'text', prompt: 'Your name?'");
        JsonNode event = api.events(id).stream()
                .filter(one -> one.path("event_type").asText().equals("human_required"))
                .findFirst()
                .orElseThrow();
        String link = event.at("/data/url").asText();
        assertThat(link).startsWith("/human/");

        Reply question = open(link);
        assertThat(question.status()).isEqualTo(200);
        assertThat(question.json().path("prompt").asText()).isEqualTo("Your name?");
        assertThat(answer(link, "{\"answer\": \"\"}").status()).isEqualTo(422);
        assertThat(answer(link, "{\"answer\": \"Åsa\"}").status()).isEqualTo(200);

        assertThat(api.ended(id).at("/result/answer").asText()).isEqualTo("Åsa");
        assertThat(answer(link, "{\"answer\": \"Eva\"}").code()).isEqualTo("step_over");
        assertThat(open(link).json().path("state").asText()).isEqualTo("answered");
        char last = link.charAt(20) == 'A' ? 'B' : 'A';
        assertThat(open(link.substring(0, 20) + last + link.substring(21)).status())
                .isEqualTo(404);
        assertThat(open("/human/nothing").status()).isEqualTo(404);
    }

    @Test
    void pastTheDeadlineTheTaskDecides() {
        String id = api.submit("{task: 'ask', params: {prompt: 'Quick?', within_seconds: 1}}");

        JsonNode job = api.ended(id);

        assertThat(job.at("/result/too_late").asBoolean()).isTrue();
        assertThat(api.post("/jobs/" + id + "/input", "{answer: true}").code()).isEqualTo("step_over");
    }

    @Test
    void aJobThatWaitsCanBeCancelled() {
        String id = ask("prompt: 'Go on?'");

        assertThat(api.delete("/jobs/" + id).status()).isEqualTo(202);

        assertThat(api.ended(id).path("status").asText()).isEqualTo("cancelled");
        assertThat(api.post("/jobs/" + id + "/input", "{answer: true}").code()).isEqualTo("step_over");
    }

    @Test
    void oneThatAsksNothingTakesNoAnswer() {
        String id = api.submit("{task: 'noop', params: {sleep_ms: 1000}}");

        assertThat(api.get("/jobs/" + id + "/input").code()).isEqualTo("step_over");
        assertThat(api.post("/jobs/" + id + "/input", "{answer: true}").status())
                .isEqualTo(409);
        assertThat(api.post("/jobs/" + id + "/input", "{reply: true}").status()).isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(strings = {"chromium", "firefox"})
    void aPersonTakesThePageOverAndHandsItBack(String engine) {
        String id = api.submit("{task: 'hand-over', browser: {engine: '%s'}, params: {url: '%s'}}"
                .formatted(engine, sites.url("/desk")));
        api.when(id, "waiting_for_human");
        Reply question = api.get("/jobs/" + id + "/input");
        String link = question.json().path("url").asText();
        assertThat(question.json().path("kind").asText()).isEqualTo("take_over");

        try (LiveViewer person = LiveViewer.open(live(link));
                LiveViewer other = LiveViewer.open(live(link))) {
            assertThat(person.told("control").path("yours").asBoolean()).isTrue();
            assertThat(other.told("control").path("yours").asBoolean()).isFalse();
            assertThat(person.told("page").path("url").asText()).isEqualTo(sites.url("/desk"));
            person.sees(RED, 600, 300);

            other.click(100, 100); // Is not in control.
            person.click(150, 270);
            for (String key : List.of("A", "d", "a", "å")) {
                person.press(key);
            }
            person.click(100, 100);
            person.sees(GREEN, 600, 300);
            other.sees(GREEN, 600, 300);

            other.say("{type: 'take_control'}");
            other.told("control", told -> told.path("yours").asBoolean());
            other.click(150, 420); // Opens a window.
            other.sees(WHITE, 600, 300);
            assertThat(other.told("page").path("url").asText()).isEqualTo(sites.url("/blank"));

            assertThat(answer(link, "{\"answer\": true}").status()).isEqualTo(200);
            assertThat(person.closeCode()).isEqualTo(1000);
        }
        JsonNode job = api.ended(id);
        assertThat(job.at("/result/handed_back").asBoolean()).as(job.toString()).isTrue();
        assertThat(job.at("/result/text").asText()).contains("Hello Adaå");
        try (LiveViewer late = LiveViewer.open(live(link))) {
            assertThat(late.closeCode()).isEqualTo(4004);
        }
        try (LiveViewer stranger = LiveViewer.open(live("/human/nothing"))) {
            assertThat(stranger.closeCode()).isEqualTo(4001);
        }
    }

    @Test
    void whoWatchesAPageAndNeverReadsHoldsNobodyUp() {
        String id = api.submit("{task: 'hand-over', params: {url: '%s'}}".formatted(sites.url("/desk")));
        api.when(id, "waiting_for_human");
        String link = api.get("/jobs/" + id + "/input").json().path("url").asText();

        try (LiveViewer deaf = LiveViewer.openWithoutReading(live(link));
                LiveViewer person = LiveViewer.open(live(link))) {
            person.sees(RED, 600, 300);
            person.say("{type: 'take_control'}");
            person.click(100, 100);
            person.sees(GREEN, 600, 300);
            assertThat(deaf.hasPicture()).isFalse();
            assertThat(answer(link, "{\"answer\": false}").status()).isEqualTo(200);
        }

        assertThat(api.ended(id).at("/result/handed_back").asBoolean(true)).isFalse();
    }

    private String live(String link) {
        return api.uri("//ws" + link + "/live").toString().replaceFirst("^http", "ws");
    }

    private String ask(String params) {
        String id = api.submit("{task: 'ask', params: {%s}}".formatted(params));
        api.when(id, "waiting_for_human");
        return id;
    }

    /** Without a token. */
    private Reply open(String link) {
        return api.send(HttpRequest.newBuilder(behind(link)).build());
    }

    private Reply answer(String link, String json) {
        return api.send(HttpRequest.newBuilder(behind(link))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build());
    }

    private URI behind(String link) {
        return api.uri(link);
    }
}

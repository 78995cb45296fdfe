// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;

/** Jobs that ask people: over the API and by a link that needs no account. */
@EndToEnd
class HumanStepsTest {

    private final Api api;

    HumanStepsTest(Api api) {
        this.api = api;
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

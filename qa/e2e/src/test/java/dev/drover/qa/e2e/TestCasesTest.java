// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import dev.drover.qa.sites.SampleSites;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;

/** Test cases, written over REST and carried out in browsers and on registered hosts. */
@EndToEnd
class TestCasesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Set<String> ENDED = Set.of("completed", "failed", "cancelled");
    private static final String EXECUTE = "/host/remote/executeAction";

    private final Api api;
    private final SampleSites sites;

    TestCasesTest(Api api, SampleSites sites) {
        this.api = api;
        this.sites = sites;
    }

    @Test
    void aTestCaseIsWrittenReadChangedAndRemoved() {
        Reply created = api.post("/testcases", """
                {name: 'Körprov kan bokas', description: 'Som besökare', steps: [{action: 'tap', x: 100, y: 200}]}""");
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        String id = created.json().path("id").asText();
        assertThat(created.header("Location")).isEqualTo("/api/v1/testcases/" + id);
        assertThat(created.header("ETag")).isEqualTo("\"1\"");
        assertThat(created.json().path("name").asText()).isEqualTo("Körprov kan bokas");
        assertThat(created.json().path("steps")).isEqualTo(Json.read("[{action: 'tap', x: 100, y: 200}]"));

        Reply changed = put(id, "\"1\"", "{name: 'Renamed', steps: [{action: 'wait'}]}");
        Reply late = put(id, "\"1\"", "{name: 'Too late', steps: [{action: 'wait'}]}");

        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.header("ETag")).isEqualTo("\"2\"");
        assertThat(changed.json().path("description").asText()).isEmpty();
        assertThat(late.status()).isEqualTo(412);
        assertThat(late.code()).isEqualTo("precondition_failed");
        assertThat(api.get("/testcases/" + id).json()).isEqualTo(changed.json());
        assertThat(Json.texts(Json.list(api.get("/testcases?limit=200").json().path("items")), "id"))
                .contains(id);
        assertThat(api.delete("/testcases/" + id).status()).isEqualTo(204);
        assertThat(api.get("/testcases/" + id).status()).isEqualTo(404);
        assertThat(api.post("/testcases/" + id + "/run", "{}").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{steps: [{action: 'tap'}]} | /name",
                "{name: 'a'} | /steps",
                "{name: 'a', steps: []} | /steps",
                "{name: 'a', steps: ['tap']} | /steps/0",
                "{name: 'a', steps: [{action: 'tap'}, {x: 1}]} | /steps/1",
                "{name: 'a', steps: [{action: 7}]} | /steps/0",
                "{name: 'a', steps: [{action: 'tap'}], schedule: 'daily'} | /schedule",
            })
    void whatIsNoTestCaseIsRefusedWithItsPlace(String body, String pointer) {
        Reply refused = api.post("/testcases", body);

        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(Json.texts(Json.list(refused.json().path("errors")), "pointer"))
                .containsExactly(pointer);
    }

    @Test
    void inABrowserItHoldsOrSaysWhichStepDidNot() throws Exception {
        String holds = testCase(
                "The article is there",
                "{action: 'goto', url: '%s'}, {action: 'expect_visible', selector: 'h1'}"
                        .formatted(sites.url("/article")));
        String fails = testCase(
                "It is a shop", "{action: 'expect_text', selector: 'h1', text: '${what}', timeout_seconds: 0.5}");

        JsonNode completed = ended(run(holds, "{}"));
        JsonNode failed =
                ended(run(fails, "{start_url: '%s', variables: {what: 'Shop'}}".formatted(sites.url("/article"))));

        assertThat(completed.path("status").asText()).as(completed.toString()).isEqualTo("completed");
        assertThat(completed.path("engine").asText()).isEqualTo("chromium");
        assertThat(completed.path("started_at").asText()).isNotEmpty();
        assertThat(completed.path("finished_at").asText()).isNotEmpty();
        assertThat(api.job(completed.path("job_id").asText())
                        .at("/labels/test_case_id")
                        .asText())
                .isEqualTo(holds);
        assertThat(failed.path("status").asText()).isEqualTo("failed");
        assertThat(failed.at("/error/category").asText()).isEqualTo("expectation");
        assertThat(failed.at("/error/message").asText())
                .startsWith("Step 1 (expect_text")
                .contains("Shop");
        Element suite = report(failed);
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        assertThat(suite.getElementsByTagName("failure")
                        .item(0)
                        .getAttributes()
                        .getNamedItem("message")
                        .getTextContent())
                .isEqualTo(failed.at("/error/message").asText());
        assertThat(report(completed).getAttribute("failures")).isEqualTo("0");
        assertThat(Json.texts(
                        Json.list(api.get("/executions?status=failed&test_case_id=" + fails)
                                .json()
                                .path("items")),
                        "id"))
                .containsExactly(failed.path("id").asText());
    }

    @Test
    void onAHostItsStepsGoToOneHostAndDevice() throws Exception {
        try (Receiver phone = Receiver.start();
                Receiver other = Receiver.start()) {
            phone.url(EXECUTE, exchange -> answer(exchange, "{\"success\": true}"));
            other.url(EXECUTE, exchange -> answer(exchange, "{\"success\": true}"));
            register("test-phone-1", phone, "test-phone");
            register("test-phone-2", other, "test-phone");
            String testCase =
                    testCase("Taps", "{action: 'tap', x: 1, y: 2}, {action: 'swipe'}, {action: 'tap', x: 3, y: 4}");

            JsonNode execution = ended(run(testCase, "{capability: 'test-phone', device_id: 'device1'}"));

            assertThat(execution.path("status").asText())
                    .as(execution.toString())
                    .isEqualTo("completed");
            assertThat(execution.path("host_id").asText()).isEqualTo("any");
            assertThat(execution.path("device_id").asText()).isEqualTo("device1");
            List<Receiver.Heard> heard = phone.at(EXECUTE).isEmpty() ? other.at(EXECUTE) : phone.at(EXECUTE);
            assertThat(phone.at(EXECUTE).size() + other.at(EXECUTE).size()).isEqualTo(3);
            assertThat(heard)
                    .extracting(Receiver.Heard::json)
                    .containsExactly(
                            Json.read("{action: 'tap', x: 1, y: 2, device_id: 'device1'}"),
                            Json.read("{action: 'swipe', device_id: 'device1'}"),
                            Json.read("{action: 'tap', x: 3, y: 4, device_id: 'device1'}"));
            JsonNode job = api.job(execution.path("job_id").asText());
            assertThat(job.at("/result/host").asText()).startsWith("test-phone-");
            assertThat(Json.texts(Json.list(job.at("/result/steps")), "status"))
                    .containsExactly("passed", "passed", "passed");
        } finally {
            api.delete("/hosts/test-phone-1");
            api.delete("/hosts/test-phone-2");
        }
    }

    @Test
    void whatAHostCannotDoFailsTheTestAtThatStep() {
        try (Receiver phone = Receiver.start()) {
            phone.url(
                    EXECUTE,
                    exchange -> answer(
                            exchange,
                            phone.at(EXECUTE).size() < 2
                                    ? "{\"success\": true}"
                                    : "{\"success\": false, \"error\": \"no such button\"}"));
            register("test-broken", phone, "broken");
            String testCase = testCase("Breaks", "{action: 'tap'}, {action: 'press'}, {action: 'never'}");

            JsonNode execution = ended(run(testCase, "{host_id: 'test-broken'}"));

            assertThat(execution.path("status").asText()).isEqualTo("failed");
            assertThat(execution.at("/error/code").asText()).isEqualTo("step_failed");
            assertThat(execution.at("/error/message").asText())
                    .isEqualTo("Step 2 (press) on 'test-broken' failed: no such button");
            assertThat(phone.at(EXECUTE)).hasSize(2);
            assertThat(api.get("/jobs/" + execution.path("job_id").asText() + "/artifacts/steps.json")
                            .json())
                    .hasSize(2);
        } finally {
            api.delete("/hosts/test-broken");
        }
    }

    @Test
    void whatCannotBeCarriedOutIsSaidAtOnce() {
        String taps = testCase("Taps", "{action: 'tap', x: 1, y: 2}");

        Reply inBrowser = api.post("/testcases/" + taps + "/run", "{start_url: 'https://example.com/'}");
        Reply nowhere = api.post("/testcases/" + taps + "/run", "{host_id: 'not-there'}");
        Reply onNode = api.post("/testcases/" + taps + "/run", "{host_id: 'self'}");
        Reply both = api.post("/testcases/" + taps + "/run", "{host_id: 'any', engine: 'chromium'}");

        assertThat(inBrowser.status()).isEqualTo(422);
        assertThat(Json.texts(Json.list(inBrowser.json().path("errors")), "pointer"))
                .allSatisfy(pointer -> assertThat(pointer).startsWith("/steps/0"));
        assertThat(nowhere.status()).isEqualTo(404);
        assertThat(onNode.code()).isEqualTo("host_is_node");
        assertThat(Json.texts(Json.list(both.json().path("errors")), "pointer")).containsExactly("/engine");
        assertThat(api.get("/executions?test_case_id=" + taps).json().path("items"))
                .isEmpty();
    }

    @Test
    void aRepeatedRunIsOneRunAndACancelledJobACancelledTest() {
        String waits = testCase("Waits", "{action: 'wait_for', selector: '#never', timeout_seconds: 60}");
        String body = "{start_url: '%s'}".formatted(sites.url("/blank"));

        Reply first = api.post("/testcases/" + waits + "/run", body, "Idempotency-Key", "run-" + waits);
        Reply again = api.post("/testcases/" + waits + "/run", body, "Idempotency-Key", "run-" + waits);
        String id = first.json().at("/items/0/id").asText();
        await().atMost(PATIENCE)
                .until(() -> execution(id).path("status").asText().equals("running"));
        assertThat(api.post("/jobs/" + id + "/cancel", "{}").status()).isEqualTo(202);

        assertThat(first.header("Location")).isEqualTo("/api/v1/executions/" + id);
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(ended(id).path("status").asText()).isEqualTo("cancelled");
        assertThat(api.get("/executions?test_case_id=" + waits).json().path("items"))
                .hasSize(1);
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    private void register(String name, Receiver machine, String capability) {
        Reply reply = api.post(
                "/hosts/register",
                "{host_name: '%s', host_url: '%s', capabilities: ['%s']}".formatted(name, machine.url(""), capability));
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    }

    private Reply put(String id, String ifMatch, String json) {
        return api.send(api.request("/testcases/" + id, "If-Match", ifMatch, "Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(Json.strict(json)))
                .build());
    }

    private String testCase(String name, String steps) {
        Reply reply = api.post("/testcases", "{name: '%s', steps: [%s]}".formatted(name, steps));
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply.json().path("id").asText();
    }

    private String run(String testCase, String json) {
        Reply reply = api.post("/testcases/" + testCase + "/run", json);
        assertThat(reply.status()).as(reply.text()).isEqualTo(202);
        assertThat(reply.json().at("/items/0/status").asText()).isEqualTo("queued");
        return reply.json().at("/items/0/id").asText();
    }

    private JsonNode execution(String id) {
        Reply reply = api.get("/executions/" + id);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }

    private JsonNode ended(String id) {
        return await().atMost(PATIENCE)
                .until(
                        () -> execution(id),
                        execution -> ENDED.contains(execution.path("status").asText()));
    }

    private Element report(JsonNode execution) throws Exception {
        Reply reply =
                api.get("/executions/" + execution.path("id").asText() + "/junit.xml", "Accept", "application/xml");
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(reply.text().getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
    }
}

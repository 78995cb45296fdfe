// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The list of hosts: the node itself, and machines that were registered. */
@EndToEnd
class HostsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Api api;

    HostsTest(Api api) {
        this.api = api;
    }

    private Optional<JsonNode> host(String name) {
        return Json.list(api.get("/hosts").json().path("items")).stream()
                .filter(host -> host.path("host_name").asText().equals(name))
                .findFirst();
    }

    private String self() {
        return api.get("/hosts/self/drain").json().path("host").asText();
    }

    @Test
    void theNodeListsItselfWithWhatItCanDo() {
        JsonNode node = await().atMost(PATIENCE)
                .until(
                        () -> host(self()),
                        found -> found.isPresent()
                                && found.get().path("capabilities").toString().contains("chromium"))
                .orElseThrow();

        assertThat(node.path("kind").asText()).isEqualTo("node");
        assertThat(node.path("status").asText()).isEqualTo("available");
        assertThat(node.path("host_url").asText()).startsWith("http://");
        assertThat(Json.texts(Json.list(node.path("engines")), "name")).contains("chromium", "firefox", "webkit");
        assertThat(Json.list(node.path("engines")))
                .filteredOn(engine -> engine.path("availability").asText().equals("unavailable"))
                .allSatisfy(engine -> assertThat(engine.path("reason").asText()).isNotEmpty());
        assertThat(node.path("slots").asInt()).isPositive();
        await().atMost(PATIENCE).until(() -> Instant.parse(
                        host(self()).orElseThrow().path("last_ping").asText())
                .isAfter(Instant.parse(node.path("last_ping").asText())));
        assertThat(Json.list(api.get("/workers").json())).anySatisfy(worker -> {
            assertThat(worker.path("name").asText()).isEqualTo(self());
            assertThat(worker.path("healthy").asBoolean()).isTrue();
        });
    }

    @Test
    void aRegisteredHostDoesWhatItIsToldAndIsAskedWhetherItLives() throws Exception {
        try (Receiver machine = Receiver.start()) {
            machine.url("/host/remote/executeAction", exchange -> {
                byte[] answer =
                        "{\"success\": true, \"message\": \"tappad på skärmen\"}".getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            });
            Reply registered = api.post("/hosts/register", """
                    {host_name: 'sunri-pi2', host_url: '%s', capabilities: ['mobile', 'desktop', 'av', 'power'],
                     status: 'available', last_ping: '2026-11-22T10:00:00Z', devices: [{device_id: 'device1'}]}""".formatted(machine.url("")));
            assertThat(registered.status()).as(registered.text()).isEqualTo(201);
            assertThat(registered.header("Location")).isEqualTo("/api/v1/hosts/sunri-pi2");
            JsonNode listed = host("sunri-pi2").orElseThrow();
            assertThat(listed.path("capabilities").toString()).isEqualTo("[\"mobile\",\"desktop\",\"av\",\"power\"]");
            assertThat(listed.at("/devices/0/device_id").asText()).isEqualTo("device1");

            Reply done = api.post("/hosts/sunri-pi2/execute", "{action: 'tap', x: 100, y: 200}");

            assertThat(done.status()).as(done.text()).isEqualTo(200);
            assertThat(done.json().path("message").asText()).isEqualTo("tappad på skärmen");
            assertThat(Json.read(
                            machine.at("/host/remote/executeAction").getFirst().body()))
                    .isEqualTo(Json.read("{action: 'tap', x: 100, y: 200}"));
            await().atMost(PATIENCE).until(() -> !machine.at("/host/health").isEmpty());
            assertThat(api.post("/hosts/sunri-pi2/drain", "{}").status()).isEqualTo(404);
            // Registered again: the same host, as it is now.
            assertThat(api.post(
                                    "/hosts/register",
                                    "{host_name: 'sunri-pi2', host_url: '%s', status: 'busy'}"
                                            .formatted(machine.url("")))
                            .status())
                    .isEqualTo(201);
            assertThat(host("sunri-pi2").orElseThrow().path("status").asText()).isEqualTo("busy");
        }

        Reply gone = api.post("/hosts/sunri-pi2/execute", "{action: 'tap'}");
        assertThat(gone.status()).isEqualTo(502);
        assertThat(gone.code()).isEqualTo("host_unreachable");
        assertThat(api.delete("/hosts/sunri-pi2").status()).isEqualTo(204);
        assertThat(host("sunri-pi2")).isEmpty();
        assertThat(api.delete("/hosts/sunri-pi2").status()).isEqualTo(404);
    }

    @Test
    void nobodyTakesTheNameOfANodeOrRemovesIt() {
        await().atMost(PATIENCE).until(() -> host(self()).isPresent());

        Reply taken =
                api.post("/hosts/register", "{host_name: '%s', host_url: 'http://127.0.0.1:1'}".formatted(self()));

        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.code()).isEqualTo("host_is_node");
        assertThat(api.delete("/hosts/" + self()).code()).isEqualTo("host_is_node");
        assertThat(api.post("/hosts/nobody/execute", "{action: 'tap'}").status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{host_url: 'http://pi:6109'} | /host_name",
                "{host_name: 'pi'} | /host_url",
                "{host_name: 'pi', host_url: 'ftp://pi'} | /host_url",
                "{host_name: 'pi', host_url: 'http://pi', capabilities: ['']} | /capabilities",
                "{host_name: 'pi', host_url: 'http://pi', devices: {}} | /devices",
                "{host_name: 'pi', host_url: 'http://pi', last_ping: 'now'} | /last_ping",
                "{host_name: 'pi', host_url: 'http://pi', colour: 'red'} | /colour",
            })
    void whatDoesNotFitIsNamed(String request, String pointer) {
        Reply refused = api.post("/hosts/register", request);

        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(Json.texts(Json.list(refused.json().path("errors")), "pointer"))
                .isEqualTo(List.of(pointer));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.qa.sites.SampleSites;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The list of hosts: the node itself, and machines that were registered. */
@EndToEnd
class HostsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Api api;
    private final SampleSites sites;

    HostsTest(Api api, SampleSites sites) {
        this.api = api;
        this.sites = sites;
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
    void whichHostDoesItIsChosenByWhatItCanAndWhetherItAnswers() throws Exception {
        try (Receiver phone = Receiver.start();
                Receiver desk = Receiver.start()) {
            Receiver gone = Receiver.start();
            register("any-phone", phone.url(""), "mobile");
            register("any-desk", desk.url(""), "desktop");
            register("any-gone", gone.url(""), "mobile");
            gone.close();
            desk.url("/host/remote/executeAction", exchange -> Receiver.status(exchange, 200));
            phone.url("/host/remote/executeAction", exchange -> Receiver.status(exchange, 200));

            for (int i = 0; i < 6; i++) {
                assertThat(api.post("/hosts/any/execute?capability=mobile", "{action: 'tap'}")
                                .status())
                        .isEqualTo(200);
            }

            assertThat(phone.at("/host/remote/executeAction")).hasSize(6);
            assertThat(desk.at("/host/remote/executeAction")).isEmpty();
            Reply none = api.post("/hosts/any/execute?capability=teleport", "{action: 'tap'}");
            assertThat(none.code()).isEqualTo("unavailable");
            assertThat(none.text()).contains("teleport");
        } finally {
            List.of("any-phone", "any-desk", "any-gone").forEach(name -> api.delete("/hosts/" + name));
        }
    }

    private void register(String name, String url, String capability) {
        Reply reply = api.post(
                "/hosts/register",
                "{host_name: '%s', host_url: '%s', capabilities: ['%s']}".formatted(name, url, capability));
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    }

    /** At its own addresses a node answers as the test backend's hosts do. */
    @Test
    void aNodeIsAHostForOthers() {
        Api nobody = new Api(api.server(), "wrong");
        String session = api.post("/sessions", "{}").json().path("id").asText();
        try {
            Reply health = nobody.get("//host/health");
            assertThat(health.status()).as(health.text()).isEqualTo(200);
            assertThat(health.json().path("status").asText()).isEqualTo("available");
            assertThat(health.json().path("host_name").asText()).isEqualTo(self());

            Reply gone = api.post(
                    "//host/remote/executeAction",
                    "{action: 'goto', url: '%s', device_id: '%s'}".formatted(sites.url("/desk"), session));
            assertThat(gone.status()).as(gone.text()).isEqualTo(200);
            assertThat(gone.json().path("title").asText()).isEqualTo("Desk");
            Reply seen = api.post("/hosts/" + self() + "/execute", "{action: 'snapshot'}");
            assertThat(seen.json().path("value").asText()).contains("Switch");

            assertThat(nobody.post("//host/remote/executeAction", "{action: 'snapshot'}")
                            .status())
                    .isEqualTo(401);
            Reply unknown = api.post("/hosts/self/execute", "{action: 'snapshot', colour: 'red'}");
            assertThat(unknown.status()).isEqualTo(422);
            assertThat(unknown.text()).contains("/colour", "known are action, ");
            assertThat(api.post("/hosts/self/execute", "{action: 'dance'}").text())
                    .contains("/action");
            assertThat(api.post("/hosts/register", "{host_name: 'any', host_url: 'http://127.0.0.1:1'}")
                            .code())
                    .isEqualTo("host_is_node");
        } finally {
            api.delete("/sessions/" + session);
        }
    }

    @Test
    void whatANodeShowsIsAStreamOfPictures() throws Exception {
        String session = api.post("/sessions", "{start_url: '%s'}".formatted(sites.url("/desk")))
                .json()
                .path("id")
                .asText();
        HttpRequest request =
                api.request("/hosts/self/stream?device_id=" + session).build();
        try (InputStream stream =
                Api.HTTP.send(request, BodyHandlers.ofInputStream()).body()) {
            assertThat(line(stream)).isEqualTo("--frame");
            assertThat(line(stream)).isEqualTo("Content-Type: image/jpeg");
            int length = Integer.parseInt(line(stream).replace("Content-Length: ", ""));
            assertThat(line(stream)).isEmpty();
            BufferedImage picture = ImageIO.read(new ByteArrayInputStream(stream.readNBytes(length)));
            assertThat(picture.getWidth()).isGreaterThan(600);
            api.delete("/sessions/" + session);
            stream.transferTo(OutputStream.nullOutputStream()); // It ends with the session.
        }
    }

    private static String line(InputStream from) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = from.read(); next != '\n' && next >= 0; next = from.read()) {
            line.append((char) next);
        }
        return line.toString().strip();
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

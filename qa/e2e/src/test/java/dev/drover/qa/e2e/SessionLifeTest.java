// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** How sessions end, with a server of their own: by request, by a kill of the browser, of its driver, and of the server. */
@Tag("fault")
@Tag("long")
@TestInstance(Lifecycle.PER_CLASS)
class SessionLifeTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final DroverServer server = DroverServer.start(
            "sessions",
            Map.of(
                    "DROVER_SESSIONS_MAX",
                    "3",
                    "DROVER_SESSIONS_PREWARM_HEADLESS",
                    "0",
                    "DROVER_SESSIONS_PER_DRIVER",
                    "2",
                    // What the sessions add is to be all that changes.
                    "DROVER_BROWSER_LEAST_WORKERS",
                    "1"));
    private final Api api = server.api();

    @AfterEach
    void end() {
        Json.list(api.get("/sessions?status=ready").json().path("items"))
                .forEach(session -> api.delete("/sessions/" + id(session)));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void aSessionThatIsEndedLeavesNoProcess() {
        Set<Long> before = processes();
        JsonNode session = open("{}");
        Set<Long> browser = added(before);
        assertThat(browser).isNotEmpty();

        api.delete("/sessions/" + id(session));

        await().atMost(PATIENCE).until(() -> browser.stream().noneMatch(SessionLifeTest::isBrowserAlive));
    }

    @Test
    void aBrowserThatIsKilledEndsItsSessionAndNoOther() {
        JsonNode neighbour = open("{}");
        Set<Long> before = processes();
        JsonNode session = open("{}");

        try (Wire wire = Wire.open(session.path("ws_endpoint").asText())) {
            added(before).forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));

            assertThat(wire.closeCode()).isPositive();
        }
        JsonNode dead = when(session, "dead");
        assertThat(dead.path("close_reason").asText()).isEqualTo("browser_crashed");
        assertThat(api.get("/sessions/" + id(neighbour)).json().path("status").asText())
                .isEqualTo("ready");
        api.delete("/sessions/" + id(neighbour));
    }

    /** As one looks whose network is gone: the connection stands, and nothing comes any more, not even to a ping. */
    @Test
    void aClientThatShowsNoSignOfLifeIsLetGo() {
        JsonNode session = open("{}");
        URI endpoint = URI.create(session.path("cdp_endpoint").asText());

        try (RudeClient silent = new RudeClient(api)
                .head(
                        "GET",
                        "/" + endpoint.getRawPath() + "?" + endpoint.getRawQuery(),
                        "Connection: Upgrade",
                        "Upgrade: websocket",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")) {
            assertThat(silent.read(12)).isEqualTo("HTTP/1.1 101");
            assertThat(api.gauge("drover_session_connections")).isEqualTo(1);

            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> api.gauge("drover_session_connections") == 0);
        }
        assertThat(api.get("/sessions/" + id(session)).json().path("status").asText())
                .isEqualTo("ready");
    }

    @Test
    void thereAreOnlySoManySessionsAtOnce() {
        List<JsonNode> three = List.of(open("{}"), open("{}"), open("{idle_ttl_seconds: 31}"));

        Reply refused = api.post("/sessions", "{}");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo("too_many_sessions");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 60);
        three.forEach(session -> api.delete("/sessions/" + id(session)));
        JsonNode next = open("{}");
        api.delete("/sessions/" + id(next));
    }

    @Test
    void anUnusedSessionEndsByItselfAndAUsedOneGoesOn() {
        JsonNode unused = open("{idle_ttl_seconds: 30}");
        JsonNode used = open("{idle_ttl_seconds: 30}");

        try (Wire wire = Wire.open(used.path("cdp_endpoint").asText())) {
            int[] number = {0};
            JsonNode dead = await().atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(
                            () -> {
                                int next = ++number[0];
                                wire.ask(next, "{\"id\":" + next + ",\"method\":\"Browser.getVersion\"}");
                                return api.get("/sessions/" + id(unused)).json();
                            },
                            found -> found.path("status").asText().equals("dead"));

            assertThat(dead.path("close_reason").asText()).isEqualTo("idle");
            assertThat(api.get("/sessions/" + id(used)).json().path("status").asText())
                    .isEqualTo("ready");
        }
        api.delete("/sessions/" + id(used));
    }

    @Test
    void aServerThatIsKilledLeavesNoBrowserAndItsSessionsAreKnownToBeLost() {
        // What little a server writes in the first run on an empty data folder does not survive a kill of that run.
        server.down();
        server.up();
        JsonNode session = open("{}");
        List<ProcessHandle> browsers = processes().stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .distinct()
                .toList();
        assertThat(browsers).hasSizeGreaterThan(3);

        kill();
        server.up();

        await().atMost(PATIENCE).until(() -> browsers.stream().noneMatch(ProcessHandle::isAlive));
        JsonNode lost = api.get("/sessions/" + id(session)).json();
        assertThat(lost.path("status").asText()).isEqualTo("dead");
        assertThat(lost.path("close_reason").asText()).isEqualTo("host_lost");
        assertThat(Wire.refusal(session.path("ws_endpoint").asText())).isEqualTo(410);
        JsonNode next = open("{}");
        api.delete("/sessions/" + id(next));
    }

    private void kill() {
        ProcessHandle first = server.process();
        List<ProcessHandle> processes = Stream.concat(Stream.of(first), first.children())
                .filter(process -> process.info().command().orElse("").matches(".*/(java|sh|bash|dash)"))
                .toList();
        assertThat(processes).isNotEmpty();
        processes.forEach(ProcessHandle::destroyForcibly);
        await().atMost(PATIENCE).until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
    }

    private JsonNode open(String body) {
        Reply reply = api.post("/sessions", body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply.json();
    }

    private JsonNode when(JsonNode session, String status) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> api.get("/sessions/" + id(session)).json(),
                        found -> found.path("status").asText().equals(status));
    }

    private static String id(JsonNode session) {
        return session.path("id").asText();
    }

    /** Browsers that have been started since; their drivers are not among them. */
    private Set<Long> added(Set<Long> before) {
        Set<Long> now = new HashSet<>(processes());
        now.removeAll(before);
        now.removeIf(pid -> !isBrowserAlive(pid));
        return now;
    }

    private static boolean isBrowserAlive(long pid) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .flatMap(process -> process.info().command())
                .filter(command -> !command.endsWith("node"))
                .isPresent();
    }

    /** What the server says that it has started. */
    private Set<Long> processes() {
        try (Stream<java.nio.file.Path> files = Files.list(server.dataRoot().resolve("node/processes"))) {
            return files.map(file -> Long.parseLong(file.getFileName().toString()))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

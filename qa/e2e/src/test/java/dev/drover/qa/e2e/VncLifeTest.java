// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Displays that wait for sessions, and those that a killed server leaves. The server has one display. */
@Tag("fault")
@Tag("long")
@TestInstance(Lifecycle.PER_CLASS)
class VncLifeTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int DISPLAY = 28_431;
    private static final Path LOCK = Path.of("/tmp/.X" + DISPLAY + "-lock");
    private static final Path SOCKET = Path.of("/tmp/.X11-unix/X" + DISPLAY);

    private final DroverServer server = DroverServer.start(
            "vnc-life",
            Map.of(
                    "DROVER_SESSIONS_VNC_DISPLAY_MIN",
                    Integer.toString(DISPLAY),
                    "DROVER_SESSIONS_VNC_DISPLAY_MAX",
                    Integer.toString(DISPLAY)));
    private final Api api = server.api();

    @AfterAll
    void stop() {
        server.close();
        assertThat(LOCK).doesNotExist();
        assertThat(SOCKET).doesNotExist();
    }

    @Test
    void theOneThatWaitsServesTheNextSessionAndMakesRoomForAnother() throws IOException {
        server.down();
        server.upWith(Map.of("DROVER_SESSIONS_PREWARM_VNC", "1", "DROVER_SESSIONS_PREWARM_HEADLESS", "0"));
        await().atMost(PATIENCE).until(() -> api.gauge("drover_sessions_prewarmed") == 1);
        long waiting = pid();

        JsonNode session = open("{vnc: true}");
        assertThat(pid()).isEqualTo(waiting);
        api.delete("/sessions/" + session.path("id").asText());
        await().atMost(PATIENCE).until(() -> api.gauge("drover_sessions_prewarmed") == 1);

        // It asks for no password, so this session needs another display, and there is only the one.
        JsonNode other = open("{vnc: true, vnc_password: true}");
        assertThat(pid()).isNotEqualTo(waiting);
        api.delete("/sessions/" + other.path("id").asText());
    }

    @Test
    void aServerThatIsKilledLeavesNoDisplay() throws IOException {
        server.down();
        server.upWith(Map.of("DROVER_SESSIONS_PREWARM_VNC", "0"));
        await().atMost(PATIENCE).until(() -> api.gauge("drover_session_displays") == 0);
        open("{vnc: true}");
        ProcessHandle x = ProcessHandle.of(pid()).orElseThrow();

        server.kill();
        server.up();

        await().atMost(PATIENCE).until(() -> !x.isAlive());
        assertThat(List.of(LOCK, SOCKET))
                .allSatisfy(file -> await().atMost(PATIENCE.multipliedBy(2)).until(() -> !Files.exists(file)));
        JsonNode next = open("{vnc: true}");
        api.delete("/sessions/" + next.path("id").asText());
    }

    private static long pid() throws IOException {
        return Long.parseLong(Files.readString(LOCK).strip());
    }

    private JsonNode open(String body) {
        Reply reply = api.post("/sessions", body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply.json();
    }
}

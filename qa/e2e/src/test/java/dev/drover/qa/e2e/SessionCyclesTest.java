// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Hundreds of sessions, of which some lose their browser or its driver: nothing of them stays. */
@Tag("fault")
@Tag("long")
@TestInstance(Lifecycle.PER_CLASS)
class SessionCyclesTest {

    private static final int CYCLES = 300;
    private static final long SEED = Long.getLong("drover.cycles.seed", 20261122);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final DroverServer server = DroverServer.start(
            "session-cycles",
            Map.of(
                    "DROVER_SESSIONS_PER_DRIVER", "2",
                    "DROVER_SESSIONS_PREWARM_HEADLESS", "0",
                    "DROVER_SESSIONS_PREWARM_VNC", "0",
                    "DROVER_SESSIONS_KEPT_SECONDS", "5",
                    "DROVER_SESSIONS_FRAMES_SECONDS", "1",
                    // What the sessions add is to be all that changes.
                    "DROVER_BROWSER_LEAST_WORKERS", "1",
                    "DROVER_BROWSER_WORKERS", "1"));

    private final Api api = server.api();
    private final Random random = new Random(SEED);

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void threeHundredOfThemLeaveNothing() {
        for (int i = 0; i < 3; i++) {
            cycle(false);
        }
        // Who acts without a client has a driver of its own until a minute after the last action.
        Map<String, Integer> before = settled(null);
        Set<String> files = left();

        int killed = 0;
        for (int i = 0; i < CYCLES; i++) {
            boolean kills = random.nextInt(10) == 0;
            killed += kills ? 1 : 0;
            cycle(kills);
        }

        assertThat(killed).isGreaterThan(10);
        assertThat(settled(before)).isEqualTo(before);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(left()).isEqualTo(files));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(folders("node/frames")).isEmpty());
        assertThat(api.get("/sessions?status=ready").json().path("items")).isEmpty();
    }

    private void cycle(boolean kills) {
        boolean vnc = random.nextInt(10) == 0;
        Set<Long> before = ours();
        Reply opened = api.post("/sessions", vnc ? "{vnc: true}" : "{}");
        assertThat(opened.status()).as(opened.text()).isEqualTo(201);
        JsonNode session = opened.json();
        String id = session.path("id").asText();
        try (Wire wire = Wire.open(session.path("cdp_endpoint").asText())) {
            assertThat(wire.ask(1, "{\"id\":1,\"method\":\"Browser.getVersion\"}")
                            .at("/result/product")
                            .asText())
                    .contains("Chrome");
            if (kills) {
                Set<Long> added = ours();
                added.removeAll(before);
                List<Long> targets = List.copyOf(added);
                assertThat(targets).isNotEmpty();
                ProcessHandle.of(targets.get(random.nextInt(targets.size()))).ifPresent(ProcessHandle::destroyForcibly);
                await().atMost(PATIENCE).until(() -> !api.get("/sessions/" + id)
                        .json()
                        .path("status")
                        .asText()
                        .equals("ready"));
            }
        }
        api.delete("/sessions/" + id);
    }

    /** What the server says that it has started. */
    private Set<Long> ours() {
        return folders("node/processes").stream().map(Long::parseLong).collect(Collectors.toCollection(HashSet::new));
    }

    /** How many processes there are of each program, once that is as wanted; once it no longer changes where nothing is. */
    private Map<String, Integer> settled(@Nullable Map<String, Integer> wanted) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(5))
                .until(this::programs, new Settled(wanted)::is);
    }

    /** Two looks that see the same. */
    private static final class Settled {
        private final @Nullable Map<String, Integer> wanted;
        private Map<String, Integer> last = Map.of();

        Settled(@Nullable Map<String, Integer> wanted) {
            this.wanted = wanted;
        }

        boolean is(Map<String, Integer> now) {
            boolean same = wanted == null ? now.equals(last) : now.equals(wanted);
            last = now;
            return same;
        }
    }

    private Map<String, Integer> programs() {
        Map<String, Integer> count = new TreeMap<>();
        server.process()
                .descendants()
                .map(process -> process.info().command().orElse("ended"))
                .forEach(program -> count.merge(program, 1, Integer::sum));
        return count;
    }

    private Set<String> left() {
        return folders("tmp/browser");
    }

    private Set<String> folders(String of) {
        Path folder = server.dataRoot().resolve(of);
        if (!Files.isDirectory(folder)) {
            return Set.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What holds after every fault, whatever it was. */
final class Aftermath {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Set<String> ENDS = Set.of("succeeded", "failed", "cancelled");

    private Aftermath() {}

    /** Each job ended well, and once. */
    static void assertSucceededOnce(Api api, Collection<String> jobs) {
        assertThat(jobs).allSatisfy(id -> {
            JsonNode job = endedOnce(api, id);
            assertThat(job.path("status").asText()).as(job.toPrettyString()).isEqualTo("succeeded");
        });
    }

    static void assertEndedOnce(Api api, Collection<String> jobs) {
        assertThat(jobs).allSatisfy(id -> endedOnce(api, id));
    }

    /**
     * The job once it has ended: with events that are numbered without a gap, the last of which is its only
     * {@code job_completed}; with a result where it succeeded and nowhere else; with one attempt at most that ended it.
     */
    static JsonNode endedOnce(Api api, String id) {
        JsonNode job = api.ended(id);
        List<JsonNode> events = api.events(id);
        assertThat(events.stream().map(event -> event.path("seq").asInt()))
                .as(events.toString())
                .isEqualTo(IntStream.rangeClosed(1, events.size()).boxed().toList());
        assertThat(Json.texts(events, "event_type").stream().filter("job_completed"::equals))
                .as(events.toString())
                .hasSize(1);
        assertThat(events.getLast().path("event_type").asText()).isEqualTo("job_completed");
        assertThat(job.hasNonNull("result"))
                .as(job.toPrettyString())
                .isEqualTo(job.path("status").asText().equals("succeeded"));
        List<JsonNode> attempts = Json.list(job.path("reliability_info").path("attempts"));
        assertThat(Json.texts(attempts, "outcome").stream().filter(ENDS::contains))
                .as(job.toPrettyString())
                .hasSizeLessThanOrEqualTo(1);
        return job;
    }

    /** No attempt goes on, every browser worker is there and idle, nobody waits for one, and nothing is held or left. */
    static void assertAtRest(DroverServer server) {
        Api api = server.api();
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(api.get("/hosts/self/drain").json().path("running").asInt())
                    .isZero();
            JsonNode browsers = api.get("/status/browser-sessions").json();
            List<JsonNode> workers = Json.list(browsers.path("items"));
            assertThat(Json.texts(workers, "state")).containsOnly("idle");
            assertThat(browsers.path("waiting").asInt()).isZero();
            assertThat(browsersOfNobody(server, workers)).isEmpty();
            assertThat(filesHeld(server, server.dataRoot().resolve("artifacts")))
                    .isEmpty();
        });
    }

    /** Browsers and drivers below the server that belong to none of its workers, nor to sessions, which look after theirs. */
    private static List<String> browsersOfNobody(DroverServer server, List<JsonNode> workers) {
        Set<Long> known = workers.stream()
                .flatMap(worker -> Stream.of("browser_pid", "driver_pid")
                        .map(field -> worker.path(field).asLong()))
                .collect(Collectors.toSet());
        return server.process()
                .descendants()
                .filter(process -> process.info().command().orElse("").matches(".*(chrom|node|firefox).*"))
                .filter(process -> Stream.iterate(
                                Optional.of(process), Optional::isPresent, one -> one.flatMap(ProcessHandle::parent))
                        .flatMap(Optional::stream)
                        .noneMatch(one -> known.contains(one.pid()) || isOfSessions(one)))
                .map(process -> process.pid() + " " + process.info().command().orElse(""))
                .toList();
    }

    /** By the folder for temporary files that its driver gave it. */
    private static boolean isOfSessions(ProcessHandle process) {
        try {
            return Files.readString(
                            Path.of("/proc", Long.toString(process.pid()), "environ"), StandardCharsets.ISO_8859_1)
                    .contains("/tmp/browser/sessions-");
        } catch (IOException e) {
            return false; // It has ended meanwhile.
        }
    }

    /** What the server has open below a folder. */
    static List<String> filesHeld(DroverServer server, Path folder) {
        List<String> held = new ArrayList<>();
        Stream.concat(Stream.of(server.process()), server.process().children()).forEach(process -> {
            try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
                for (Path file : files.toList()) {
                    held.add(Files.readSymbolicLink(file).toString());
                }
            } catch (IOException e) {
                // It was closed between the look into the folder and the look at it.
            }
        });
        return held.stream().filter(file -> file.startsWith(folder.toString())).toList();
    }

    /** Everything that the server has started and is. */
    static List<ProcessHandle> processes(DroverServer server) {
        ProcessHandle process = server.process();
        return Stream.concat(Stream.of(process), process.descendants()).toList();
    }

    /** After {@code ./drover down}. */
    static void assertDownLeavesNothing(DroverServer server) {
        List<ProcessHandle> all = processes(server);
        assertThat(all).hasSizeGreaterThan(2);

        server.down();

        assertThat(all).noneMatch(ProcessHandle::isAlive);
    }
}

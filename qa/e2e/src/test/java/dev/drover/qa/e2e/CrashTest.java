// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.qa.sites.SampleSites;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code kill -9} of a server with jobs queued and running. */
@Tag("fault")
class CrashTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Test
    void everyJobReachesOneEndAfterTheServerIsKilled() {
        try (SampleSites sites = SampleSites.start(0);
                Receiver receiver = Receiver.start();
                DroverServer server = DroverServer.start("crash", Map.of("DROVER_JOBS_LEASE_SECONDS", "5"))) {
            Api api = server.api();
            String ended = api.succeeded("{task: 'noop', params: {payload: 'before'}}")
                    .path("id")
                    .asText();
            List<String> jobs = submitSome(api, sites);
            String unsent = beginWebhook(api, receiver);
            List<ProcessHandle> browsers = browsers(api);

            kill(server);

            await().atMost(PATIENCE).until(() -> browsers.stream().noneMatch(ProcessHandle::isAlive));
            server.up();
            assertThat(jobs).allSatisfy(id -> assertEndedOnce(api, id));
            assertThat(api.job(ended).path("result").path("payload").asText()).isEqualTo("before");
            assertThat(api.events(ended).stream().filter(CrashTest::isEnd)).hasSize(1);

            assertDelivered(api, receiver, unsent);
            assertDownLeavesNothing(server);
        }
    }

    /** A webhook whose sender dies before it has an answer: nobody knows whether it was taken. Returns its id. */
    private static String beginWebhook(Api api, Receiver receiver) {
        AtomicBoolean hung = new AtomicBoolean();
        String url = receiver.url("/crash", exchange -> {
            if (hung.compareAndSet(false, true)) {
                hang();
            }
            Receiver.status(exchange, 204);
        });
        api.submit("{task: 'noop', params: {}, webhook_url: '%s'}".formatted(url));
        await().atMost(PATIENCE).until(() -> !receiver.at("/crash").isEmpty());
        return receiver.at("/crash").getFirst().id();
    }

    private static void hang() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void assertDelivered(Api api, Receiver receiver, String id) {
        await().atMost(PATIENCE).until(() -> api.get("/webhooks/deliveries/" + id)
                .json()
                .path("status")
                .asText()
                .equals("delivered"));
        assertThat(receiver.at("/crash")).extracting(Receiver.Heard::id).startsWith(id, id);
        await().atMost(PATIENCE)
                .until(() -> receiver.at("/crash").getLast().type().equals("job_completed"));
    }

    private static void assertDownLeavesNothing(DroverServer server) {
        ProcessHandle process = server.process();
        List<ProcessHandle> all =
                Stream.concat(Stream.of(process), process.descendants()).toList();
        assertThat(all).hasSizeGreaterThan(2);

        server.down();

        assertThat(all).noneMatch(ProcessHandle::isAlive);
    }

    /** Some that run when the server dies, more that wait. */
    private static List<String> submitSome(Api api, SampleSites sites) {
        List<String> jobs = new ArrayList<>();
        jobs.add(api.submit("{task: 'screenshot', params: {url: '%s'}}".formatted(sites.url("/slow?ms=4000"))));
        jobs.add(api.submit("{task: 'screenshot', params: {url: '%s'}}".formatted(sites.url("/article"))));
        IntStream.range(0, 4)
                .forEach(i -> jobs.add(api.submit("{task: 'noop', params: {sleep_ms: 4000, progress: 3}}")));
        IntStream.range(0, 20).forEach(i -> jobs.add(api.submit("{task: 'noop', params: {payload: %d}}".formatted(i))));
        api.when(jobs.getFirst(), "running");
        api.when(jobs.get(2), "running");
        return jobs;
    }

    private static List<ProcessHandle> browsers(Api api) {
        return Json.list(api.get("/status/browser-sessions").json().path("items")).stream()
                .flatMap(worker -> Stream.of("browser_pid", "driver_pid")
                        .map(field -> worker.path(field).asLong()))
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .distinct()
                .toList();
    }

    /** The Java process, and the script that may stand before it. Its browsers have to see for themselves. */
    private static void kill(DroverServer server) {
        ProcessHandle first = server.process();
        List<ProcessHandle> processes = Stream.concat(Stream.of(first), first.children())
                .filter(process -> process.info().command().orElse("").matches(".*/(java|sh|bash|dash)"))
                .toList();
        assertThat(processes).isNotEmpty();
        processes.forEach(ProcessHandle::destroyForcibly);
        await().atMost(PATIENCE).until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
    }

    private static void assertEndedOnce(Api api, String id) {
        JsonNode job = api.ended(id);
        List<JsonNode> events = api.events(id);
        assertThat(job.path("status").asText()).as(job.toPrettyString()).isEqualTo("succeeded");
        assertThat(events.stream().filter(CrashTest::isEnd))
                .as(events.toString())
                .hasSize(1);
        assertThat(events.stream().map(event -> event.path("seq").asInt()).toList())
                .isEqualTo(IntStream.rangeClosed(1, events.size()).boxed().toList());
        assertThat(job.path("attempt").asInt()).isBetween(1, 2);
    }

    private static boolean isEnd(JsonNode event) {
        return event.path("event_type").asText().equals("job_completed");
    }
}

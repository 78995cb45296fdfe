// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.qa.sites.SampleSites;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One server to which bad things are done that it survives. Every job reaches one end, and nothing leaks.
 *
 * <p>The clock is not set here: a server does not start under libfaketime, and the machine's own clock is not the tests'.
 * That jumps of the clock give no job two attempts at a time or two ends is a property of the store (its contract test);
 * rounds and deadlines go by {@link System#nanoTime}.
 */
@Tag("fault")
class FaultTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final int LEASE_SECONDS = 4;

    /** Of one user; some fewer of all users make the service degraded. */
    private static final int MOST_WAITING = 400;

    private static SampleSites sites;
    private static DroverServer server;
    private static Api api;

    @BeforeAll
    static void start() {
        sites = SampleSites.start(0);
        server = DroverServer.start(
                "fault",
                Map.of(
                        "DROVER_JOBS_LEASE_SECONDS",
                        Integer.toString(LEASE_SECONDS),
                        "DROVER_JOBS_RETRY_BASE_SECONDS",
                        "0.3",
                        "DROVER_JOBS_CANCEL_GRACE_SECONDS",
                        "2",
                        "DROVER_JOBS_QUEUED_PER_USER",
                        Integer.toString(MOST_WAITING),
                        "DROVER_LEVEL_QUEUE_LENGTH",
                        (MOST_WAITING - 20) + ",10000,100000",
                        "DROVER_LEVEL_RECOVERY_SECONDS",
                        "1",
                        "DROVER_SITES_RULES",
                        "localhost failures=50 calls=4 window=4"));
        api = server.api();
    }

    @AfterAll
    static void stop() {
        server.close();
        sites.close();
    }

    @Test
    void aServerThatWasAwayForLongerThanItsLeaseWritesNothingOfWhatItWasDoing() throws Exception {
        String page = api.submit("{task: 'screenshot', params: {url: '%s'}}".formatted(sites.url("/slow?ms=4000")));
        String plain = api.submit("{task: 'noop', params: {sleep_ms: 5000, progress: 3}}");
        api.when(page, "running");
        api.when(plain, "running");

        server.signal("STOP");
        // Longer than the lease; the site and the clock go on.
        Thread.sleep(Duration.ofSeconds(LEASE_SECONDS * 2));
        server.signal("CONT");

        Aftermath.assertSucceededOnce(api, List.of(page, plain));
        Aftermath.assertAtRest(server);
    }

    @ParameterizedTest
    @ValueSource(strings = {"browser_pid", "driver_pid"})
    void aBrowserOrItsDriverThatIsKilledCostsAnAttempt(String process) {
        String id = api.submit("{task: 'screenshot', params: {url: '%s'}}".formatted(sites.url("/slow?ms=1500")));
        api.when(id, "running");

        kill(process);

        JsonNode job = Aftermath.endedOnce(api, id);
        assertThat(job.path("status").asText()).as(job.toPrettyString()).isEqualTo("succeeded");
        assertThat(firstAttempt(job).path("error").path("category").asText()).isEqualTo("crash");
        Aftermath.assertAtRest(server);
    }

    @Test
    void aDrainedNodeTakesNothingHandsBackWhatHangsAndComesBack() {
        String hangs = api.submit(
                "{task: 'screenshot', timeout_seconds: 120, params: {url: '%s'}}".formatted(sites.url("/hang")));
        String ends = api.submit("{task: 'noop', params: {sleep_ms: 1500}}");
        api.when(hangs, "running");
        api.when(ends, "running");

        String later;
        try {
            Reply drain = api.post("/hosts/self/drain", "{deadline_seconds: 3}");

            assertThat(drain.status()).as(drain.text()).isEqualTo(202);
            assertThat(drain.json().path("state").asText()).isEqualTo("draining");
            later = api.submit("{task: 'noop'}");
            assertThat(api.ended(ends).path("status").asText()).isEqualTo("succeeded");
            await().atMost(PATIENCE).until(() -> drained());
            assertThat(api.job(hangs).path("status").asText()).isEqualTo("queued");
            assertThat(api.job(later).path("status").asText()).isEqualTo("queued");
            api.delete("/jobs/" + hangs);

        } finally {
            api.post("/hosts/self/resume", "{}");
        }

        assertThat(api.ended(later).path("status").asText()).isEqualTo("succeeded");
        assertThat(api.post("/hosts/elsewhere/drain", "{}").status()).isEqualTo(404);
        Aftermath.assertAtRest(server);
    }

    /** Artemis has threads of its own for the beans, and once had too few of them for two kinds of jobs. */
    @Test
    void asManyLongJobsAsRunAtOnceKeepNoOtherKindFromStarting() {
        List<String> jobs = IntStream.range(0, 20)
                .mapToObj(i -> api.submit("{task: 'noop', params: {sleep_ms: 20000}}"))
                .toList();
        api.when(jobs.getFirst(), "running");

        api.succeeded("{task: 'content', params: {url: '%s'}}".formatted(sites.url("/article")));

        assertThat(api.job(jobs.getFirst()).path("status").asText()).isEqualTo("running");
        jobs.forEach(id -> api.post("/jobs/" + id + "/cancel", "{force: true}"));
        jobs.forEach(id -> assertThat(api.ended(id).path("status").asText()).isEqualTo("cancelled"));
    }

    @Test
    void cancellingInEveryStateLeavesTheSlotsExact() {
        String label = UUID.randomUUID().toString();
        String noop =
                "{task: 'noop', labels: {case: '%s'}, params: {sleep_ms: 30000, progress: 100, progress_every_ms: 300}}"
                        .formatted(label);
        String retries = api.submit("{task: 'content', labels: {case: '%s'}, params: {url: '%s'}}"
                .formatted(label, sites.url("/flaky?fails=99&retry_after=300&key=" + label)));
        api.when(retries, "retrying");
        List<String> jobs = new ArrayList<>(List.of(retries));
        jobs.addAll(Stream.of(
                        IntStream.range(0, 40).mapToObj(i -> noop),
                        Stream.of(
                                "{task: 'screenshot', labels: {case: '%s'}, params: {url: '%s'}}"
                                        .formatted(label, sites.url("/hang")),
                                "{task: 'content', labels: {case: '%s'}, params: {url: '%s'}}"
                                        .formatted(label, sites.url("/article")),
                                "{task: 'noop', not_before: '2099-01-01T00:00:00Z', labels: {case: '%s'}}"
                                        .formatted(label)))
                .flatMap(all -> all)
                .map(api::submit)
                .toList());
        api.when(jobs.get(1), "running");
        api.when(jobs.get(41), "running");
        assertThat(api.job(jobs.getFirst()).path("status").asText()).isEqualTo("retrying");
        assertThat(api.job(jobs.getLast()).path("status").asText()).isEqualTo("scheduled");
        // One that has been asked to stop already, and is about to.
        api.post("/jobs/" + jobs.get(2) + "/cancel", "{}");

        Reply purge = api.post(
                "/queues/jobs/purge", "{labels: {case: '%s'}, running: true, reason: 'test'}".formatted(label));

        assertThat(purge.json().path("cancelled").asInt()).isBetween(jobs.size() - 1, jobs.size());
        assertThat(jobs).allSatisfy(id -> assertThat(
                        Aftermath.endedOnce(api, id).path("status").asText())
                .isEqualTo("cancelled"));
        Aftermath.assertAtRest(server);
        assertThat(api.succeeded("{task: 'noop'}").path("attempt").asInt()).isEqualTo(1);
        api.succeeded("{task: 'content', params: {url: '%s'}}".formatted(sites.url("/article")));
    }

    @Test
    void aSiteThatIsDownIsLeftAloneAndCostsNoAttempts() throws IOException {
        int port = closedPort();
        String down = "http://localhost:" + port + "/";
        String breaker = "site:localhost:" + port;
        for (int i = 0; i < 4; i++) {
            api.error("{task: 'content', max_attempts: 1, params: {url: '%s'}}".formatted(down));
        }

        String parked = api.submit("{task: 'content', max_attempts: 1, params: {url: '%s'}}".formatted(down));

        JsonNode job = api.when(parked, "retrying");
        assertThat(job.path("error").path("code").asText()).isEqualTo("breaker_open");
        assertThat(job.path("max_attempts").asInt() - job.path("attempt").asInt())
                .isEqualTo(1);
        assertThat(breakerState(breaker)).isEqualTo("open");
        api.succeeded("{task: 'content', params: {url: '%s'}}".formatted(sites.url("/article")));
        assertThat(api.post("/circuit-breakers/" + breaker + "/reset", "{}").status())
                .isEqualTo(200);
        assertThat(breakerState(breaker)).isEqualTo("closed");
        assertThat(api.post("/circuit-breakers/site:nobody/reset", "{}").status())
                .isEqualTo(404);
        api.delete("/jobs/" + parked);
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static String breakerState(String name) {
        return Json.list(api.get("/circuit-breakers").json().path("items")).stream()
                .filter(breaker -> breaker.path("name").asText().equals(name))
                .map(breaker -> breaker.path("state").asText())
                .findFirst()
                .orElse("");
    }

    @Test
    void cancellingWhileJobsEndGivesEachOneEnd() {
        List<String> jobs = IntStream.range(0, 60)
                .mapToObj(i -> api.submit("{task: 'noop', params: {sleep_ms: %d}}".formatted(i * 3)))
                .toList();

        jobs.parallelStream().forEach(id -> api.post("/jobs/" + id + "/cancel", "{force: true}"));

        assertThat(jobs).allSatisfy(id -> assertThat(
                        Aftermath.endedOnce(api, id).path("status").asText())
                .isIn("succeeded", "cancelled"));
        Aftermath.assertAtRest(server);
    }

    @Test
    @Tag("long")
    void aFullQueueRefusesMoreAndLosesNothingOfWhatItTook() {
        List<String> taken = new ArrayList<>();
        api.post("/hosts/self/drain", "{deadline_seconds: 60}");
        try {
            Reply refused = submitUntilRefused("{task: 'noop', user_id: 'crowd'}", Duration.ofMillis(2), taken);

            assertThat(refused.status()).as(refused.text()).isEqualTo(429);
            assertThat(refused.code()).isEqualTo("too_many_jobs");
            assertThat(refused.header("Retry-After")).matches("[1-9][0-9]*");
            // One that is accepted while the queue is counted may count twice for a moment.
            assertThat(taken).hasSizeBetween(MOST_WAITING - 10, MOST_WAITING);
            // The others do not suffer, but for those who can wait.
            taken.add(api.submit("{task: 'noop', user_id: 'single'}"));
            Reply degraded = submitUntilRefused(
                    "{task: 'noop', user_id: 'patient', priority: 'low'}", Duration.ofMillis(500), taken);
            assertThat(degraded.status()).as(degraded.text()).isEqualTo(503);
            assertThat(degraded.code()).isEqualTo("service_degraded");
            assertThat(degraded.header("Retry-After")).matches("[1-9][0-9]*");
            taken.add(api.submit("{task: 'noop', user_id: 'single'}"));
        } finally {
            api.post("/hosts/self/resume", "{}");
        }

        Aftermath.assertSucceededOnce(api, taken);
        String low = await().atMost(PATIENCE)
                .until(
                        () -> api.post("/jobs", "{task: 'noop', priority: 'low'}")
                                .json()
                                .path("id")
                                .asText(),
                        id -> !id.isEmpty());
        Aftermath.assertSucceededOnce(api, List.of(low));
        Aftermath.assertAtRest(server);
    }

    private static Reply submitUntilRefused(String job, Duration pause, List<String> taken) {
        return await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(pause)
                .until(() -> api.post("/jobs", job), reply -> {
                    if (reply.status() == 202) {
                        taken.add(reply.json().path("id").asText());
                    }
                    return reply.status() != 202;
                });
    }

    private static boolean drained() {
        return api.get("/hosts/self/drain").json().path("state").asText().equals("drained");
    }

    private static JsonNode firstAttempt(JsonNode job) {
        return job.path("reliability_info").path("attempts").path(0);
    }

    private static void kill(String field) {
        long pid = api.get("/status/browser-sessions")
                .json()
                .path("items")
                .path(0)
                .path(field)
                .asLong();
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }
}

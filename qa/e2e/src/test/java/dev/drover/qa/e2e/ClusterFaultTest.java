// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two nodes, their database and their broker: each of them is killed or held up while jobs wait and run. The order only
 * saves a start: each test makes the nodes what it needs them to be.
 */
@Tag("fault")
@Tag("long")
@ExtendWith(SharedCluster.class)
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class ClusterFaultTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String PLAIN_LANE = "drover.jobs.plain";
    private static final String DEAD_LETTERS = "drover.dead-letters";
    private static final String BOTH = "api,worker";

    private final Cluster cluster;

    ClusterFaultTest(Cluster cluster) {
        this.cluster = cluster;
    }

    /** The service level rises some time after what it fell for is over. */
    @BeforeEach
    void everyNodeTakesJobs() {
        await().atMost(PATIENCE).until(() -> cluster.nodes().stream().allMatch(node -> node.api()
                .get("/fallback/service-level")
                .json()
                .path("current_service_level")
                .asText()
                .equals("full")));
    }

    @Test
    @Order(1)
    void aClientWhoseNodeIsKilledGoesOnAtTheOtherAndMissesNothing() {
        DroverServer node = cluster.frontAs("api");
        Api here = node.api();
        Api there = cluster.worker().api();
        String followed = here.submit("{task: 'noop', params: {progress: 15, progress_every_ms: 200}}");
        List<String> jobs = new ArrayList<>(List.of(followed));
        IntStream.range(0, 20).forEach(i -> jobs.add(here.submit("{task: 'noop', params: {sleep_ms: 200}}")));
        String key = UUID.randomUUID().toString();
        Reply first = here.post("/jobs", "{task: 'noop'}", "Idempotency-Key", key);
        SortedSet<Integer> heard = new TreeSet<>();
        try (Feed feed = Feed.open(here, "/ws/jobs/" + followed)) {
            feed.awaitEvents(4);

            node.kill();

            assertThat(feed.closeCode()).isEqualTo(Feed.BROKEN);
            heard.addAll(feed.numbers());
        }
        Reply again = there.post("/jobs", "{task: 'noop'}", "Idempotency-Key", key);
        jobs.add(again.json().path("id").asText());
        jobs.add(there.submit("{task: 'noop'}"));
        try (Feed feed = Feed.open(there, "/ws/jobs/" + followed + "?after=" + heard.last())) {
            assertThat(feed.closeCode()).isEqualTo(1000);
            assertThat(feed.numbers()).isNotEmpty().doesNotContainAnyElementsOf(heard);
            heard.addAll(feed.numbers());
        }

        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(heard).hasSize(there.events(followed).size());
        Aftermath.assertSucceededOnce(there, jobs);
        node.upWith(Map.of("DROVER_ROLES", BOTH));
        assertTheClusterIsAtRest();
    }

    @Test
    @Order(2)
    void theJobsOfAKilledWorkerGoOnAtTheOther() {
        Api api = cluster.frontAs(BOTH).api();
        List<String> jobs = startedOnWorker();
        List<ProcessHandle> processes = Aftermath.processes(cluster.worker());

        cluster.worker().kill();

        Aftermath.assertSucceededOnce(api, jobs);
        assertThat(jobs).allSatisfy(id -> {
            JsonNode job = api.job(id);
            assertThat(job.path("host").asText()).isEqualTo("front-1");
            assertThat(job.path("attempt").asInt()).isEqualTo(2);
            JsonNode lost = job.path("reliability_info").path("attempts").path(0);
            assertThat(lost.path("host").asText()).as(job.toPrettyString()).isEqualTo("worker-1");
            assertThat(lost.path("error").path("category").asText()).isEqualTo("lost_worker");
        });
        await().atMost(PATIENCE).until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
        cluster.worker().up();
        Aftermath.assertSucceededOnce(api, startedOnWorker());
        assertTheClusterIsAtRest();
    }

    @Test
    void whatAPausedWorkerWasDoingIsDoneByTheOtherAndCountsOnce() {
        Api api = cluster.frontAs(BOTH).api();
        List<String> jobs = startedOnWorker();
        Map<String, List<JsonNode>> ended = new TreeMap<>();

        cluster.worker().signal("STOP");
        try {
            Aftermath.assertSucceededOnce(api, jobs);
            jobs.forEach(id -> ended.put(id, toldOf(api, id)));
        } finally {
            cluster.worker().signal("CONT");
        }

        assertTheClusterIsAtRest();
        assertThat(jobs).allSatisfy(id -> {
            assertThat(api.job(id).path("host").asText()).isEqualTo("front-1");
            assertThat(toldOf(api, id)).isEqualTo(ended.get(id));
        });
    }

    /** The job with its files, and all its events. */
    private static List<JsonNode> toldOf(Api api, String id) {
        List<JsonNode> told = new ArrayList<>(List.of(api.job(id)));
        told.addAll(api.events(id));
        return told;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aBrokerThatIsKilledCostsTimeAndNoJob(boolean withItsJournal) {
        Api api = cluster.frontAs(BOTH).api();
        List<String> jobs = someOfEachKind(api);
        jobs.add(api.submit(
                "{task: 'noop', not_before: '%s'}".formatted(Instant.now().plusSeconds(4))));

        cluster.broker().kill();
        // The row is the outbox.
        IntStream.range(0, 5).forEach(i -> jobs.add(api.submit("{task: 'noop'}")));
        if (withItsJournal) {
            cluster.broker().loseJournal();
        }
        cluster.broker().startAgain();

        Aftermath.assertSucceededOnce(api, jobs);
        assertEachNodeHearsTheOther();
        assertTheClusterIsAtRest();
    }

    /** Events go from node to node through the broker. */
    private void assertEachNodeHearsTheOther() {
        try (Closing feeds = new Closing()) {
            List<Feed> all = cluster.nodes().stream()
                    .map(node -> feeds.later(Feed.open(node.api(), "/ws/events?types=job_completed")))
                    .toList();
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
                cluster.front().api().submit("{task: 'noop'}");
                List<List<String>> hosts = all.stream()
                        .map(feed -> Json.texts(feed.events(), "job_id").stream()
                                .map(id -> cluster.front()
                                        .api()
                                        .job(id)
                                        .path("host")
                                        .asText())
                                .distinct()
                                .toList())
                        .toList();
                assertThat(hosts).allSatisfy(heard -> assertThat(heard).contains("front-1", "worker-1"));
            });
        }
    }

    @Test
    void aDatabaseThatIsKilledCostsTimeAndNoJob() {
        Api api = cluster.frontAs(BOTH).api();
        List<String> jobs = someOfEachKind(api);

        cluster.postgres().kill();
        CompletableFuture<String> patient =
                CompletableFuture.supplyAsync(() -> accepted(api), Thread::startVirtualThread);
        List<Reply> refused = List.of(
                refusal(() -> api.post("/jobs", "{task: 'noop'}")), refusal(() -> api.get("/jobs/" + jobs.getFirst())));
        int alive = api.get("//health/live").status();
        cluster.postgres().startAgain();

        assertThat(refused).allSatisfy(reply -> {
            assertThat(reply.status()).as(reply.text()).isEqualTo(503);
            assertThat(reply.header("Retry-After")).as(reply.text()).matches("[1-9][0-9]*");
        });
        assertThat(alive).isEqualTo(200);
        jobs.add(patient.join());
        Aftermath.assertSucceededOnce(api, jobs);
        assertTheClusterIsAtRest();
    }

    /** What the server says once it has noticed. */
    private static Reply refusal(Supplier<Reply> request) {
        return await().atMost(PATIENCE).until(request::get, reply -> reply.status() >= 400);
    }

    /** The job of a client that repeats its request under one key until it is accepted. */
    private static String accepted(Api api) {
        String key = UUID.randomUUID().toString();
        return await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> {
                            Reply reply = api.post("/jobs", "{task: 'noop'}", "Idempotency-Key", key);
                            return reply.status() == 202
                                    ? reply.json().path("id").asText()
                                    : "";
                        },
                        id -> !id.isEmpty());
    }

    @Test
    void aPoolWithoutAConnectionToSpareRefusesAndRecovers() throws Exception {
        Api api = cluster.frontAs(BOTH).api();
        List<String> jobs = someOfEachKind(api);

        Process lock =
                cluster.postgres().run("begin; lock table job in access exclusive mode; select pg_sleep(300); commit");
        await().atMost(PATIENCE)
                .until(() -> cluster.postgres()
                                .run("begin; lock table job in row share mode nowait; commit")
                                .waitFor()
                        != 0);
        List<CompletableFuture<Reply>> asked = IntStream.range(0, Cluster.CONNECTIONS * 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> api.get("/jobs/" + jobs.getFirst()), Thread::startVirtualThread))
                .toList();
        int alive = api.get("//health/live").status();
        // As long as anyone waits for a connection.
        await().atMost(PATIENCE).until(() -> asked.stream().anyMatch(CompletableFuture::isDone));
        cluster.postgres()
                .run("select pg_terminate_backend(pid) from pg_stat_activity where query like '%pg_sleep(300)%'"
                        + " and pid <> pg_backend_pid()");
        lock.waitFor();

        List<Reply> answers = asked.stream().map(CompletableFuture::join).toList();
        assertThat(alive).isEqualTo(200);
        assertThat(answers.stream().map(Reply::status)).isSubsetOf(200, 503).contains(503);
        assertThat(answers)
                .filteredOn(reply -> reply.status() == 503)
                .allSatisfy(reply ->
                        assertThat(reply.header("Retry-After")).as(reply.text()).matches("[1-9][0-9]*"));
        Aftermath.assertSucceededOnce(api, jobs);
        assertTheClusterIsAtRest();
    }

    @Test
    void messagesThatComeTwiceLateOrForNobodyRunNothingTwice() {
        Api api = cluster.frontAs(BOTH).api();
        String ended = api.succeeded("{task: 'noop'}").path("id").asText();
        List<JsonNode> endedBefore = toldOf(api, ended);
        String later = api.submit("{task: 'noop', not_before: '2099-01-01T00:00:00Z'}");
        String cancelled = api.submit("{task: 'noop', not_before: '2099-01-01T00:00:00Z'}");
        api.delete("/jobs/" + cancelled);
        // The broker keeps the messages of both until their time.
        long waiting = await().atMost(PATIENCE)
                .during(Duration.ofMillis(500))
                .until(() -> cluster.broker().depth(PLAIN_LANE), depth -> depth >= 2);
        List<String> jobs = new ArrayList<>(IntStream.range(0, 15)
                .mapToObj(i -> api.submit("{task: 'noop', params: {sleep_ms: 300}}"))
                .toList());

        List<String> messages = new ArrayList<>(
                List.of(ended, later, cancelled, UUID.randomUUID().toString()));
        IntStream.range(0, 4).forEach(i -> messages.addAll(jobs));
        Collections.shuffle(messages, new Random(3));
        cluster.broker().send(PLAIN_LANE, messages);

        Aftermath.assertSucceededOnce(api, jobs);
        assertThat(jobs).allSatisfy(id -> assertThat(api.job(id).path("attempt").asInt())
                .isEqualTo(1));
        await().atMost(PATIENCE).until(() -> cluster.broker().depth(PLAIN_LANE) == waiting);
        assertThat(toldOf(api, ended)).isEqualTo(endedBefore);
        assertThat(api.job(later).path("status").asText()).isEqualTo("scheduled");
        assertThat(Aftermath.endedOnce(api, cancelled).path("status").asText()).isEqualTo("cancelled");
        api.delete("/jobs/" + later);
        assertTheClusterIsAtRest();
    }

    @Test
    void aMessageThatNobodyCanReadHoldsUpNothingAndIsGivenUp() {
        Api api = cluster.frontAs(BOTH).api();
        long before = givenUp();
        long waiting = cluster.broker().depth(PLAIN_LANE);

        cluster.broker().send(PLAIN_LANE, List.of("no job"));
        cluster.broker().sendBytes(PLAIN_LANE, new byte[] {1, 2, 3});

        Aftermath.assertSucceededOnce(api, someOfEachKind(api));
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(givenUp() - before).isEqualTo(2);
            assertThat(cluster.broker().depth(PLAIN_LANE)).isEqualTo(waiting);
            assertThat(cluster.broker().depth(DEAD_LETTERS)).isZero();
        });
        assertTheClusterIsAtRest();
    }

    /** How many messages the logs of both nodes say to have named no job. */
    private long givenUp() {
        return cluster.nodes().stream()
                .mapToLong(node -> {
                    try {
                        return Files.readString(node.log())
                                .lines()
                                .filter(line -> line.contains("DROVER0036"))
                                .count();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .sum();
    }

    @Test
    void aJobWhoseMessageTheBrokerGaveUpIsADeadLetterWithItsCause() {
        Api api = cluster.frontAs(BOTH).api();
        cluster.nodes().forEach(ClusterFaultTest::drain);
        long waiting = cluster.broker().depth(PLAIN_LANE);
        String id;
        try {
            id = api.submit("{task: 'noop'}");

            cluster.broker().send(DEAD_LETTERS, List.of(id));

            JsonNode job = Aftermath.endedOnce(api, id);
            assertThat(job.path("status").asText()).isEqualTo("failed");
            assertThat(job.path("attempt").asInt()).isZero();
            assertThat(job.path("error").path("code").asText()).isEqualTo("undeliverable");
            assertThat(Json.texts(Json.list(api.get("/dlq/jobs").json().path("items")), "id"))
                    .contains(id);
        } finally {
            cluster.nodes().forEach(ClusterFaultTest::resume);
        }

        // The message that it had all the time comes to a job that has ended.
        await().atMost(PATIENCE).until(() -> cluster.broker().depth(PLAIN_LANE) == waiting);
        assertThat(Aftermath.endedOnce(api, id).path("status").asText()).isEqualTo("failed");
        assertThat(api.post("/dlq/" + id + "/replay", "{reset_attempts: true}").status())
                .isBetween(200, 202);
        assertThat(api.ended(id).path("status").asText()).isEqualTo("succeeded");
        assertTheClusterIsAtRest();
    }

    /** Jobs with a browser and without, long and short, of which some run now and others wait. */
    private List<String> someOfEachKind(Api api) {
        List<String> jobs = new ArrayList<>();
        jobs.add(api.submit("{task: 'screenshot', params: {url: '%s'}}"
                .formatted(cluster.sites().url("/slow?ms=6000"))));
        IntStream.range(0, 6)
                .forEach(i -> jobs.add(api.submit("{task: 'noop', params: {progress: 20, progress_every_ms: 300}}")));
        api.when(jobs.get(0), "running");
        api.when(jobs.get(6), "running");
        IntStream.range(0, 20).forEach(i -> jobs.add(api.submit("{task: 'noop', params: {payload: %d}}".formatted(i))));
        jobs.add(api.submit("{task: 'content', params: {url: '%s'}}"
                .formatted(cluster.sites().url("/article"))));
        return jobs;
    }

    /** A job with a browser and some without, which run on the worker and not on the other node. */
    private List<String> startedOnWorker() {
        Api api = cluster.front().api();
        drain(cluster.front());
        await().atMost(PATIENCE).until(() -> api.get("/hosts/self/drain")
                .json()
                .path("state")
                .asText()
                .equals("drained"));
        try {
            List<String> jobs = new ArrayList<>();
            jobs.add(api.submit("{task: 'screenshot', params: {url: '%s'}}"
                    .formatted(cluster.sites().url("/slow?ms=14000"))));
            IntStream.range(0, 4)
                    .forEach(i ->
                            jobs.add(api.submit("{task: 'noop', params: {progress: 50, progress_every_ms: 300}}")));
            jobs.forEach(id ->
                    assertThat(api.when(id, "running").path("host").asText()).isEqualTo("worker-1"));
            return jobs;
        } finally {
            resume(cluster.front());
        }
    }

    private static void drain(DroverServer node) {
        assertThat(node.api()
                        .post("/hosts/self/drain", "{deadline_seconds: 60}")
                        .status())
                .isEqualTo(202);
    }

    private static void resume(DroverServer node) {
        assertThat(node.api().post("/hosts/self/resume", "{}").status()).isBetween(200, 202);
    }

    private void assertTheClusterIsAtRest() {
        cluster.nodes().forEach(Aftermath::assertAtRest);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.qa.e2e.Receiver.Heard;
import dev.drover.qa.sites.SampleSites;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events reach receivers, signed and in order, whatever the receivers do. */
@EndToEnd
class WebhooksTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> ENDED = List.of("delivered", "failed", "discarded", "superseded");

    private static Receiver receiver;

    private final Api api;
    private final DroverServer server;

    WebhooksTest(Api api, DroverServer server) {
        this.api = api;
        this.server = server;
    }

    @BeforeAll
    static void listen() {
        receiver = Receiver.start();
    }

    @AfterAll
    static void close() {
        receiver.close();
    }

    @Test
    void theAddressOfAJobHearsItsWayInOrderSignedWithTheSecretOfTheServer() throws IOException {
        String secret = Files.readString(server.dataRoot().resolve("secrets/webhook-secret"))
                .strip();

        String job =
                api.submit("{task: 'noop', params: {progress: 3}, webhook_url: '%s'}".formatted(receiver.url("/job")));
        api.ended(job);
        await().atMost(PATIENCE).until(() -> types("/job").contains("job_completed"));

        List<Heard> heard = receiver.at("/job");
        assertThat(heard).allSatisfy(webhook -> {
            assertThat(webhook.isSignedWith(secret)).as(webhook.toString()).isTrue();
            assertThat(webhook.job()).isEqualTo(job);
            assertThat(Long.parseLong(webhook.timestamp()))
                    .isCloseTo(Instant.now().getEpochSecond(), offset(60L));
        });
        assertThat(heard).extracting(Heard::id).doesNotHaveDuplicates();
        assertThat(heard.stream().map(Heard::json))
                .containsExactlyElementsOf(api.events(job).stream()
                        .filter(event -> !event.path("event_type").asText().equals("log"))
                        .toList());
    }

    @Test
    void anEndpointHearsWhatItAskedForAndItsSecretIsToldOnce() {
        JsonNode endpoint = register("/filtered", "job_completed");
        String secret = endpoint.path("secret").asText();
        assertThat(api.get(path(endpoint)).json().has("secret")).isFalse();
        assertThat(api.get("/webhooks").json().findValues("secret")).isEmpty();

        String job = job("{task: 'noop', params: {progress: 2}}");
        await().atMost(PATIENCE).until(() -> !of(job, "/filtered").isEmpty());
        Reply rotated = api.post(path(endpoint) + "/rotate-secret", "{grace_seconds: 600}");
        String other = job("{task: 'noop', params: {}}");
        await().atMost(PATIENCE).until(() -> !of(other, "/filtered").isEmpty());

        assertThat(of(job, "/filtered")).singleElement().satisfies(heard -> {
            assertThat(heard.type()).isEqualTo("job_completed");
            assertThat(heard.isSignedWith(secret)).isTrue();
        });
        assertThat(of(other, "/filtered")).singleElement().satisfies(heard -> {
            assertThat(heard.isSignedWith(secret)).as("the secret before").isTrue();
            assertThat(heard.isSignedWith(rotated.json().path("secret").asText()))
                    .isTrue();
        });
        remove(endpoint);
    }

    @Test
    void whatFailsIsSentAgainWithTheSameIdAndCanBeLookedAt() {
        AtomicInteger asked = new AtomicInteger();
        String url = receiver.url("/flaky", exchange -> {
            byte[] text = "it is broken".getBytes(StandardCharsets.UTF_8);
            boolean first = asked.incrementAndGet() == 1;
            exchange.sendResponseHeaders(first ? 500 : 200, text.length);
            exchange.getResponseBody().write(text);
        });

        String job = job("{task: 'noop', params: {}, webhook_url: '%s'}".formatted(url));
        await().atMost(PATIENCE).until(() -> types("/flaky").contains("job_completed"));

        List<Heard> heard = receiver.at("/flaky");
        assertThat(heard.get(1).id()).isEqualTo(heard.get(0).id());
        assertThat(heard.get(1).body()).isEqualTo(heard.get(0).body());
        assertThat(heard.stream().map(webhook -> webhook.json().path("seq").asInt()))
                .as("nothing overtakes what failed")
                .isSorted();
        JsonNode delivery = ended(heard.get(0).id());
        assertThat(delivery.path("status").asText()).isEqualTo("delivered");
        assertThat(delivery.path("job_id").asText()).isEqualTo(job);
        assertThat(delivery.path("attempts").findValuesAsText("answer_status")).containsExactly("500", "200");
        assertThat(delivery.path("attempts").path(0).path("answer").asText()).isEqualTo("it is broken");
        assertThat(delivery.path("body")).isEqualTo(heard.get(0).json());
    }

    @Test
    void nothingIsToldToWhoHasMadeItsOwnCertificate() {
        try (SampleSites impostor = SampleSites.startSelfSigned(0)) {
            String job = job("{task: 'noop', params: {}, webhook_url: '%s'}".formatted(impostor.url("/echo")));

            String delivery = await().atMost(PATIENCE)
                    .until(
                            () -> api.get("/webhooks/deliveries?job_id=" + job)
                                    .json()
                                    .at("/items/0/id")
                                    .asText(),
                            id -> !id.isEmpty());
            JsonNode attempt = await().atMost(PATIENCE)
                    .until(
                            () -> api.get("/webhooks/deliveries/" + delivery)
                                    .json()
                                    .at("/attempts/0"),
                            first -> !first.isMissingNode());
            assertThat(attempt.path("error").asText()).as(attempt.toString()).isEqualTo("tls");
            assertThat(attempt.has("answer_status")).isFalse();
        }
    }

    @Test
    void aDeliveryCanBeSentAnewUnderItsId() {
        String job = job("{task: 'noop', params: {}, webhook_url: '%s'}".formatted(receiver.url("/again")));
        await().atMost(PATIENCE).until(() -> types("/again").contains("job_completed"));
        String id = receiver.at("/again").getLast().id();
        ended(id);

        Reply reply = api.post("/webhooks/deliveries/" + id + "/redeliver", "{}");

        assertThat(reply.status()).as(reply.text()).isEqualTo(202);
        await().atMost(PATIENCE)
                .until(() -> receiver.at("/again").stream()
                                .filter(heard -> heard.id().equals(id))
                                .count()
                        == 2);
        assertThat(ended(id).path("attempt_count").asInt()).isEqualTo(2);
        JsonNode page = api.get("/webhooks/deliveries?status=delivered&limit=1&job_id=" + job)
                .json();
        assertThat(page.path("items")).hasSize(1);
        assertThat(page.path("next_cursor").asText()).isNotEmpty();
        assertThat(api.get("/webhooks/deliveries?status=lost").status()).isEqualTo(422);
    }

    @Test
    void aReceiverThatSays410IsDisabledAndAnAlertTellsOfIt() {
        JsonNode listener = register("/alerts", "alert_raised");
        receiver.url("/gone", exchange -> Receiver.status(exchange, 410));
        JsonNode endpoint = register("/gone", "status_update");

        String job = job("{task: 'noop', params: {progress: 3}}");

        await().atMost(PATIENCE)
                .until(() -> !api.get(path(endpoint)).json().path("enabled").asBoolean());
        assertThat(api.get(path(endpoint)).json().path("disabled_reason").asText())
                .isEqualTo("gone");
        JsonNode deliveries = api.get("/webhooks/deliveries?endpoint_id=%s&job_id=%s"
                        .formatted(endpoint.path("id").asText(), job))
                .json()
                .path("items");
        assertThat(deliveries.findValuesAsText("status")).isNotEmpty().containsOnly("discarded");
        String first = deliveries.path(0).path("id").asText();
        assertThat(api.post("/webhooks/deliveries/" + first + "/redeliver", "{}")
                        .code())
                .isEqualTo("webhook_disabled");
        await().atMost(PATIENCE)
                .until(() -> receiver.at("/alerts").stream().map(Heard::json).anyMatch(body -> body.at("/data/subject")
                        .asText()
                        .endsWith(endpoint.path("id").asText())));
        remove(endpoint);
        remove(listener);
    }

    @Test
    void aReceiverThatWantsTimeGetsIt() {
        AtomicInteger asked = new AtomicInteger();
        String url = receiver.url("/busy", exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "4");
            Receiver.status(exchange, asked.incrementAndGet() == 1 ? 429 : 200);
        });

        job("{task: 'noop', params: {}, webhook_url: '%s'}".formatted(url));
        await().atMost(PATIENCE).until(() -> types("/busy").contains("job_completed"));

        List<Heard> heard = receiver.at("/busy");
        assertThat(Duration.between(heard.get(0).at(), heard.get(1).at())).isGreaterThan(Duration.ofMillis(3900));
    }

    @Test
    void receiversThatNeverAnswerDelayNobodyElse() {
        CountDownLatch over = new CountDownLatch(1);
        for (int i = 0; i < 6; i++) {
            String hanging = receiver.url("/hangs-" + i, exchange -> hang(over));
            api.submit("{task: 'noop', params: {progress: 2}, webhook_url: '%s'}".formatted(hanging));
        }
        await().atMost(PATIENCE).until(() -> !receiver.at("/hangs-0").isEmpty());
        job("{task: 'noop', params: {}, webhook_url: '%s'}".formatted(receiver.url("/quick")));
        await().atMost(PATIENCE).until(() -> types("/quick").contains("job_completed"));

        String job = job("{task: 'noop', params: {progress: 3}, webhook_url: '%s'}".formatted(receiver.url("/quick")));
        Instant end = Instant.parse(api.job(job).path("finished_at").asText());
        await().atMost(PATIENCE).until(() -> of(job, "/quick").stream()
                .anyMatch(heard -> heard.type().equals("job_completed")));

        Heard last = of(job, "/quick").getLast();
        assertThat(Duration.between(end, last.at())).isLessThan(Duration.ofSeconds(2));
        over.countDown();
    }

    @Test
    void aRedirectToTheMetadataOfACloudIsNotFollowed() {
        String url = receiver.url("/redirect", exchange -> {
            exchange.getResponseHeaders().set("Location", "http://169.254.169.254/latest/meta-data/");
            Receiver.status(exchange, 307);
        });

        job("{task: 'noop', params: {}, webhook_url: '%s'}".formatted(url));
        await().atMost(PATIENCE).until(() -> receiver.at("/redirect").size() > 1);

        JsonNode delivery = api.get("/webhooks/deliveries/"
                        + receiver.at("/redirect").getFirst().id())
                .json();
        assertThat(delivery.path("error").asText()).isEqualTo("redirect");
        assertThat(delivery.path("answer_status").asInt()).isEqualTo(307);
    }

    @Test
    void ofAnAnswerOfThreeGigabytesOnlyTheStartIsRead() {
        String url = receiver.url("/flood", exchange -> {
            exchange.sendResponseHeaders(200, 3L << 30);
            byte[] block = "flood ".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
            try (OutputStream body = exchange.getResponseBody()) {
                for (long left = 3L << 30; left > 0; left -= block.length) {
                    body.write(block);
                }
            }
        });

        job("{task: 'noop', params: {}, webhook_url: '%s'}".formatted(url));
        await().atMost(PATIENCE).until(() -> types("/flood").contains("job_completed"));

        JsonNode delivery = ended(receiver.at("/flood").getFirst().id());
        assertThat(delivery.path("status").asText()).isEqualTo("delivered");
        assertThat(delivery.path("attempts").path(0).path("answer").asText())
                .startsWith("flood flood")
                .hasSizeLessThan(1100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://10.0.0.1/hook",
                "http://169.254.169.254/",
                "http://[fd00::1]/",
                "https://me:secret@example.com/"
            })
    void anAddressThatCanNeverBeReachedIsRefusedWithItsPlace(String url) {
        Reply endpoint = api.post("/webhooks", "{url: '%s'}".formatted(url));
        Reply job = api.post("/jobs", "{task: 'noop', params: {}, webhook_url: '%s'}".formatted(url));
        Reply ofTask = api.post("/jobs/noop", "{}", "Drover-Webhook-Url", url);
        Reply batch = api.post("/batches", "{jobs: [{task: 'noop', params: {}, webhook_url: '%s'}]}".formatted(url));

        assertThat(List.of(endpoint, job, ofTask, batch))
                .allSatisfy(reply -> assertThat(reply.status()).as(reply.text()).isEqualTo(422));
        assertThat(pointer(endpoint)).isEqualTo("/url");
        assertThat(pointer(job)).isEqualTo("/webhook_url");
        assertThat(pointer(batch)).isEqualTo("/jobs/0/webhook_url");
    }

    @Test
    void whoChangesWhatAnotherHasChangedIsTold() {
        JsonNode endpoint = register("/changed", "log");
        String tag = api.get(path(endpoint)).header("ETag");

        Reply first = change(endpoint, tag, "{description: 'first'}");
        Reply second = change(endpoint, tag, "{description: 'second'}");

        assertThat(first.status()).as(first.text()).isEqualTo(200);
        assertThat(second.code()).isEqualTo("precondition_failed");
        assertThat(change(endpoint, first.header("ETag"), "{event_types: ['nothing']}")
                        .status())
                .isEqualTo(422);
        assertThat(api.get(path(endpoint)).json().path("description").asText()).isEqualTo("first");
        remove(endpoint);
        assertThat(api.get(path(endpoint)).status()).isEqualTo(404);
    }

    @Test
    void theHealthOfWebhooksIsToldInNumbers() {
        JsonNode health = api.get("/webhooks/health").json();

        assertThat(health.path("status").asText()).isIn("up", "degraded");
        assertThat(health.path("endpoints").path("enabled").isInt()).isTrue();
        assertThat(health.path("deliveries").path("delivered").isNumber()).isTrue();
        assertThat(health.path("oldest_wait_seconds").isNumber()).isTrue();
    }

    private JsonNode register(String path, String type) {
        Reply reply = api.post("/webhooks", "{url: '%s', event_types: ['%s']}".formatted(receiver.url(path), type));
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        assertThat(reply.header("Location"))
                .endsWith("/webhooks/" + reply.json().path("id").asText());
        return reply.json();
    }

    private void remove(JsonNode endpoint) {
        assertThat(api.delete(path(endpoint)).status()).isEqualTo(204);
    }

    private Reply change(JsonNode endpoint, String tag, String json) {
        return api.send(api.request(path(endpoint), "If-Match", tag, "Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(Json.strict(json)))
                .build());
    }

    private static String path(JsonNode endpoint) {
        return "/webhooks/" + endpoint.path("id").asText();
    }

    private static String pointer(Reply refused) {
        return refused.json().path("errors").path(0).path("pointer").asText();
    }

    /** Runs a job to its end. */
    private String job(String json) {
        String id = api.submit(json);
        api.ended(id);
        return id;
    }

    private JsonNode ended(String delivery) {
        return await().atMost(PATIENCE)
                .until(
                        () -> api.get("/webhooks/deliveries/" + delivery).json(),
                        found -> ENDED.contains(found.path("status").asText()));
    }

    private static List<String> types(String path) {
        return receiver.at(path).stream().map(Heard::type).toList();
    }

    private static List<Heard> of(String job, String path) {
        return receiver.at(path).stream()
                .filter(heard -> heard.job().equals(job))
                .toList();
    }

    private static void hang(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.drover.qa.sites.SampleSites;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A session signs in once, and later sessions and jobs begin signed in. */
@EndToEnd
class CapturedSessionsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String WHO = "document.querySelector('#user')?.textContent || location.pathname";
    private static final String RECALL = """
            () => new Promise(done => {
              const opening = indexedDB.open('harbour', 1);
              opening.onsuccess = () => {
                if (!opening.result.objectStoreNames.contains('berths')) { done('nothing'); return; }
                const found = opening.result.transaction('berths').objectStore('berths').get('mine');
                found.onsuccess = () => done([localStorage.getItem('theme'), found.result].join('|'));
              };
            })""";
    private static final String REMEMBER = """
            () => new Promise(done => {
              localStorage.setItem('theme', '%s');
              const opening = indexedDB.open('harbour', 1);
              opening.onupgradeneeded = () => opening.result.createObjectStore('berths').put('B7', 'mine');
              opening.onsuccess = () => { opening.result.close(); done(true); };
            })""";

    private final Api api;
    private final DroverServer server;
    private final SampleSites sites;
    private final String name = "test-" + UUID.randomUUID();
    private final List<String> opened = new ArrayList<>();

    CapturedSessionsTest(Api api, DroverServer server, SampleSites sites) {
        this.api = api;
        this.server = server;
        this.sites = sites;
    }

    @AfterEach
    void end() {
        opened.forEach(id -> api.delete("/sessions/" + id));
        api.delete("/captured-sessions/" + name);
    }

    @Test
    void aSessionThatSignedInIsTheBeginningOfOthersUntilItIsRemoved() {
        String first = signedIn();
        evaluated(first, REMEMBER.formatted("dark"));

        Reply captured = api.post("/sessions/" + first + "/capture", "{name: '%s'}".formatted(name));

        assertThat(captured.status()).as(captured.text()).isEqualTo(201);
        assertThat(captured.header("Location")).isEqualTo("/api/v1/captured-sessions/" + name);
        assertThat(captured.json().path("session_id").asText()).isEqualTo(first);
        assertThat(captured.json().path("cookies").asInt()).isEqualTo(1);
        assertThat(captured.json().path("origins").asInt()).isEqualTo(1);
        assertThat(captured.json().has("expires_at")).isFalse();
        api.delete("/sessions/" + first);
        assertThat(who(open("{}"))).as("without it").isEqualTo("/sites/account/login");

        String second = open("{captured_session: '%s'}".formatted(name));
        assertThat(api.get("/sessions/" + second)
                        .json()
                        .path("captured_session")
                        .asText())
                .isEqualTo(name);
        assertThat(who(second)).isEqualTo("Ada");
        assertThat(evaluated(second, RECALL).asText()).isEqualTo("dark|B7");
        JsonNode listed = listed(name);
        assertThat(listed.path("user_id").asText()).isEqualTo("admin");
        assertThat(listed.path("engine").asText()).isEqualTo("chromium");
        assertThat(Instant.parse(listed.path("last_used_at").asText()))
                .isAfter(Instant.parse(listed.path("created_at").asText()));
        assertThat(api.get("/captured-sessions/" + name).json()).isEqualTo(listed);

        assertThat(api.delete("/captured-sessions/" + name).status()).isEqualTo(204);
        assertThat(api.delete("/captured-sessions/" + name).status()).isEqualTo(404);
        assertThat(api.get("/captured-sessions/" + name).status()).isEqualTo(404);
        assertThat(pointers(api.post("/sessions", "{captured_session: '%s'}".formatted(name))))
                .containsExactly("/captured_session");
        assertThat(who(second)).as("who began with it stays signed in").isEqualTo("Ada");
    }

    @Test
    void aJobBeginsSignedIn() {
        captureBy(signedIn());
        String account = "params: {url: '%s', format: 'text'}".formatted(sites.url("/account"));

        JsonNode without = api.succeeded("{task: 'content', %s}".formatted(account));
        JsonNode with = api.succeeded("{task: 'content', %s, captured_session: '%s'}".formatted(account, name));
        Reply byHeader = api.post(
                "/jobs/content",
                "{url: '%s', format: 'text'}".formatted(sites.url("/account")),
                "Drover-Captured-Session",
                name);
        Reply byQuery = api.post(
                "/jobs/content?captured_session=" + name,
                "{url: '%s', format: 'text'}".formatted(sites.url("/account")));
        JsonNode batch = api.post(
                        "/batches", "{jobs: [{task: 'content', %s, captured_session: '%s'}]}".formatted(account, name))
                .json();

        assertThat(without.at("/result/content").asText()).doesNotContain("Welcome");
        assertThat(with.at("/result/content").asText()).contains("Welcome, Ada");
        assertThat(with.path("captured_session").asText()).isEqualTo(name);
        for (Reply reply : List.of(byHeader, byQuery)) {
            assertThat(api.ended(reply.json().path("id").asText())
                            .at("/result/content")
                            .asText())
                    .as(reply.text())
                    .contains("Welcome, Ada");
        }
        await().atMost(PATIENCE)
                .until(() ->
                        api.get("/batches/" + batch.path("id").asText()).text().contains("\"succeeded\":1"));
    }

    @Test
    void aJobWhoseCapturedSessionWentAwayFailsOnceAndForGood() {
        captureBy(signedIn());
        String id = api.submit(
                "{task: 'content', params: {url: '%s'}, captured_session: '%s', max_attempts: 3, not_before: '%s'}"
                        .formatted(sites.url("/account"), name, Instant.now().plusSeconds(4)));
        assertThat(api.delete("/captured-sessions/" + name).status()).isEqualTo(204);

        JsonNode job = api.ended(id);

        assertThat(job.path("status").asText()).isEqualTo("failed");
        assertThat(job.path("attempt").asInt()).isEqualTo(1);
        assertThat(job.at("/error/code").asText()).isEqualTo("captured_session_gone");
        assertThat(job.at("/error/category").asText()).isEqualTo("invalid_input");
        assertThat(job.at("/error/recovery").asText()).isEqualTo("fail");
    }

    @Test
    void anotherOneTakesThePlaceOfTheOneBefore() {
        String session = signedIn();
        captureBy(session);
        api.post(
                "/sessions/" + session + "/actions",
                "{action: 'goto', url: '%s'}".formatted(sites.url("/account/logout")));

        Reply again = api.post(
                "/capture-session", "{session_id: '%s', name: '%s', ttl_seconds: 600}".formatted(session, name));

        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(again.header("Location")).isEqualTo("/api/v1/captured-sessions/" + name);
        assertThat(again.json().path("cookies").asInt()).isZero();
        assertThat(again.json().has("expires_at")).isTrue();
        assertThat(who(open("{captured_session: '%s'}".formatted(name)))).isEqualTo("/sites/account/login");
    }

    @Test
    void theSameRequestTwiceCapturesOnce() {
        String session = signedIn();
        String key = UUID.randomUUID().toString();
        String body = "{session_id: '%s', name: '%s'}".formatted(session, name);

        Reply first = api.post("/capture-session", body, "Idempotency-Key", key);
        JsonNode kept = listed(name);
        Reply second = api.post("/capture-session", body, "Idempotency-Key", key);

        assertThat(first.status()).as(first.text()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(listed(name)).isEqualTo(kept);
    }

    @Test
    void whatIsOverOpensNoMore() {
        Reply captured =
                api.post("/sessions/" + signedIn() + "/capture", "{name: '%s', ttl_seconds: 1}".formatted(name));
        assertThat(captured.status()).as(captured.text()).isEqualTo(201);

        await().atMost(PATIENCE)
                .until(() -> api.get("/captured-sessions/" + name).status() == 404);

        assertThat(pointers(api.post(
                        "/jobs",
                        "{task: 'content', params: {url: '%s'}, captured_session: '%s'}"
                                .formatted(sites.url("/account"), name))))
                .containsExactly("/captured_session");
    }

    @Test
    void anotherUsersIsNotThere() {
        captureBy(signedIn());

        assertThat(api.get("/captured-sessions/" + name + "?user_id=admin").status())
                .isEqualTo(200);
        assertThat(api.get("/captured-sessions/" + name + "?user_id=bob").status())
                .isEqualTo(404);
        assertThat(api.delete("/captured-sessions/" + name + "?user_id=bob").status())
                .isEqualTo(404);
        Reply job = api.post(
                "/jobs",
                "{task: 'content', params: {url: '%s'}, captured_session: '%s', user_id: 'bob'}"
                        .formatted(sites.url("/account"), name));
        assertThat(job.status()).as(job.text()).isEqualTo(422);
        assertThat(pointers(job)).containsExactly("/captured_session");
    }

    @Test
    void theContentIsNowhereInTheClear() throws IOException {
        String secret = "only-in-storage-" + UUID.randomUUID();
        String session = signedIn();
        evaluated(session, REMEMBER.formatted(secret));
        captureBy(session);
        api.delete("/sessions/" + session);

        String id = api.succeeded(
                        "{task: 'content', params: {url: '%s'}, captured_session: '%s', record: {trace: 'always'}}"
                                .formatted(sites.url("/account"), name))
                .path("id")
                .asText();

        assertThat(api.job(id).toString()).doesNotContain(secret);
        assertThat(api.events(id).toString()).doesNotContain(secret);
        assertThat(api.get("/captured-sessions").text()).doesNotContain(secret);
        assertThat(unpacked(api.get("/jobs/" + id + "/artifacts/trace.zip").body()))
                .contains("context-options")
                .doesNotContain(secret, "storageState");
        assertThat(Files.readString(server.dataRoot().resolve("secrets/vault-key"))
                        .strip())
                .hasSize(44);
        try (Stream<Path> files = Files.walk(server.log().getParent())) {
            assertThat(files.filter(Files::isRegularFile))
                    .allSatisfy(file -> assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                            .doesNotContain(secret));
        }
    }

    @Test
    void tooMuchIsNotKept() {
        String session = signedIn();
        evaluated(session, "localStorage.setItem('large', 'ä'.repeat(3_000_000))");

        Reply reply = api.post("/sessions/" + session + "/capture", "{name: '%s'}".formatted(name));

        assertThat(reply.status()).as(reply.text()).isEqualTo(422);
        assertThat(reply.code()).isEqualTo("state_too_large");
        assertThat(api.get("/captured-sessions/" + name).status()).isEqualTo(404);
    }

    @Test
    void theListHasPages() {
        String session = open("{}");
        List<String> names = List.of(name + ".1", name + ".2", name + ".3");
        names.forEach(one -> assertThat(api.post("/sessions/" + session + "/capture", "{name: '%s'}".formatted(one))
                        .status())
                .isEqualTo(201));

        Reply first = api.get("/captured-sessions?limit=2");
        Reply rest = api.get("/captured-sessions?limit=200&cursor="
                + first.json().path("next_cursor").asText());

        assertThat(Json.texts(Json.list(first.json().path("items")), "name")).containsExactly(name + ".3", name + ".2");
        assertThat(first.header("Link")).contains("rel=\"next\"");
        assertThat(Json.texts(Json.list(rest.json().path("items")), "name")).startsWith(name + ".1");
        assertThat(api.get("/captured-sessions?limit=0").status()).isEqualTo(422);
        assertThat(api.get("/captured-sessions?cursor=x").status()).isEqualTo(422);
        names.forEach(one ->
                assertThat(api.delete("/captured-sessions/" + one).status()).isEqualTo(204));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..%2f..%2fsecrets%2fvault-key",
                "..%2f",
                "%2e%2e",
                "%2e%2e%2fsecrets",
                "..%5c..%5csecrets",
                ".hidden",
                "a%00b",
                "a%20b",
                "no-such-name"
            })
    void whatIsNoNameIsNotThere(String path) {
        for (Reply reply : List.of(api.delete("/captured-sessions/" + path), api.get("/captured-sessions/" + path))) {
            // 400 where the container does not even take the address.
            assertThat(reply.status()).as(reply.text()).isIn(400, 404);
            assertThat(reply.text()).doesNotContain("Exception", "vault-key\n");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | /name",
                "{name: ''} | /name",
                "{name: '../secrets/vault-key'} | /name",
                "{name: '.hidden'} | /name",
                "{name: 'a b'} | /name",
                "{name: 'shop', ttl_seconds: 0} | /ttl_seconds",
                "{name: 'shop', ttl: 5} | /ttl",
            })
    void whatDoesNotFitIsNamed(String body, String pointer) {
        String session = "01980c8e-7f3a-7cc1-b4a5-2c5b8d1f0e6a";
        Reply ofSession = api.post("/sessions/" + session + "/capture", body);
        Reply byId = api.post(
                "/capture-session",
                body.replaceFirst("\\{", "{session_id: '" + session + "', ").replace(", }", "}"));

        for (Reply reply : List.of(ofSession, byId)) {
            assertThat(reply.status()).as(reply.text()).isEqualTo(422);
            assertThat(pointers(reply)).contains(pointer);
        }
    }

    @Test
    void whatCannotBeCapturedIsToldAndWhatNamesNothing() {
        String nowhere = "01980c8e-7f3a-7cc1-b4a5-2c5b8d1f0e6a";
        String ended = open("{}");
        api.delete("/sessions/" + ended);

        assertThat(api.post("/sessions/" + nowhere + "/capture", "{name: 'shop'}")
                        .status())
                .isEqualTo(404);
        assertThat(api.post("/capture-session", "{session_id: '%s', name: 'shop'}".formatted(nowhere))
                        .status())
                .isEqualTo(404);
        assertThat(api.post("/capture-session", "{session_id: 'x', name: 'shop'}")
                        .status())
                .isEqualTo(404);
        assertThat(pointers(api.post("/capture-session", "{name: 'shop'}"))).containsExactly("/session_id");
        assertThat(api.post("/sessions/" + ended + "/capture", "{name: 'shop'}").code())
                .isEqualTo("session_ended");
        for (String wrong : List.of("no-such-name", "../shop")) {
            assertThat(pointers(api.post("/sessions", "{captured_session: '%s'}".formatted(wrong))))
                    .containsExactly("/captured_session");
            assertThat(pointers(api.post(
                            "/jobs",
                            "{task: 'content', params: {url: 'http://shop.example/'}, captured_session: '%s'}"
                                    .formatted(wrong))))
                    .containsExactly("/captured_session");
        }
        assertThat(pointers(api.post(
                        "/batches",
                        "{jobs: [{task: 'noop'}, {task: 'content', params: {url: 'http://shop.example/'},"
                                + " captured_session: 'no-such-name'}]}")))
                .containsExactly("/jobs/1/captured_session");
    }

    private void captureBy(String session) {
        Reply reply = api.post("/sessions/" + session + "/capture", "{name: '%s'}".formatted(name));
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    }

    /** The id of a session in which Ada has logged in. */
    private String signedIn() {
        String session = open("{}");
        act(session, "{action: 'goto', url: '%s'}".formatted(sites.url("/account/login")));
        act(session, "{action: 'fill', selector: '#user', text: 'ada'}");
        act(session, "{action: 'fill', selector: '#password', text: 'harbour'}");
        act(session, "{action: 'click', selector: 'button'}");
        await().atMost(PATIENCE).until(() -> evaluated(session, WHO).asText().equals("Ada"));
        return session;
    }

    private String who(String session) {
        act(session, "{action: 'goto', url: '%s'}".formatted(sites.url("/account")));
        return evaluated(session, WHO).asText();
    }

    private String open(String body) {
        Reply reply = api.post("/sessions", body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        String id = reply.json().path("id").asText();
        opened.add(id);
        return id;
    }

    private JsonNode act(String session, String action) {
        Reply reply = api.post("/sessions/" + session + "/actions", action);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }

    private JsonNode evaluated(String session, String expression) {
        String quoted = TextNode.valueOf(expression).toString();
        return act(session, "{\"action\": \"evaluate\", \"expression\": " + quoted + "}")
                .path("value");
    }

    private JsonNode listed(String wanted) {
        return Json.list(api.get("/captured-sessions?limit=200").json().path("items")).stream()
                .filter(item -> item.path("name").asText().equals(wanted))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> pointers(Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(422);
        return Json.texts(Json.list(reply.json().path("errors")), "pointer");
    }

    private static String unpacked(byte[] zip) throws IOException {
        StringBuilder all = new StringBuilder();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                all.append(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }
}

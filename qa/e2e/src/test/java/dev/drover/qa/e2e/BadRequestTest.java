// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that make no sense get a problem document that says what is wrong, and where. */
@EndToEnd
class BadRequestTest {

    private static final int ELEVEN_MEGABYTES = 11 * 1024 * 1024;

    private final Api api;

    BadRequestTest(Api api) {
        this.api = api;
    }

    @AfterEach
    void theNextJobIsAccepted() {
        api.succeeded("{task: 'noop'}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {task: 'noop', bogus: 1}                               | /bogus
                    {task: 'noop', params: {bogus: 1}}                     | /params/bogus
                    {task: 'noop', params: {sleep_ms: 'long'}}             | /params/sleep_ms
                    {task: 'noop', params: {sleep_ms: -1}}                 | /params/sleep_ms
                    {task: 'noop', priority: 'soon'}                       | /priority
                    {task: 'noop', timeout_seconds: 'x'}                   | /timeout_seconds
                    {task: 'noop', timeout_seconds: 0}                     | /timeout_seconds
                    {task: 'noop', not_before: 'tomorrow'}                 | /not_before
                    {task: 'noop', labels: {a: {}}}                        | /labels/a
                    {task: 'noop', browser: {viewport: {width: 'wide'}}}   | /browser/viewport/width
                    {task: 'noop', browser: {engine: 'lynx'}}              | /browser/engine
                    {task: 'noop', params: []}                             | /params
                    {task: 'screenshot', params: {}}                       | /params/url
                    {task: 'screenshot', params: {url: 'file:///etc'}}     | /params/url
                    {params: {}}                                           | /task
                    """)
    void whatDoesNotFitIsNamed(String body, String pointer) {
        Reply reply = api.post("/jobs", body);

        assertThat(reply.status()).as(reply.text()).isEqualTo(422);
        assertIsProblem(reply);
        assertThat(Json.texts(Json.list(reply.json().path("errors")), "pointer"))
                .as(reply.text())
                .contains(pointer);
    }

    @Test
    void anUnknownTaskIsNotFound() {
        Reply reply = api.post("/jobs", "{task: 'sing'}");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.code()).isEqualTo("unknown_task");
        assertIsProblem(reply);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{", "", "noop", "{\"task\": \"noop\"} x", "{\"task\": \"noop\", \"task\": \"pdf\"}", "\u0000"})
    void whatIsNoJsonIsRefused(String body) {
        Reply reply = api.post("/jobs", BodyPublishers.ofString(body));

        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("invalid_json");
        assertIsProblem(reply);
    }

    @Test
    void jsonThatIsNestedTooDeeplyIsRefused() {
        Reply reply = api.post(
                "/jobs",
                BodyPublishers.ofString("{\"task\":\"noop\",\"params\":{\"payload\":" + "[".repeat(50_000)
                        + "]".repeat(50_000) + "}}"));

        assertThat(reply.status()).isBetween(400, 499);
        assertIsProblem(reply);
    }

    @Test
    void aBodyThatSaysItIsTooLargeIsRefused() throws Exception {
        byte[] body = largeBody();

        assertTooLarge(BodyPublishers.ofByteArray(body));
    }

    @Test
    void aBodyThatTurnsOutTooLargeIsRefused() throws Exception {
        byte[] body = largeBody();

        assertTooLarge(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));
    }

    /** The server may close the connection on one who still sends; then there is no answer to read. */
    private void assertTooLarge(BodyPublisher body) throws InterruptedException {
        HttpRequest request = api.request("/jobs", "Content-Type", "application/json")
                .POST(body)
                .build();
        try {
            Reply reply = new Reply(Api.HTTP.send(request, BodyHandlers.ofByteArray()));
            assertThat(reply.status()).as(reply.text()).isEqualTo(413);
            assertThat(reply.code()).isEqualTo("body_too_large");
        } catch (IOException e) {
            assertThat(e.toString()).containsAnyOf("reset", "Broken pipe", "closed", "EOF", "no bytes");
        }
    }

    @Test
    void aBodyThatIsNotCalledJsonIsRefused() {
        Reply reply = api.send(api.request("/jobs", "Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{\"task\":\"noop\"}"))
                .build());

        assertThat(reply.status()).isEqualTo(415);
        assertIsProblem(reply);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/jobs",
                "/jobs/7",
                "/tasks",
                "/me",
                "/system/info",
                "/status/browser-sessions",
                "/health/detailed",
                "/nothing"
            })
    void nothingIsSaidToOneWithoutToken(String path) {
        List<Reply> replies = List.of(
                api.send(HttpRequest.newBuilder(api.uri(path)).build()),
                new Api(api.server(), "wrong").get(path),
                api.send(HttpRequest.newBuilder(api.uri(path + "?token=" + api.token()))
                        .build()));

        assertThat(replies).allSatisfy(reply -> {
            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.code()).isEqualTo("unauthenticated");
            assertThat(reply.header("WWW-Authenticate")).startsWith("Bearer");
            assertIsProblem(reply);
        });
    }

    @Test
    void addressesAndMethodsThatAreNotThereAreProblemsToo() {
        Reply nowhere = api.get("/nothing/here");
        Reply noJob = api.get("/jobs/01980c8e-7f3a-7cc1-b4a5-2c5b8d1f0e6a");
        Reply noId = api.get("/jobs/x'%20or%201=1");
        Reply wrongMethod = api.delete("/tasks");

        assertThat(List.of(nowhere, noJob, noId)).extracting(Reply::status).containsOnly(404);
        assertThat(wrongMethod.status()).isEqualTo(405);
        assertThat(List.of(nowhere, noJob, noId, wrongMethod)).allSatisfy(this::assertIsProblem);
    }

    @Test
    void anAddressThatTheContainerRefusesIsAProblemOfItsStatus() {
        Reply reply = api.get("/captured-sessions/..%2f");

        assertThat(reply.status()).isEqualTo(400);
        assertIsProblem(reply);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=201", "limit=many", "status=asleep", "cursor=x", "label=x"})
    void aListThatMakesNoSenseIsRefused(String query) {
        Reply reply = api.get("/jobs?" + query);

        assertThat(reply.status()).as(reply.text()).isEqualTo(422);
        assertIsProblem(reply);
    }

    private void assertIsProblem(Reply reply) {
        JsonNode problem = reply.json();
        assertThat(reply.mediaType()).isEqualTo("application/problem+json");
        assertThat(problem.path("status").asInt()).isEqualTo(reply.status());
        assertThat(problem.path("title").asText()).isNotEmpty();
        assertThat(problem.path("code").asText()).matches("[a-z_]+");
        assertThat(problem.path("type").asText()).isNotEmpty();
        assertThat(problem.path("trace_id").asText()).matches("[0-9a-f]{32}");
        assertThat(reply.text()).doesNotContain("Exception", "\tat ", "SELECT ");
    }

    private static byte[] largeBody() {
        String text = "{\"task\":\"noop\",\"params\":{\"payload\":\"" + "x".repeat(ELEVEN_MEGABYTES) + "\"}}";
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.qa.sites.SampleSites;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Test progress over Socket.IO, with the official client. */
@EndToEnd
class SocketIoTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String POLL = "//socket.io/?EIO=4&transport=polling";

    private final Api api;
    private final SampleSites sites;

    SocketIoTest(Api api, SampleSites sites) {
        this.api = api;
        this.sites = sites;
    }

    private URI server() {
        return api.uri("//");
    }

    private SocketIoClient client(String options) {
        return SocketIoClient.start(
                server(), "{extraHeaders: {Authorization: 'Bearer %s'}, %s}".formatted(api.token(), options));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[\"websocket\"] | websocket",
                "[\"polling\"] | polling",
                "[\"polling\", \"websocket\"] | polling",
            })
    void whatOneClientSaysAllHear(String transports, String first) {
        try (SocketIoClient one = client("transports: " + transports);
                SocketIoClient other = client("transports: ['websocket']")) {
            assertThat(one.first("open").asText()).isEqualTo(first);
            one.first("connect");
            other.first("connect");
            if (transports.contains(",")) {
                assertThat(one.first("upgrade").asText()).isEqualTo("websocket");
            }

            one.tell("{emit: 'test_status_update', data: {test: 'Körprov', step: 3, nested: {a: [1, 2.5, null]}}}");

            JsonNode same = Json.read("{test: 'Körprov', step: 3, nested: {a: [1, 2.5, null]}}");
            assertThat(other.first("test_progress")).isEqualTo(same);
            assertThat(one.first("test_progress")).isEqualTo(same);

            other.tell("{emit: 'test_status_update', data: {test: 'back'}, ack: true}");

            assertThat(other.first("ack").path("ok").asBoolean()).isTrue();
            await().atMost(PATIENCE).until(() -> one.heard("test_progress").size() == 2);
            assertThat(one.heard("test_progress").getLast()).isEqualTo(Json.read("{test: 'back'}"));
        }
    }

    @Test
    void whatTheServerTestsIsToldToo() {
        try (SocketIoClient client = client("transports: ['websocket']")) {
            client.first("connect");
            String testCase = api.post("/testcases", """
                            {name: 'Blank', steps: [{action: 'goto', url: '%s'}]}""".formatted(sites.url("/blank")))
                    .json()
                    .path("id")
                    .asText();

            String execution = api.post("/testcases/" + testCase + "/run", "{}")
                    .json()
                    .at("/items/0/id")
                    .asText();

            JsonNode end = await().atMost(PATIENCE)
                    .until(
                            () -> client.heard("test_progress").stream()
                                    .filter(told ->
                                            told.path("execution_id").asText().equals(execution))
                                    .filter(told -> told.path("status").asText().equals("completed"))
                                    .findFirst(),
                            Optional::isPresent)
                    .orElseThrow();
            assertThat(end.path("test_case_name").asText()).isEqualTo("Blank");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket"})
    void nobodyComesInWithoutAToken(String transport) {
        try (SocketIoClient wrong = SocketIoClient.start(
                        server(), "{transports: ['%s'], query: {token: 'wrong'}}".formatted(transport));
                SocketIoClient none = SocketIoClient.start(server(), "{transports: ['%s']}".formatted(transport));
                SocketIoClient right = SocketIoClient.start(
                        server(), "{transports: ['%s'], query: {token: '%s'}}".formatted(transport, api.token()))) {
            assertThat(wrong.first("connect_error").asText()).contains("error");
            assertThat(none.first("connect_error").asText()).contains("error");
            right.first("connect");
            assertThat(right.first("open").asText()).isEqualTo(transport);
            assertThat(wrong.heard("connect")).isEmpty();
            assertThat(none.heard("connect")).isEmpty();
        }
    }

    @Test
    void whatIsNoUpdateIsAnsweredAndGoesToNobody() {
        try (SocketIoClient client = client("transports: ['websocket']")) {
            client.first("connect");

            client.tell("{emit: 'test_status_update', data: 'a text', ack: true}");
            assertThat(client.first("ack").path("error").asText()).isEqualTo("test_status_update takes one object.");
            client.tell("{emit: 'test_status_update', data: ['a', 'list']}");
            assertThat(client.first("test_error").path("error").asText())
                    .isEqualTo("test_status_update takes one object.");
            client.tell("{emit: 'test_status_update', data: {long: '%s'}, ack: true}".formatted("x".repeat(20_000)));
            await().atMost(PATIENCE).until(() -> client.heard("ack").size() == 2);
            assertThat(client.heard("ack").getLast().path("error").asText()).contains("16 kilobytes");
            client.tell("{emit: 'something_else', data: {a: 1}}");

            client.tell("{emit: 'test_status_update', data: {last: true}}");
            assertThat(client.first("test_progress")).isEqualTo(Json.read("{last: true}"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{emit: 'test_status_update', data: {long: '%s'}}",
                "{emit: 'test_status_update', binary: true}",
            })
    void whoSendsTooMuchOrBytesIsLetGo(String message) {
        try (SocketIoClient client = client("transports: ['websocket']");
                SocketIoClient other = client("transports: ['websocket']")) {
            client.first("connect");
            other.first("connect");

            client.tell(message.contains("%s") ? message.formatted("x".repeat(100_000)) : message);

            assertThat(client.first("disconnect").asText()).startsWith("transport ");
            other.tell("{emit: 'test_status_update', data: {still: 'here'}}");
            assertThat(other.first("test_progress")).isEqualTo(Json.read("{still: 'here'}"));
        }
    }

    @Test
    void aFloodOfOneClientIsSlowedDown() {
        try (SocketIoClient sender = client("transports: ['websocket']")) {
            sender.first("connect");

            sender.tell("{emit: 'test_status_update', data: {a: 1}, ack: true, times: 2000}");

            await().atMost(PATIENCE).until(() -> sender.heard("ack").size() == 2000);
            long taken = sender.heard("ack").stream()
                    .filter(answer -> answer.path("ok").asBoolean())
                    .count();
            assertThat(taken).isBetween(50L, 1_000L);
            await().atMost(PATIENCE).until(() -> sender.heard("test_progress").size() == taken);
        }
    }

    /** 750 updates of 15 KB are more than what waits for a reader and what the sockets between hold. */
    @Test
    void readersThatSleepStopNobodyAndHearTheNewestWhenTheyWake() throws Exception {
        try (SocketIoClient sleeper = client("transports: ['websocket']");
                SocketIoClient polling = client("transports: ['polling']");
                SocketIoClient reader = client("transports: ['websocket']");
                Closing senders = new Closing()) {
            for (SocketIoClient client : List.of(sleeper, polling, reader)) {
                client.first("connect");
            }
            sleeper.pause();
            polling.pause();

            String update = "[\"test_status_update\",{\"text\":\"" + "x".repeat(15_000) + "\"}]";
            List<Feed> feeds = new ArrayList<>();
            for (int i = 0; i < 15; i++) {
                Feed sender = senders.later(Feed.open(api, "/socket.io/?EIO=4&transport=websocket"));
                feeds.add(sender);
                sender.send("40");
                for (int j = 1; j < 50; j++) {
                    sender.send("42" + update);
                }
                sender.send("421" + update);
            }
            // What is to be the newest is sent when all others are with the server.
            feeds.forEach(sender -> sender.awaitMessage("431[{\"ok\":true}]"));
            reader.tell("{emit: 'test_status_update', data: {last: true}}");

            JsonNode last = Json.read("{last: true}");
            await().atMost(PATIENCE).until(() -> reader.heard("test_progress").contains(last));
            sleeper.goOn();
            polling.goOn();
            await().atMost(PATIENCE)
                    .until(() -> sleeper.heard("test_progress").contains(last)
                            && polling.heard("test_progress").contains(last));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "//socket.io/?EIO=3&transport=polling | 422",
                "//socket.io/?EIO=4&transport=polling&j=0 | 422",
                "//socket.io/?EIO=4&transport=polling&sid=unknown | 404",
                "//socket.io/?EIO=4&transport=carrier-pigeon | 400",
            })
    void whatIsNotSpokenIsRefused(String path, int status) {
        assertThat(api.get(path).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\u001e",
                "9",
                "4",
                "42",
                "42[",
                "42{}",
                "42[[[[[[",
                "40{",
                "43999[1]",
                "4-1",
                "47",
                "2probe",
                "5"
            })
    void whatIsNoPacketEndsAtMostItsOwnConnection(String packet) {
        String open = api.get(POLL).text();
        String sid = Json.read(open.substring(1)).path("sid").asText();

        Reply reply = post(sid, packet);

        assertThat(reply.status()).as(reply.text()).isBetween(200, 499);
        assertThat(api.get(POLL).status()).isEqualTo(200);
    }

    @Test
    void aBodyThatIsTooLargeOrBinaryIsRefused() {
        String sid = Json.read(api.get(POLL).text().substring(1)).path("sid").asText();

        assertThat(post(sid, "4" + "x".repeat(70_000)).status()).isEqualTo(413);
        assertThat(post(sid, "451-[\"test_status_update\",{\"_placeholder\":true,\"num\":0}]")
                        .status())
                .isEqualTo(422);
        assertThat(post(sid, "42[\"a\"]\u001ebAAAA").status()).isEqualTo(422);
        assertThat(post(sid, "42[\"a\"]\u001e".repeat(100)).status()).isEqualTo(422);
    }

    @Test
    void whoSendsAndNeverFetchesOrJoinsTwiceIsLetGo() {
        String sends = Json.read(api.get(POLL).text().substring(1)).path("sid").asText();
        String joins = Json.read(api.get(POLL).text().substring(1)).path("sid").asText();
        post(sends, "40");
        post(joins, "40");

        post(joins, "40");
        for (int i = 0; i < 10; i++) {
            post(sends, "42[\"test_status_update\",7]\u001e".repeat(50) + "42[\"test_status_update\",7]");
        }

        assertThat(api.get(POLL + "&sid=" + sends).text().split("test_error", -1))
                .as("what was kept for it")
                .hasSizeLessThan(300);
        for (String sid : List.of(sends, joins)) {
            await().atMost(PATIENCE).until(() -> api.get(POLL + "&sid=" + sid).status() == 404);
        }
    }

    private Reply post(String sid, String body) {
        return api.send(api.request(POLL + "&sid=" + sid)
                .header("Content-Type", "text/plain; charset=UTF-8")
                .POST(BodyPublishers.ofByteArray(body.getBytes(StandardCharsets.UTF_8)))
                .build());
    }
}

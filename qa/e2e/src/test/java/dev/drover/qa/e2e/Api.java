// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A client of one server, with a token. Paths are those below {@code /api/v1}, unless they begin with two slashes. */
record Api(URI server, String token, HttpClient http) {

    static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(20))
            .build();

    private static final Set<String> TERMINAL = Set.of("succeeded", "failed", "cancelled");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    Api(URI server, String token) {
        this(server, token, HTTP);
    }

    URI uri(String path) {
        return server.resolve(path.startsWith("//") ? path.substring(1) : "/api/v1" + path);
    }

    HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json");
        return headers.length == 0 ? request : request.headers(headers);
    }

    Reply send(HttpRequest request) {
        try {
            return new Reply(http.send(request, BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(request + " failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during " + request, e);
        }
    }

    Reply get(String path, String... headers) {
        return send(request(path, headers).build());
    }

    /** @param json may do without double quotes */
    Reply post(String path, String json, String... headers) {
        return post(path, BodyPublishers.ofString(Json.strict(json)), headers);
    }

    Reply post(String path, BodyPublisher body, String... headers) {
        return send(request(path, headers)
                .header("Content-Type", "application/json")
                .POST(body)
                .build());
    }

    Reply delete(String path) {
        return send(request(path).DELETE().build());
    }

    /** Submits a job that must be accepted, and returns its id. */
    String submit(String json) {
        Reply reply = post("/jobs", json);
        assertThat(reply.status()).as(reply.text()).isEqualTo(202);
        return reply.json().path("id").asText();
    }

    JsonNode job(String id) {
        Reply reply = get("/jobs/" + id);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }

    /** The job, once it has ended. */
    JsonNode ended(String id) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> job(id),
                        job -> TERMINAL.contains(job.path("status").asText()));
    }

    /** The job, once it has this status. */
    JsonNode when(String id, String status) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> job(id), job -> job.path("status").asText().equals(status));
    }

    /** Runs a job that must succeed. */
    JsonNode succeeded(String json) {
        JsonNode job = ended(submit(json));
        assertThat(job.path("status").asText()).as(job.toPrettyString()).isEqualTo("succeeded");
        return job;
    }

    /** Runs a job that must fail, and returns its error. */
    JsonNode error(String json) {
        JsonNode job = ended(submit(json));
        assertThat(job.path("status").asText()).as(job.toPrettyString()).isEqualTo("failed");
        return job.path("error");
    }

    /** All events of a job, page by page. */
    List<JsonNode> events(String id) {
        List<JsonNode> events = new ArrayList<>();
        String after = "0";
        while (!after.isEmpty()) {
            JsonNode page =
                    get("/jobs/" + id + "/events?limit=200&after=" + after).json();
            events.addAll(Json.list(page.path("items")));
            after = page.path("next_cursor").asText("");
        }
        return events;
    }

    /** A metric of the node without labels of its own; -1 where there is none of that name. */
    int gauge(String name) {
        return send(HttpRequest.newBuilder(uri("//metrics")).build())
                .text()
                .lines()
                .filter(line -> line.startsWith(name + "{"))
                .map(line -> line.replaceFirst(".*} ", "").replaceFirst("\\.0$", ""))
                .mapToInt(Integer::parseInt)
                .findFirst()
                .orElse(-1);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The same request twice makes one job. */
@EndToEnd
class IdempotencyTest {

    private final Api api;

    IdempotencyTest(Api api) {
        this.api = api;
    }

    @Test
    void theStoredAnswerIsReplayed() {
        String key = UUID.randomUUID().toString();

        Reply first = api.post("/jobs", "{task: 'noop'}", "Idempotency-Key", key);
        Reply second = api.post("/jobs", "{task: 'noop'}", "Idempotency-Key", key);

        assertThat(first.status()).isEqualTo(202);
        assertThat(first.header("Idempotency-Replayed")).isEmpty();
        assertThat(second.status()).isEqualTo(202);
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
    }

    @Test
    void theKeyOfAnotherRequestIsRefused() {
        String key = UUID.randomUUID().toString();
        api.post("/jobs", "{task: 'noop'}", "Idempotency-Key", key);

        Reply other = api.post("/jobs", "{task: 'noop', priority: 'low'}", "Idempotency-Key", key);

        assertThat(other.status()).isEqualTo(422);
        assertThat(other.code()).isEqualTo("idempotency_key_reused");
    }

    @Test
    void aRefusedRequestDoesNotUseItsKeyUp() {
        String key = UUID.randomUUID().toString();
        api.post("/jobs", "{task: 'noop', bogus: 1}", "Idempotency-Key", key);

        assertThat(api.post("/jobs", "{task: 'noop'}", "Idempotency-Key", key).status())
                .isEqualTo(202);
    }

    @Test
    void eightAtOnceMakeOneJob() throws Exception {
        String key = UUID.randomUUID().toString();
        String label = UUID.randomUUID().toString();
        String body = "{task: 'noop', labels: {once: '%s'}}".formatted(label);

        try (ExecutorService clients = Executors.newFixedThreadPool(8)) {
            List<Future<Reply>> replies = IntStream.range(0, 8)
                    .mapToObj(i -> clients.submit(() -> api.post("/jobs", body, "Idempotency-Key", key)))
                    .toList();
            for (Future<Reply> reply : replies) {
                assertThat(reply.get().status()).as(reply.get().text()).isIn(202, 409);
            }
            assertThat(replies.stream()
                            .map(Future::resultNow)
                            .filter(reply -> reply.status() == 202)
                            .map(reply -> reply.json().path("id").asText())
                            .collect(Collectors.toSet()))
                    .hasSize(1);
        }
        assertThat(api.get("/jobs?label=once:" + label).json().path("items")).hasSize(1);
    }
}

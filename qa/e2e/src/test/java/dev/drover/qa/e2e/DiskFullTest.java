// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.qa.sites.SampleSites;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * The disk with all that a server keeps, its database and the broker's journal among it, is filled to the last byte while
 * jobs run. The disk is a tmpfs: where this may not be mounted, as without root, the test is left out.
 */
@Tag("fault")
@Tag("long")
class DiskFullTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Test
    @EnabledIf("dev.drover.qa.e2e.SmallDisk#isPossible")
    void aServerWithoutRoomRefusesJobsAndGoesOnWhenThereIsSomeAgain() {
        SmallDisk.forget(Path.of("target/servers/disk/data").toAbsolutePath());
        try (Closing closing = new Closing()) {
            SampleSites sites = closing.later(SampleSites.start(0));
            SmallDisk[] disk = new SmallDisk[1];
            DroverServer server = closing.later(DroverServer.start(
                    "disk",
                    Map.of(
                            // Beside the disk, to be read when the test has failed.
                            "LOG_ROOT",
                            Path.of("target/servers/disk/logs").toAbsolutePath().toString(),
                            "DROVER_LEVEL_DISK_FREE_MEGABYTES",
                            "64,48,32",
                            "DROVER_LEVEL_RECOVERY_SECONDS",
                            "1",
                            "DROVER_JOBS_LEASE_SECONDS",
                            "5",
                            "DROVER_JOBS_MAX_ATTEMPTS",
                            "10",
                            "DROVER_JOBS_RETRY_BASE_SECONDS",
                            "0.5"),
                    folder -> disk[0] = closing.later(SmallDisk.mount(folder, 400))));
            Api api = server.api();
            api.succeeded(screenshot(sites, "/article"));
            List<String> jobs = new ArrayList<>();
            jobs.add(api.submit(screenshot(sites, "/slow?ms=2000")));
            jobs.add(api.submit(
                    "{task: 'noop', params: {sleep_ms: 2000, payload: '%s'}}".formatted("flotsam ".repeat(100_000))));
            IntStream.range(0, 6)
                    .forEach(i ->
                            jobs.add(api.submit("{task: 'noop', params: {progress: 20, progress_every_ms: 250}}")));
            jobs.subList(0, 3).forEach(id -> api.when(id, "running"));

            disk[0].fill();
            Reply refused = await().atMost(PATIENCE)
                    .until(
                            () -> {
                                Reply reply = api.post("/jobs", "{task: 'noop'}");
                                if (reply.status() == 202) {
                                    jobs.add(reply.json().path("id").asText());
                                }
                                return reply;
                            },
                            reply -> reply.status() != 202);
            await().atMost(PATIENCE).until(() -> api.get("/fallback/service-level")
                    .json()
                    .path("current_service_level")
                    .asText()
                    .equals("emergency"));
            // More than a lease: long enough for everything to go wrong that can.
            await().pollDelay(Duration.ofSeconds(7)).until(() -> true);
            disk[0].makeRoom();

            assertThat(refused.status()).as(refused.text()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).matches("[1-9][0-9]*");
            await().atMost(PATIENCE).until(() -> {
                Reply reply = api.get("/jobs/" + jobs.getFirst());
                assertThat(reply.status()).as(reply.text()).isIn(200, 503);
                return reply.status() == 200;
            });
            Aftermath.assertSucceededOnce(api, jobs);
            await().atMost(PATIENCE)
                    .until(() -> api.post("/jobs", "{task: 'noop'}").status() == 202);
            JsonNode after = api.succeeded(screenshot(sites, "/article"));
            assertThat(api.get("/" + after.path("artifacts").path(0).path("url").asText())
                            .body())
                    .hasSize(after.path("artifacts").path(0).path("size").asInt());
            Aftermath.assertAtRest(server);
        }
    }

    private static String screenshot(SampleSites sites, String path) {
        return "{task: 'screenshot', params: {url: '%s'}}".formatted(sites.url(path));
    }
}

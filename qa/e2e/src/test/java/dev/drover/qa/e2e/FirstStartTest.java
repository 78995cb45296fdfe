// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.qa.sites.SampleSites;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** A server for which nothing was set, beside another one of the same checkout. */
@EndToEnd
@TestInstance(Lifecycle.PER_CLASS)
class FirstStartTest {

    private final Api other;
    private final DroverServer otherServer;
    private final SampleSites sites;
    private final Closing closing = new Closing();
    private final DroverServer server;
    private final Api api;

    FirstStartTest(Api other, DroverServer otherServer, SampleSites sites) {
        this.other = other;
        this.otherServer = otherServer;
        this.sites = sites;
        this.server = closing.later(DroverServer.startAsItComes("first-start"));
        this.api = server.api();
    }

    @AfterAll
    void stop() {
        closing.close();
    }

    @Test
    void aTokenIsMadeAndShownOnceAndKeptForItsOwnerAlone() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(server.tokenFile())))
                .isEqualTo("rw-------");
        assertThat(api.token()).hasSizeGreaterThanOrEqualTo(32);
        assertThat(api.get("/me").status()).isEqualTo(200);
        assertThat(new Api(api.server(), other.token()).get("/me").status()).isEqualTo(401);
        assertThat(Files.readAllLines(server.log()).stream().filter(line -> line.contains(api.token())))
                .hasSize(1);
    }

    @Test
    void eachServerHasProcessesDataAndJobsOfItsOwn() {
        String there = other.submit("{task: 'noop'}");

        assertThat(other.ended(there).path("status").asText()).isEqualTo("succeeded");
        assertThat(api.get("/jobs/" + there).status()).isEqualTo(404);
        assertThat(server.process().isAlive()).isTrue();
        assertThat(otherServer.process().isAlive()).isTrue();
        assertThat(server.process().pid()).isNotEqualTo(otherServer.process().pid());
    }

    @Test
    void aJobMayNotReachTheMachineItself() {
        int before = sites.visits("/article");

        assertThat(api.error("{task: 'screenshot', params: {url: '%s'}}".formatted(sites.url("/article")))
                        .path("category")
                        .asText())
                .isEqualTo("refused_address");
        assertThat(sites.visits("/article")).isEqualTo(before);
    }

    @Test
    void metricsAreForWhoHasTheAdministratorsPassword() throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(AnyCertificate.accepted()).build()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(server.https("/metrics"));
            HttpRequest login = HttpRequest.newBuilder(server.https("/metrics"))
                    .header("Authorization", basic("admin", server.adminPassword()))
                    .build();

            assertThat(client.send(request.build(), BodyHandlers.ofString()).statusCode())
                    .isEqualTo(401);
            assertThat(client.send(login, BodyHandlers.ofString()).body()).contains("drover_jobs_");
        }
        Reply open = api.send(HttpRequest.newBuilder(api.uri("//metrics")).build());
        assertThat(open.text()).doesNotContain("drover_");
        assertThat(open.status()).isNotEqualTo(200);
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}

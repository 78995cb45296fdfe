// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.qa.sites.SampleSites;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A session driven by Puppeteer, as it comes from the npm registry. */
@EndToEnd
class PuppeteerTest {

    private final Api api;
    private final SampleSites sites;

    PuppeteerTest(Api api, SampleSites sites) {
        this.api = api;
        this.sites = sites;
    }

    @Test
    void puppeteerDrivesASessionAndLeavesIt() throws Exception {
        JsonNode session = api.post("/sessions", "{}").json();
        String path = "/sessions/" + session.path("id").asText();
        try {
            JsonNode seen = drive(session, sites.url("/desk"), Map.of());

            assertThat(seen.path("title").asText()).isEqualTo("Desk, switched");
            assertThat(seen.path("said").asText()).isEqualTo("Hello Åsa");
            assertThat(seen.path("picture").asInt()).isGreaterThan(1000);
            assertThat(seen.path("pages").asInt()).isGreaterThanOrEqualTo(2);
            assertThat(api.get(path).json().path("status").asText()).isEqualTo("ready");
        } finally {
            api.delete(path);
        }
    }

    /**
     * Has Puppeteer use the desk of the sample sites in a session.
     *
     * @param environment more variables of its process
     * @return what it saw
     */
    static JsonNode drive(JsonNode session, String desk, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path installed = NodePackages.install("puppeteer");
        String said = NodePackages.run(
                installed,
                environment,
                "node",
                "drive.mjs",
                session.path("cdp_endpoint").asText(),
                desk);
        return Json.read(said.lines().toList().getLast());
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.qa.sites.SampleSites;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A session driven by Puppeteer, as it comes from the npm registry. */
@EndToEnd
class PuppeteerTest {

    private static final Path SCRIPTS = Path.of("src/test/puppeteer");
    private static final Path INSTALLED = Path.of("target/puppeteer");

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
        install();
        String said = run(
                environment, "node", "drive.mjs", session.path("cdp_endpoint").asText(), desk);
        return Json.read(said.lines().toList().getLast());
    }

    private static void install() throws IOException, InterruptedException {
        Files.createDirectories(INSTALLED);
        File[] scripts = SCRIPTS.toFile().listFiles();
        assertThat(scripts).isNotEmpty();
        for (File script : scripts) {
            if (script.isFile()) {
                Files.copy(script.toPath(), INSTALLED.resolve(script.getName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (!Files.exists(INSTALLED.resolve("node_modules"))) {
            run(Map.of(), "npm", "ci", "--no-audit", "--no-fund", "--prefer-offline");
        }
    }

    private static String run(Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("puppeteer-", ".out");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(INSTALLED.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended = process.waitFor(3, TimeUnit.MINUTES);
        process.destroyForcibly();
        String said = Files.readString(output, StandardCharsets.UTF_8);
        Files.delete(output);
        assertThat(ended && process.exitValue() == 0)
                .as(String.join(" ", command) + ": " + said)
                .isTrue();
        return said;
    }
}

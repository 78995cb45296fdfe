// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.qa.sites.SampleSites;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Windows on the display that the server itself was started on, which is nobody's session's. */
@Tag("fault")
@Tag("long")
class OwnDisplayTest {

    @Test
    void browsersHaveWindowsThereHoweverLongThePathOfTheDataFolderIs() throws Exception {
        Process x = new ProcessBuilder("Xvnc", "-displayfd", "1", "-SecurityTypes", "None", "-localhost")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (SampleSites sites = SampleSites.start(0);
                DroverServer server = DroverServer.start(
                        "own-display-" + "of-a-server-whose-data-is-far-down-".repeat(4),
                        Map.of("DISPLAY", ":" + number(x)))) {
            Api api = server.api();

            Reply session = api.post("/sessions", "{headless: false}");
            assertThat(session.status()).as(session.text()).isEqualTo(201);
            String path = "/sessions/" + session.json().path("id").asText();
            Reply gone = api.post(path + "/actions", "{action: 'goto', url: '%s'}".formatted(sites.url("/desk")));
            assertThat(gone.json().path("title").asText()).as(gone.text()).isEqualTo("Desk");
            api.delete(path);

            api.succeeded("{task: 'screenshot', browser: {headless: false}, params: {url: '%s'}}"
                    .formatted(sites.url("/article")));
        } finally {
            x.destroy();
            x.waitFor(10, TimeUnit.SECONDS);
        }
    }

    private static String number(Process x) throws IOException {
        return new BufferedReader(new InputStreamReader(x.getInputStream(), StandardCharsets.UTF_8)).readLine();
    }
}

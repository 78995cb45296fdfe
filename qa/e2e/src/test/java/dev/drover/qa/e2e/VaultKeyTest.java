// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.qa.sites.SampleSites;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A server whose key is changed, forgotten and given back. */
class VaultKeyTest {

    private static final String KEY = "DROVER_VAULT_KEY";
    private static final String OLD = "dGhlIG9sZCBrZXkgb2YgdGhpcyBzZXJ2ZXIsIDMyIGI=";
    private static final String NEW = "dGhlIG5ldyBrZXkgb2YgdGhpcyBzZXJ2ZXIsIDMyIGI=";

    @Test
    void whatAnOldKeySealedOpensOnlyWhereThatKeyIsStillGiven() throws IOException {
        try (SampleSites sites = SampleSites.start(0);
                DroverServer server = DroverServer.start("vault-key", Map.of(KEY, OLD))) {
            Api api = server.api();
            String session = api.post("/sessions", "{}").json().path("id").asText();
            String actions = "/sessions/" + session + "/actions";
            api.post(actions, "{action: 'goto', url: '%s'}".formatted(sites.url("/blank")));
            api.post(actions, "{action: 'evaluate', expression: 'document.cookie = `sid=4711; max-age=3600`'}");
            assertThat(api.post("/sessions/" + session + "/capture", "{name: 'shop'}")
                            .status())
                    .isEqualTo(201);
            String job =
                    "{task: 'content', params: {url: '%s', format: 'text'}, captured_session: 'shop', max_attempts: 3}"
                            .formatted(sites.url("/echo"));

            server.down();
            server.upWith(Map.of(KEY, NEW));

            Reply refused = api.post("/sessions", "{captured_session: 'shop'}");
            assertThat(refused.status()).as(refused.text()).isEqualTo(409);
            assertThat(refused.code()).isEqualTo("captured_session_locked");
            assertThat(refused.json().path("detail").asText())
                    .contains("'shop'", "which this server does not have", "Add that key to DROVER_VAULT_KEY");
            JsonNode failed = api.ended(api.submit(job));
            assertThat(failed.at("/error/code").asText()).isEqualTo("captured_session_locked");
            assertThat(failed.path("attempt").asInt()).isEqualTo(1);
            assertThat(api.get("/captured-sessions/shop").status()).isEqualTo(200);
            assertThat(Files.readString(server.log()))
                    .contains("DROVER8001")
                    .doesNotContain("GeneralSecurityException", OLD, NEW);

            server.down();
            server.upWith(Map.of(KEY, NEW + "," + OLD));

            assertThat(api.succeeded(job).at("/result/content").asText()).contains("sid=4711");
        }
    }
}

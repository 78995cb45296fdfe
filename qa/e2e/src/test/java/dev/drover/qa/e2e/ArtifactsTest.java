// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.qa.sites.SampleSites;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Downloads as RFC 9110 has them: ranges, entity tags. */
@EndToEnd
@TestInstance(Lifecycle.PER_CLASS)
class ArtifactsTest {

    private final Api api;
    private final SampleSites sites;
    private String path = "";
    private String sha256 = "";
    private byte[] content = {};

    ArtifactsTest(Api api, SampleSites sites) {
        this.api = api;
        this.sites = sites;
    }

    @BeforeAll
    void takeAPicture() {
        JsonNode job = api.succeeded("{task: 'screenshot', params: {url: '%s'}}".formatted(sites.url("/blank")));
        JsonNode artifact = job.path("artifacts").path(0);
        path = "/" + artifact.path("url").asText();
        sha256 = artifact.path("sha256").asText();
        content = api.get(path).body();
    }

    @Test
    void theContentIsWhatItsSizeAndDigestSay() throws Exception {
        Reply reply = api.get(path);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.mediaType()).isEqualTo("image/png");
        assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(reply.body())))
                .isEqualTo(sha256);
    }

    @Test
    void aPartIsSentAlone() {
        Reply reply = api.get(path, "Range", "bytes=1-3");

        assertThat(reply.status()).isEqualTo(206);
        assertThat(reply.header("Content-Range")).isEqualTo("bytes 1-3/" + content.length);
        assertThat(reply.text()).isEqualTo("PNG");
    }

    @Test
    void theEndIsSentAlone() {
        Reply reply = api.get(path, "Range", "bytes=-8");

        assertThat(reply.body()).isEqualTo(Arrays.copyOfRange(content, content.length - 8, content.length));
    }

    @Test
    void aPartBeyondTheEndIsRefused() {
        Reply reply = api.get(path, "Range", "bytes=" + content.length + "-");

        assertThat(reply.status()).isEqualTo(416);
        assertThat(reply.header("Content-Range")).isEqualTo("bytes */" + content.length);
        assertThat(reply.code()).isEqualTo("range_not_satisfiable");
    }

    @Test
    void whatTheCallerHasIsNotSentAgain() {
        String tag = api.get(path).header("ETag");

        Reply again = api.get(path, "If-None-Match", tag);

        assertThat(tag).isEqualTo('"' + sha256 + '"');
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void aFileThatIsNotThereIsAProblem() {
        Reply reply = api.get(path + ".bak");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.mediaType()).isEqualTo("application/problem+json");
    }
}

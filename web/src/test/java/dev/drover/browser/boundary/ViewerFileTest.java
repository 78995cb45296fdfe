// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The viewer of the driver that this build uses. */
class ViewerFileTest {

    @Test
    void theViewersPageRunsItsOwnScriptsAndNoOthers() {
        ViewerFile index = file("index.html");

        assertThat(index.contentType()).isEqualTo("text/html; charset=utf-8");
        assertThat(index.policy())
                .contains("script-src 'self' 'sha256-", "connect-src 'self' blob:;", "frame-ancestors 'self'")
                .doesNotContain("script-src 'self' 'unsafe-inline'", "'unsafe-eval'");
        assertThat(index.isImmutable()).isFalse();
    }

    @Test
    void everyFileThatThePageNamesIsServed() {
        Matcher named = Pattern.compile("(?:src|href)=\"\\./([^\"]+)\"").matcher(text(file("index.html")));
        int files = 0;
        while (named.find()) {
            ViewerFile found = file(named.group(1));
            assertThat(found.content()).isNotEmpty();
            assertThat(found.isImmutable())
                    .isEqualTo(found.name().endsWith("js") || found.name().endsWith("css"));
            files++;
        }

        assertThat(files).isGreaterThan(4);
    }

    @Test
    void theGuardComesBeforeTheServiceWorkerItGuards() {
        String worker = text(file("sw.bundle.js"));

        assertThat(worker).startsWith("// SPDX-License-Identifier");
        assertThat(worker.indexOf("FetchEvent.prototype.respondWith = ")).isLessThan(worker.indexOf("skipWaiting"));
    }

    /** What the guard of the service worker relies on: the viewer's own script comes before all of the page. */
    @Test
    void snapshotsBeginWithTheViewersScript() {
        assertThat(text(file("sw.bundle.js")))
                .contains("`<style>*,*::before,*::after { visibility: hidden }</style>`,`<script>${");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "../package.json", "assets/../index.html", "uiMode.html", "assets/", "a/b.js", "x.exe"})
    void nothingElseIsServed(String name) {
        assertThat(ViewerFile.isName(name)).isFalse();
    }

    @Test
    void whatTheViewerDoesNotHaveIsNotThere() {
        assertThat(ViewerFile.isName("nothing.js")).isTrue();
        assertThat(ViewerFile.read("nothing.js")).isEmpty();
    }

    private static ViewerFile file(String name) {
        assertThat(ViewerFile.isName(name)).as(name).isTrue();
        return ViewerFile.read(name).orElseThrow();
    }

    private static String text(ViewerFile file) {
        return new String(file.content(), StandardCharsets.UTF_8);
    }
}

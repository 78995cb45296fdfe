// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import dev.drover.qa.sites.SampleSites;
import dev.drover.task.control.ArtifactKind;
import dev.drover.task.control.BrowserForTests;
import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.FakeTaskContext;
import dev.drover.task.control.FakeTaskContext.Progress;
import dev.drover.task.control.FakeTaskContext.Ran;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BrowserForTests.class)
class ScreenshotTaskTest {

    private final SampleSites sites;
    private final Page page;

    ScreenshotTaskTest(SampleSites sites, Page page) {
        this.sites = sites;
        this.page = page;
    }

    @Test
    void aPictureIsAsLargeAsTheViewport() throws Exception {
        Ran ran = run("{url: '%s'}".formatted(sites.url("/article")));

        assertThat(ran.result().get("url").asText()).isEqualTo(sites.url("/article"));
        assertThat(ran.result().get("title").asText()).startsWith("How a lighthouse keeps time");
        BufferedImage picture = picture(ran, "screenshot.png");
        assertThat(picture.getWidth()).isEqualTo(1280);
        assertThat(picture.getHeight()).isEqualTo(720);
        assertThat(ran.file("screenshot.png").kind()).isEqualTo(ArtifactKind.SCREENSHOT);
        assertThat(ran.context().progress).extracting(Progress::stage).containsExactly("loading", "capturing");
    }

    @Test
    void aFullPageIsLongerThanTheViewportThatWasAskedFor() throws Exception {
        Ran ran =
                run("{url: '%s', full_page: true, viewport: {width: 640, height: 400}}".formatted(sites.url("/bench")));

        BufferedImage picture = picture(ran, "screenshot.png");
        assertThat(picture.getWidth()).isEqualTo(640);
        assertThat(picture.getHeight()).isGreaterThan(4000);
    }

    @Test
    void aJpegOfLowQualityIsSmall() throws Exception {
        Ran low = run("{url: '%s', format: 'jpeg', quality: 5}".formatted(sites.url("/article")));
        Ran high = run("{url: '%s', format: 'jpeg', quality: 95}".formatted(sites.url("/article")));

        assertThat(low.file("screenshot.jpg").contentType()).isEqualTo("image/jpeg");
        assertThat(low.file("screenshot.jpg").content().length)
                .isLessThan(high.file("screenshot.jpg").content().length / 2);
    }

    @Test
    void anElementIsCutOut() throws Exception {
        Ran ran = run("{url: '%s', selector: 'article img'}".formatted(sites.url("/article")));

        assertThat(picture(ran, "screenshot.png").getWidth()).isLessThanOrEqualTo(640);
    }

    @Test
    void whatComesLateIsWaitedFor() throws Exception {
        Ran ran = run("{url: '%s', wait_for: '#late li:nth-child(2)'}".formatted(sites.url("/late?ms=400")));

        assertThat(ran.result().get("title").asText()).isEqualTo("Late");
        assertThat(page.locator("#late").isVisible()).isTrue();
    }

    @Test
    void domContentLoadedDoesNotWaitForASlowPicture() throws Exception {
        long before = System.nanoTime();

        run("{url: '%s', wait_until: 'domcontentloaded'}".formatted(sites.url("/slow-picture?ms=15000")));

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(14));
    }

    @Test
    void aStatusOf400OrMoreFails() throws Exception {
        Ran ran = run("{url: '%s'}".formatted(sites.url("/status/404")));

        assertThat(ran.failure().category()).isEqualTo(ErrorCategory.HTTP_STATUS);
        assertThat(ran.failure().code()).isEqualTo("http_404");
        assertThat(ran.failure()).hasMessageContaining(sites.url("/status/404"));
    }

    @Test
    void anElementThatNeverComesIsNamed() throws Exception {
        Ran ran = run(Duration.ofSeconds(4), "{url: '%s', wait_for: '#nowhere'}".formatted(sites.url("/article")));

        assertThat(ran.failure().category()).isEqualTo(ErrorCategory.MISSING_SELECTOR);
        assertThat(ran.failure()).hasMessageContaining("'#nowhere'");
    }

    @Test
    void aSelectorThatDoesNotParseIsInvalidInput() throws Exception {
        Ran ran = run("{url: '%s', selector: 'div[['}".formatted(sites.url("/article")));

        assertThat(ran.failure().category()).isEqualTo(ErrorCategory.INVALID_INPUT);
        assertThat(ran.failure().code()).isEqualTo("bad_selector");
    }

    @Test
    void aPageThatDoesNotAnswerInTimeFails() throws Exception {
        Ran ran = run(Duration.ofSeconds(1), "{url: '%s'}".formatted(sites.url("/slow?ms=5000")));

        assertThat(ran.failure().category()).isEqualTo(ErrorCategory.TIMEOUT);
        assertThat(ran.failure()).hasMessageContaining("/slow?ms=5000");
    }

    @Test
    void aDownloadIsNoPage() throws Exception {
        Ran ran = run("{url: '%s'}".formatted(sites.url("/download?kb=10")));

        assertThat(ran.failure().category()).isEqualTo(ErrorCategory.INVALID_INPUT);
        assertThat(ran.failure().code()).isEqualTo("not_a_page");
    }

    @Test
    void whatTheBrowserRefusesIsLeftToTheServerToName() {
        assertThatThrownBy(() -> run("{url: '%s'}".formatted(sites.url("/redirect/loop"))))
                .isInstanceOf(PlaywrightException.class)
                .hasMessageContaining("ERR_TOO_MANY_REDIRECTS");
    }

    private Ran run(String params) throws InterruptedException {
        return run(Duration.ofSeconds(20), params);
    }

    private Ran run(Duration time, String params) throws InterruptedException {
        return FakeTaskContext.run(new ScreenshotTask(), page, time, params);
    }

    private static BufferedImage picture(Ran ran, String name) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(ran.file(name).content()));
    }
}

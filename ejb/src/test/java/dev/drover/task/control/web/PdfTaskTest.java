// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.drover.qa.sites.SampleSites;
import dev.drover.task.control.ArtifactKind;
import dev.drover.task.control.BrowserForTests;
import dev.drover.task.control.FakeTaskContext;
import dev.drover.task.control.FakeTaskContext.Ran;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BrowserForTests.class)
class PdfTaskTest {

    private static final Pattern MEDIA_BOX = Pattern.compile("/MediaBox \\[0 0 ([\\d.]+) ([\\d.]+)]");

    private final SampleSites sites;
    private final Page page;

    PdfTaskTest(SampleSites sites, Page page) {
        this.sites = sites;
        this.page = page;
    }

    @Test
    void aPageIsPrintedOnA4() throws Exception {
        Ran ran = run("{url: '%s'}".formatted(sites.url("/article")));

        assertThat(ran.result().get("title").asText()).startsWith("How a lighthouse");
        assertThat(ran.file("page.pdf").kind()).isEqualTo(ArtifactKind.PDF);
        assertThat(ran.file("page.pdf").contentType()).isEqualTo("application/pdf");
        assertThat(size(ran)).isIn("595x842", "596x843");
    }

    @Test
    void paperAndDirectionAreAsAsked() throws Exception {
        assertThat(size(run("{url: '%s', format: 'Letter', landscape: true}".formatted(sites.url("/article")))))
                .isEqualTo("792x612");
    }

    @Test
    void marginsAndBackgroundsChangeThePrint() throws Exception {
        Ran plain = run("{url: '%s'}".formatted(sites.url("/article")));
        Ran changed = run("{url: '%s', print_background: true, margin: {top: '60mm', bottom: '60mm', left: '20mm'}}"
                .formatted(sites.url("/article")));

        assertThat(pages(changed)).isGreaterThan(pages(plain));
    }

    @Test
    void aStatusOf400OrMoreFails() throws Exception {
        assertThat(run("{url: '%s'}".formatted(sites.url("/status/500")))
                        .failure()
                        .code())
                .isEqualTo("http_500");
    }

    private Ran run(String params) throws InterruptedException {
        return FakeTaskContext.run(new PdfTask(), page, Duration.ofSeconds(30), params);
    }

    private static String size(Ran ran) {
        Matcher box = MEDIA_BOX.matcher(text(ran));
        assertThat(box.find()).isTrue();
        return Math.round(Double.parseDouble(box.group(1))) + "x" + Math.round(Double.parseDouble(box.group(2)));
    }

    private static long pages(Ran ran) {
        return MEDIA_BOX.matcher(text(ran)).results().count();
    }

    private static String text(Ran ran) {
        String text = new String(ran.file("page.pdf").content(), StandardCharsets.ISO_8859_1);
        assertThat(text).startsWith("%PDF-");
        return text;
    }
}

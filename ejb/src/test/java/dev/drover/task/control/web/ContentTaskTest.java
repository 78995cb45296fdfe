// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.drover.qa.sites.SampleSites;
import dev.drover.task.control.BrowserForTests;
import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.FakeTaskContext;
import dev.drover.task.control.FakeTaskContext.Ran;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BrowserForTests.class)
class ContentTaskTest {

    private final SampleSites sites;
    private final Page page;

    ContentTaskTest(SampleSites sites, Page page) {
        this.sites = sites;
        this.page = page;
    }

    @Test
    void anArticleIsMarkdownWithoutWhatSurroundsIt() throws Exception {
        String markdown = content("{url: '%s'}".formatted(sites.url("/article")));

        assertThat(markdown).startsWith("# How a lighthouse keeps time\n");
        assertThat(markdown)
                .contains("## The character of a light")
                .contains("by a *falling weight*")
                .contains("[List of Lights](https://example.org/list-of-lights)")
                .contains("[character](" + sites.url("/glossary#character") + ")")
                .contains("[Lenses](" + sites.url("/more/lenses.html") + ")")
                .contains("![A harbour at dusk](" + sites.url("/harbour.jpg") + ")")
                .contains("| Light | Character | Range (nm) |\n| --- | --- | ---: |\n| Grey Point | Fl(3) W 15s | 22 |")
                .contains("| North Mole \\| inner |")
                .contains("2. Trim the wick, then:\n   - clean the chimney,\n   - check the *oil*.\n3. Time")
                .contains("```python\ndef hours(height_m, drum_m, turns_per_hour):\n    # one turn")
                .contains("> A minute's error at dusk is a mile's error at dawn.")
                .contains("~~60~~ 40 watts.  \nThe governor");
        assertThat(markdown)
                .doesNotContain(
                        "Subscribe", "Most read", "Advertisement", "cookies", "Imprint", "gazette", "position: fixed");
    }

    @Test
    void textHasNoMarks() throws Exception {
        String text = content("{url: '%s', format: 'text'}".formatted(sites.url("/article")));

        assertThat(text)
                .startsWith("How a lighthouse keeps time\n")
                .contains("Grey Point\tFl(3) W 15s\t22\n")
                .contains("    # one turn of the drum")
                .doesNotContain("**", "](", "Most read");
    }

    @Test
    void htmlIsTheWholePageAsTheBrowserHoldsIt() throws Exception {
        String html = content("{url: '%s', format: 'html'}".formatted(sites.url("/echo")));

        assertThat(html).startsWith("<!DOCTYPE html>").contains("<td id=\"size\">1280x720</td>");
    }

    @Test
    void aSelectorNamesThePartThatIsWanted() throws Exception {
        assertThat(content("{url: '%s', selector: 'aside ul'}".formatted(sites.url("/article"))))
                .isEqualTo(
                        "- [Herring prices fall again](%s)\n- [New ferry, old captain](%s)\n- [Storm warning for the weekend](%s)\n"
                                .formatted(sites.url("/a/1"), sites.url("/a/2"), sites.url("/a/3")));
        assertThat(content("{url: '%s', selector: '.byline time', format: 'html'}".formatted(sites.url("/article"))))
                .isEqualTo("<time datetime=\"2026-03-14\">14 March 2026</time>");
    }

    @Test
    void whatIsNotShownIsLeftOut() throws Exception {
        String markdown = content("{url: '%s', selector: 'aside'}".formatted(sites.url("/shop?late=5000")));

        assertThat(markdown).contains("Loading…");
        assertThat(content("{url: '%s'}".formatted(sites.url("/shop"))))
                .contains("Storm lantern")
                .contains("Hemp rope");
    }

    @Test
    void aPageWithNothingMarkedIsStillRead() throws Exception {
        assertThat(content("{url: '%s'}".formatted(sites.url("/blank")))).isEqualTo("Blank.\n");
    }

    @Test
    void theResultSaysWhatItIs() throws Exception {
        Ran ran = run("{url: '%s'}".formatted(sites.url("/redirect?to=/sites/article")));

        assertThat(ran.result().get("url").asText()).isEqualTo(sites.url("/article"));
        assertThat(ran.result().get("title").asText()).startsWith("How a lighthouse");
        assertThat(ran.result().get("format").asText()).isEqualTo("markdown");
    }

    @Test
    void anElementThatIsMissingIsNamed() throws Exception {
        Ran ran = FakeTaskContext.run(
                new ContentTask(),
                page,
                Duration.ofSeconds(4),
                "{url: '%s', selector: '#nowhere'}".formatted(sites.url("/article")));

        assertThat(ran.failure().category()).isEqualTo(ErrorCategory.MISSING_SELECTOR);
        assertThat(ran.failure()).hasMessageContaining("'#nowhere'");
    }

    @Test
    void aPageThatIsTooLargeForAResultIsRefused() throws Exception {
        Ran ran = run("{url: '%s', format: 'html'}".formatted(sites.url("/huge?mb=11")));

        assertThat(ran.failure().category()).isEqualTo(ErrorCategory.TOO_LARGE);
    }

    @Test
    void aStatusOf400OrMoreFails() throws Exception {
        assertThat(run("{url: '%s'}".formatted(sites.url("/status/503")))
                        .failure()
                        .code())
                .isEqualTo("http_503");
    }

    private String content(String params) throws InterruptedException {
        return run(params).result().get("content").asText();
    }

    private Ran run(String params) throws InterruptedException {
        return FakeTaskContext.run(new ContentTask(), page, Duration.ofSeconds(30), params);
    }
}

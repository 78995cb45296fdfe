// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

class MainContentTest {

    private static final String TEXT = "The keeper wound the weight, trimmed the wick, and wrote the log. ".repeat(4);

    @Test
    void markedMainContentIsBelieved() {
        assertThat(text("<div>before</div><main><p>wanted</p></main><div>after</div>"))
                .isEqualTo("wanted");
        assertThat(text("<div>before</div><div role=main>wanted</div>")).isEqualTo("wanted");
    }

    @Test
    void theOneLongArticleInMainIsMeant() {
        assertThat(text("<main><p>tags</p><article>" + TEXT + "</article><article>teaser</article></main>"))
                .isEqualTo(TEXT.strip());
    }

    @Test
    void manyArticlesAreAllMeant() {
        assertThat(text("<main><article>one</article><article>two</article></main>"))
                .isEqualTo("one two");
    }

    @Test
    void densityFindsContentThatNothingMarks() {
        String links = "<li><a href=x>A link with many words, commas, and so on</a></li>".repeat(20);

        assertThat(text("<div class=menu><ul>" + links + "</ul></div><div class=c7><p>" + TEXT + "</p><p>" + TEXT
                        + "</p></div><div>small print</div>"))
                .isEqualTo((TEXT + TEXT).strip());
    }

    @Test
    void noiseInsideIsTakenOut() {
        assertThat(text("<article><p>" + TEXT + "</p><div class='social share-bar'>tweet</div><nav>next</nav>"
                        + "<form><label>mail</label><input></form><div id=related-posts>more</div></article>"))
                .isEqualTo(TEXT.strip());
    }

    @Test
    void aFormAroundThePageIsNoNoise() {
        assertThat(text("<form><div class=x><p>" + TEXT + "</p><p>" + TEXT + "</p></div></form>"))
                .contains("keeper");
    }

    @Test
    void scriptsAndStylesAreNeverText() {
        assertThat(
                        text(
                                "<main>a<script>b</script><style>c</style><noscript>d</noscript><svg><text>e</text></svg></main>"))
                .isEqualTo("a");
    }

    private static String text(String html) {
        return MainContent.of(Jsoup.parse(html)).text();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

class MarkdownTest {

    @Test
    void headingsAndParagraphsAreSetApart() {
        assertThat(markdown("<h1>A</h1><p>one\n  two</p><h3>B</h3>three"))
                .isEqualTo("# A\n\none two\n\n### B\n\nthree\n");
    }

    @Test
    void emphasisTouchesItsWords() {
        assertThat(markdown("<p>a<b> bold </b>b, <em>c</em>, <del>d</del>, <strong></strong>e</p>"))
                .isEqualTo("a **bold** b, *c*, ~~d~~, e\n");
    }

    @Test
    void linksAndImagesAreAbsolute() {
        assertThat(
                        markdown(
                                "<p><a href='/x?a=(1)'>one</a> <a href='javascript:x()'>two</a> <img src='p.png' alt='a [b]'></p>"))
                .isEqualTo("[one](https://example.com/x?a=%281%29) two ![a \\[b\\]](https://example.com/dir/p.png)\n");
    }

    @Test
    void aLinkAroundBlocksLinksEachOfThem() {
        assertThat(markdown("<a href='/x'><h2>Title</h2><p>Text</p></a>"))
                .isEqualTo("## [Title](https://example.com/x)\n\n[Text](https://example.com/x)\n");
    }

    @Test
    void listsNestAndCount() {
        assertThat(markdown("<ol start=3><li>a<ul><li>b</li><li>c<ul><li>d</li></ul></li></ul></li><li>e</li></ol>"))
                .isEqualTo("3. a\n   - b\n   - c\n     - d\n4. e\n");
    }

    @Test
    void anItemOfSeveralParagraphsIsIndented() {
        assertThat(markdown("<ul><li><p>a</p><p>b</p></li><li>c</li></ul>")).isEqualTo("- a\n\n  b\n\n- c\n");
    }

    @Test
    void codeKeepsItsLinesAndItsLanguage() {
        assertThat(markdown("<pre><code class='hljs language-java'>if (a &lt; b)\n    *c*;\n</code></pre>"))
                .isEqualTo("```java\nif (a < b)\n    *c*;\n```\n");
        assertThat(markdown("<p>Use <code>a_b*c</code> and <code>x`y</code></p>"))
                .isEqualTo("Use `a_b*c` and ``x`y``\n");
    }

    @Test
    void tablesKeepHeaderAlignmentAndPipes() {
        assertThat(markdown("""
                <table><caption>T</caption><thead><tr><th>a</th><th align=right>b</th></tr></thead>
                <tr><td>x|y</td><td>1<br>2</td></tr><tr><td colspan=2>z</td></tr></table>""")).isEqualTo("**T**\n\n| a | b |\n| --- | ---: |\n| x\\|y | 1<br>2 |\n| z |  |\n");
    }

    @Test
    void aTableWithoutHeaderGetsAnEmptyOne() {
        assertThat(markdown("<table><tr><td>a</td><td>b</td></tr></table>"))
                .isEqualTo("|   |   |\n| --- | --- |\n| a | b |\n");
    }

    @Test
    void aLayoutTableIsItsContent() {
        assertThat(markdown("<table><tr><td><h2>A</h2></td><td><ul><li>b</li></ul></td></tr></table>"))
                .isEqualTo("## A\n\n- b\n");
    }

    @Test
    void quotationsNest() {
        assertThat(markdown("<blockquote><p>a</p><blockquote>b</blockquote></blockquote>"))
                .isEqualTo("> a\n>\n> > b\n");
    }

    @Test
    void definitionsFiguresAndRulesAreKept() {
        assertThat(
                        markdown(
                                "<dl><dt>a</dt><dd>b</dd></dl><hr><figure><img src='/p.png' alt='P'><figcaption>c</figcaption></figure>"))
                .isEqualTo("**a**\n\n: b\n\n---\n\n![P](https://example.com/p.png)\n\n*c*\n");
    }

    @Test
    void whatLooksLikeMarkdownIsEscaped() {
        assertThat(markdown("<p># no heading</p><p>1. no list</p><p>- none</p><p>a*b [c] snake_case _d_ \\ &lt;b></p>"))
                .isEqualTo(
                        "\\# no heading\n\n1\\. no list\n\n\\- none\n\na\\*b \\[c\\] snake_case \\_d\\_ \\\\ \\<b>\n");
    }

    @Test
    void lineBreaksStay() {
        assertThat(markdown("<p>a<br>b <br/> c</p>")).isEqualTo("a  \nb  \nc\n");
    }

    @Test
    void textWithoutMarksKeepsLinesAndCells() {
        assertThat(PlainText.of(Jsoup.parse(
                                "<h1>A</h1><p>b <a href=x>c</a><br>d</p><ul><li>e</li><li>f</li></ul><table><tr><td>1</td><td>2</td></tr></table><pre>x\n  y</pre>")
                        .body()))
                .isEqualTo("A\n\nb c\nd\n\ne\nf\n\n1\t2\n\nx\n  y\n");
    }

    private static String markdown(String html) {
        return Markdown.of(Jsoup.parse(html, "https://example.com/dir/page").body());
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.web;

import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/** Writes what stands inside a line: text, links, images, emphasis and code. */
final class MarkdownInline {

    private static final Pattern WHITE_SPACE = Pattern.compile("[\\s\\u00a0]+");
    private static final Pattern SPECIAL =
            Pattern.compile("[\\\\`*\\[\\]]|(?<![\\p{L}\\p{N}])_|_(?![\\p{L}\\p{N}])|<(?=[A-Za-z/!?])");
    private static final Pattern BLOCK_START = Pattern.compile("^(#{1,6}\\s|>|[-+]\\s|=+$|-{3,}$)");
    private static final Pattern ORDERED_START = Pattern.compile("^(\\d{1,9})([.)]\\s)");

    private final StringBuilder out = new StringBuilder();

    /** The nodes as one run of text, without space at its ends. */
    static String of(Iterable<? extends Node> nodes) {
        MarkdownInline inline = new MarkdownInline();
        nodes.forEach(inline::write);
        return inline.finished();
    }

    /** Escapes what would start a block if it stood at the beginning of a paragraph. */
    static String safeStart(String line) {
        String ordered = ORDERED_START.matcher(line).replaceFirst("$1\\\\$2");
        return BLOCK_START.matcher(ordered).find() ? "\\" + ordered : ordered;
    }

    private String finished() {
        return out.toString()
                .replaceAll(" *\n *", "\n")
                .replaceAll("(?<!^)\n(?!$)", "  \n")
                .strip();
    }

    private void write(Node node) {
        if (node instanceof TextNode text) {
            append(SPECIAL.matcher(WHITE_SPACE.matcher(text.getWholeText()).replaceAll(" "))
                    .replaceAll("\\\\$0"));
        } else if (node instanceof Element element) {
            switch (element.normalName()) {
                case "br" -> out.append('\n');
                case "img" -> append(image(element));
                case "a" -> append(link(element, of(element.childNodes())));
                case "strong", "b" -> wrap(element, "**");
                case "em", "i", "cite", "var", "dfn" -> wrap(element, "*");
                case "del", "s", "strike" -> wrap(element, "~~");
                case "code", "kbd", "samp", "tt" -> append(code(element.text()));
                case "q" -> append("“" + of(element.childNodes()) + "”");
                default -> element.childNodes().forEach(this::write);
            }
        }
    }

    /** Appends with at most one space where two meet. */
    private void append(String text) {
        boolean spaceBefore = out.isEmpty() || Character.isWhitespace(out.charAt(out.length() - 1));
        out.append(spaceBefore ? text.stripLeading() : text);
    }

    private void wrap(Element element, String mark) {
        String text = element.wholeText();
        String inside = of(element.childNodes());
        if (inside.isEmpty()) {
            append(text.isEmpty() ? "" : " ");
            return;
        }
        // A mark must touch its word, so the space moves outside.
        append(Character.isWhitespace(text.charAt(0)) ? " " : "");
        append(mark + inside + mark);
        append(Character.isWhitespace(text.charAt(text.length() - 1)) ? " " : "");
    }

    static String link(Element anchor, String text) {
        String href = anchor.absUrl("href");
        boolean leadsSomewhere = href.startsWith("http:")
                || href.startsWith("https:")
                || href.startsWith("mailto:")
                || href.startsWith("tel:");
        return leadsSomewhere && !text.isEmpty()
                ? "[" + text.replace('\n', ' ') + "](" + destination(href) + ")"
                : text;
    }

    private static String image(Element image) {
        String source = image.absUrl("src");
        if (!source.startsWith("http")) {
            source = image.absUrl("data-src");
        }
        String alt = WHITE_SPACE.matcher(image.attr("alt")).replaceAll(" ").strip();
        if (!source.startsWith("http")) {
            return "";
        }
        return "![" + SPECIAL.matcher(alt).replaceAll("\\\\$0") + "](" + destination(source) + ")";
    }

    private static String destination(String url) {
        return url.replace("(", "%28").replace(")", "%29").replace(" ", "%20");
    }

    static String code(String text) {
        String fence = text.contains("`") ? "``" : "`";
        String pad = text.startsWith("`") || text.endsWith("`") ? " " : "";
        return text.isBlank() ? "" : fence + pad + text + pad + fence;
    }
}

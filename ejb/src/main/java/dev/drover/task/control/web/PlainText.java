// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.web;

import java.util.List;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/** Writes HTML as text: a line for each list item and table row, a blank line between paragraphs, no marks. */
final class PlainText implements NodeVisitor {

    private static final Set<String> PARAGRAPHS = Set.of(
            "article",
            "aside",
            "blockquote",
            "div",
            "dl",
            "figure",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "main",
            "ol",
            "p",
            "pre",
            "section",
            "table",
            "ul");
    private static final Set<String> LINES = Set.of("br", "dd", "dt", "figcaption", "hr", "li", "summary", "tr");
    private static final Set<String> CELLS = Set.of("td", "th");

    private final StringBuilder out = new StringBuilder();

    private PlainText() {}

    static String of(Element element) {
        PlainText text = new PlainText();
        element.traverse(text);
        List<String> lines =
                text.out.toString().lines().map(String::stripTrailing).toList();
        return String.join("\n", lines).replaceAll("\n{3,}", "\n\n").strip() + "\n";
    }

    @Override
    public void head(Node node, int depth) {
        if (node instanceof TextNode text) {
            Element parent = text.parent();
            boolean preformatted = parent != null && parent.closest("pre") != null;
            append(preformatted ? text.getWholeText() : text.getWholeText().replaceAll("\\s+", " "), preformatted);
        } else {
            breakFor(node);
        }
    }

    @Override
    public void tail(Node node, int depth) {
        if (CELLS.contains(node.normalName())) {
            out.append('\t');
        } else {
            breakFor(node);
        }
    }

    private void append(String text, boolean preformatted) {
        boolean spaceBefore = out.isEmpty() || Character.isWhitespace(out.charAt(out.length() - 1));
        out.append(spaceBefore && !preformatted ? text.stripLeading() : text);
    }

    private void breakFor(Node node) {
        if (PARAGRAPHS.contains(node.normalName())) {
            out.append("\n\n");
        } else if (LINES.contains(node.normalName()) && !out.isEmpty() && out.charAt(out.length() - 1) != '\n') {
            out.append('\n');
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/**
 * Writes HTML as Markdown (CommonMark with the tables and the strike-through of GitHub): headings, paragraphs, lists,
 * quotations, code, tables, images and links with their absolute addresses.
 */
final class Markdown {

    private static final Set<String> BLOCKS = Set.of(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "center",
            "dd",
            "details",
            "div",
            "dl",
            "dt",
            "fieldset",
            "figcaption",
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
            "hgroup",
            "hr",
            "li",
            "main",
            "nav",
            "ol",
            "p",
            "pre",
            "section",
            "summary",
            "table",
            "tbody",
            "td",
            "tfoot",
            "th",
            "thead",
            "tr",
            "ul");
    private static final Pattern LANGUAGE =
            Pattern.compile("(?:^|\\s)(?:language|lang|highlight-source|brush:)-?\\s*([\\w+#-]+)");

    private final List<String> blocks = new ArrayList<>();
    private final List<Node> line = new ArrayList<>();

    /** The link that everything here is part of, where a link holds whole blocks. */
    private final @Nullable Element link;

    private Markdown(@Nullable Element link) {
        this.link = link;
    }

    static String of(Element element) {
        return String.join("\n\n", blocks(element, null)) + "\n";
    }

    private static List<String> blocks(Element parent, @Nullable Element link) {
        Markdown markdown = new Markdown(link);
        if (isBlock(parent) && !isContainer(parent)) {
            markdown.block(parent);
        } else {
            markdown.children(parent);
        }
        markdown.endLine();
        return markdown.blocks;
    }

    private void children(Element parent) {
        for (Node node : parent.childNodes()) {
            if (node instanceof Element element && isBlock(element)) {
                endLine();
                block(element);
            } else if (node instanceof Element element && holdsBlocks(element)) {
                endLine();
                Markdown inside = new Markdown(element.normalName().equals("a") ? element : link);
                inside.children(element);
                inside.endLine();
                blocks.addAll(inside.blocks);
            } else if (node instanceof Element || node instanceof TextNode) {
                line.add(node);
            }
        }
        endLine();
    }

    private void block(Element element) {
        switch (element.normalName()) {
            case "h1", "h2", "h3", "h4", "h5", "h6" -> heading(element);
            case "p", "dt", "summary" -> paragraph(element);
            case "pre" -> add(codeBlock(element));
            case "hr" -> add("---");
            case "blockquote" -> add(prefixed(String.join("\n\n", inside(element)), "> ", "> "));
            case "ul", "ol" -> add(list(element));
            case "dd" -> add(prefixed(String.join("\n\n", inside(element)), ": ", "  "));
            case "table" -> table(element);
            case "figcaption" -> add(emphasised(linked(MarkdownInline.of(element.childNodes()))));
            default -> children(element);
        }
    }

    private void heading(Element heading) {
        String text = linked(MarkdownInline.of(heading.childNodes()).replace("  \n", " "));
        if (!text.isEmpty()) {
            add("#".repeat(heading.normalName().charAt(1) - '0') + " " + text);
        }
    }

    private void paragraph(Element paragraph) {
        if (paragraph.normalName().equals("p")) {
            children(paragraph);
        } else {
            String text = MarkdownInline.of(paragraph.childNodes());
            add(text.isEmpty() ? "" : "**" + text + "**");
        }
    }

    private void table(Element table) {
        Optional<String> written = MarkdownTable.of(table);
        if (written.isPresent()) {
            add(written.get());
        } else {
            children(table);
        }
    }

    private String list(Element list) {
        boolean ordered = list.normalName().equals("ol");
        int number = list.attr("start").matches("\\d{1,8}") ? Integer.parseInt(list.attr("start")) : 1;
        List<String> items = new ArrayList<>();
        boolean loose = false;
        for (Element item : list.children()) {
            List<String> content = item.normalName().equals("li") ? inside(item) : blocks(item, link);
            if (!content.isEmpty()) {
                String marker = ordered ? number++ + ". " : "- ";
                boolean manyParagraphs = content.size() > 1 && !isList(content.get(1));
                loose |= manyParagraphs;
                items.add(prefixed(
                        String.join(manyParagraphs ? "\n\n" : "\n", content), marker, " ".repeat(marker.length())));
            }
        }
        return String.join(loose ? "\n\n" : "\n", items);
    }

    private List<String> inside(Element element) {
        Markdown inside = new Markdown(link);
        inside.children(element);
        return inside.blocks;
    }

    private static boolean isList(String block) {
        return block.startsWith("- ") || block.matches("(?s)\\d+\\. .*");
    }

    private static String codeBlock(Element pre) {
        String code = pre.wholeText().replaceAll("^\\n|\\s+$", "");
        String fence = code.contains("```") ? "````" : "```";
        return fence + language(pre) + "\n" + code + "\n" + fence;
    }

    private static String language(Element pre) {
        Element code = pre.selectFirst("code");
        Element parent = pre.parent();
        String classes = pre.className() + " " + (code == null ? "" : code.className()) + " "
                + (parent == null ? "" : parent.className());
        Matcher language = LANGUAGE.matcher(classes);
        return language.find() ? language.group(1) : "";
    }

    private void endLine() {
        String text = MarkdownInline.of(line);
        line.clear();
        if (!text.isEmpty()) {
            add(MarkdownInline.safeStart(linked(text)));
        }
    }

    private void add(String block) {
        if (!block.isBlank()) {
            blocks.add(block);
        }
    }

    private String linked(String text) {
        return link == null ? text : MarkdownInline.link(link, text);
    }

    private static String emphasised(String text) {
        return text.isEmpty() || text.contains("*") ? text : "*" + text + "*";
    }

    private static String prefixed(String text, String first, String next) {
        String prefixed = first + text.replace("\n", "\n" + next);
        return text.isBlank() ? "" : prefixed.replaceAll("(?m)^(>?) +$", "$1");
    }

    private static boolean isBlock(Element element) {
        return BLOCKS.contains(element.normalName());
    }

    private static boolean isContainer(Element element) {
        return Set.of("body", "main", "article", "section", "div").contains(element.normalName());
    }

    private static boolean holdsBlocks(Element element) {
        return element.getAllElements().stream().skip(1).anyMatch(Markdown::isBlock);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jsoup.nodes.Element;

/** Writes a table of data as a GitHub-flavoured table. */
final class MarkdownTable {

    private static final String BLOCKS = "p + p, ul, ol, pre, h1, h2, h3, h4, h5, h6, blockquote, table";

    private MarkdownTable() {}

    /** The table, or nothing where it holds no data but the layout of a page, which no table of text can show. */
    static Optional<String> of(Element table) {
        List<Element> rows = table.select("tr").stream()
                .filter(row -> table.equals(row.closest("table")))
                .toList();
        int columns = rows.stream().mapToInt(MarkdownTable::width).max().orElse(0);
        String role = table.attr("role");
        boolean layout = role.equals("presentation")
                || role.equals("none")
                || columns < 2
                || rows.stream().anyMatch(row -> !row.select(BLOCKS).isEmpty());
        if (layout) {
            return Optional.empty();
        }
        boolean headed = rows.getFirst().children().stream()
                        .allMatch(cell -> cell.normalName().equals("th"))
                || rows.getFirst().closest("thead") != null;
        List<String> lines = new ArrayList<>();
        lines.add(headed ? line(rows.getFirst(), columns) : "|" + "   |".repeat(columns));
        lines.add(IntStream.range(0, columns)
                .mapToObj(column -> rule(rows, column))
                .collect(Collectors.joining(" | ", "| ", " |")));
        rows.stream().skip(headed ? 1 : 0).forEach(row -> lines.add(line(row, columns)));
        Element caption = table.selectFirst("caption");
        String title = caption == null ? "" : "**" + MarkdownInline.of(caption.childNodes()) + "**\n\n";
        return Optional.of(title + String.join("\n", lines));
    }

    private static String line(Element row, int columns) {
        List<String> cells = new ArrayList<>();
        for (Element cell : cells(row)) {
            cells.add(MarkdownInline.of(cell.childNodes()).replace("|", "\\|").replaceAll("\\s*\n", "<br>"));
            for (int i = 1; i < span(cell); i++) {
                cells.add("");
            }
        }
        while (cells.size() < columns) {
            cells.add("");
        }
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static String rule(List<Element> rows, int column) {
        String alignment = rows.stream()
                .map(MarkdownTable::cells)
                .filter(cells -> cells.size() > column)
                .map(cells -> alignment(cells.get(column)))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
        return switch (alignment) {
            case "right" -> "---:";
            case "center" -> ":---:";
            default -> "---";
        };
    }

    private static String alignment(Element cell) {
        String style = cell.attr("style").replace(" ", "").toLowerCase(java.util.Locale.ROOT);
        for (String side : List.of("right", "center")) {
            if (style.contains("text-align:" + side) || cell.attr("align").equalsIgnoreCase(side)) {
                return side;
            }
        }
        return "";
    }

    private static List<Element> cells(Element row) {
        return row.children().stream()
                .filter(cell ->
                        cell.normalName().equals("td") || cell.normalName().equals("th"))
                .toList();
    }

    private static int width(Element row) {
        return cells(row).stream().mapToInt(MarkdownTable::span).sum();
    }

    private static int span(Element cell) {
        String span = cell.attr("colspan");
        return span.matches("[1-9]\\d?") ? Integer.parseInt(span) : 1;
    }
}

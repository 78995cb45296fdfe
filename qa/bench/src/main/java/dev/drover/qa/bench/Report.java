// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Writes the figures down: a table for the terminal, and the page of the documentation. */
final class Report {

    private Report() {}

    static String terminal(List<Figure> figures) {
        StringBuilder text = new StringBuilder();
        for (Figure figure : figures) {
            text.append("\n  ")
                    .append(figure.work())
                    .append("\n      Drover    ")
                    .append(figure.drover());
            if (!figure.raw().isEmpty()) {
                text.append("\n      raw       ").append(figure.raw());
            }
            if (!figure.ratio().isEmpty()) {
                text.append("\n      ratio     ").append(figure.ratio());
            }
            if (!figure.toReach().isEmpty()) {
                text.append("\n      to reach  ").append(figure.toReach());
            }
            figure.notes().forEach(note -> text.append("\n      ").append(note));
        }
        return text.append('\n').toString();
    }

    /** @param notes a file in someone's own words that goes into the page, if it is there */
    static void write(Path page, Path notes, Results results) throws IOException {
        StringBuilder text = new StringBuilder("""
                <!-- Written by ./drover bench. What people have to say about the figures is in performance-notes.md, which
                     is taken over into this page; edit that. -->
                # Performance

                What Drover costs, against the raw thing in the same run on the same machine.

                """);
        heading(text, results);
        table(text, results);
        remarks(text, results);
        if (Files.exists(notes)) {
            text.append('\n').append(Files.readString(notes).strip()).append('\n');
        }
        text.append("\n## How each is measured\n\n");
        results.rows().forEach((name, row) -> text.append("- **")
                .append(name)
                .append("**: ")
                .append(row.method())
                .append('\n'));
        Files.createDirectories(page.getParent());
        Files.writeString(page, text);
    }

    private static void heading(StringBuilder text, Results results) {
        Set<String> machines = new LinkedHashSet<>();
        Set<String> commits = new LinkedHashSet<>();
        results.rows().values().forEach(row -> {
            machines.addAll(row.machine());
            commits.add("%s on %s".formatted(row.commit(), row.at().substring(0, 10)));
        });
        text.append("- Repeat it: `./drover bench` (all rows, some forty minutes), `./drover bench --quick` (two or"
                + " three minutes), `./drover bench warm noop` (some rows), `--profile` to see where the time goes\n");
        text.append("- Commit: ").append(String.join("; ", commits)).append('\n');
        text.append("- Machine: ").append(String.join("; ", machines)).append('\n');
        text.append("""
                - A figure is the median, with the tenth and ninetieth percentile behind it. The ratio is that of the medians.
                - Machines are noisy, shared and virtual ones most of all: absolute figures differ from run to run by a tenth
                  and more. Compare what was measured in one run, and run it again before you believe a difference.

                """);
    }

    private static void table(StringBuilder text, Results results) {
        text.append("| work | Drover | raw, same run | ratio | to reach |\n|---|---|---|---|---|\n");
        results.rows().values().forEach(row -> row.figures().forEach(figure -> text.append("| ")
                .append(String.join(
                        " | ",
                        figure.work() + (row.quick() ? " (short run)" : ""),
                        figure.drover(),
                        figure.raw(),
                        figure.ratio(),
                        figure.toReach()))
                .append(" |\n")));
    }

    private static void remarks(StringBuilder text, Results results) {
        List<String> remarks = new ArrayList<>();
        results.rows().values().forEach(row -> row.figures()
                .forEach(figure -> figure.notes().forEach(note -> remarks.add("- " + figure.work() + ": " + note))));
        if (!remarks.isEmpty()) {
            text.append('\n').append(String.join("\n", remarks)).append('\n');
        }
    }
}

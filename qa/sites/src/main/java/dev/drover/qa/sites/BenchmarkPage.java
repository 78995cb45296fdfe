// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.sites;

import java.util.Random;

/** A page of ordinary weight, the same at every start: about 50 KB of HTML, a stylesheet and a picture. */
final class BenchmarkPage {

    private static final String[] WORDS =
            ("harbour tide rope anchor lantern keeper signal weather chart compass ferry cargo wharf sail mast current "
                            + "shoal beacon buoy pilot crew voyage storm calm north south island passage engine ledger")
                    .split(" ");

    private static final int SECTIONS = 55;
    private static final int ROWS = 120;

    private BenchmarkPage() {}

    static String html() {
        Random random = new Random(1923);
        StringBuilder body = new StringBuilder(60_000);
        body.append(
                "<h1>The port's ledger</h1><img src=\"/sites/harbour.jpg\" alt=\"A harbour\" width=\"640\" height=\"400\">");
        for (int section = 1; section <= SECTIONS; section++) {
            body.append("<section class=\"card\" id=\"s").append(section).append("\"><h2>");
            words(body, random, 4);
            body.append("</h2><p>");
            words(body, random, 70);
            body.append(" <a href=\"/sites/article?from=")
                    .append(section)
                    .append("\">read on</a>.</p><p class=\"muted\">");
            words(body, random, 20);
            body.append("</p></section>\n");
        }
        body.append("<table><thead><tr><th>No.</th><th>Ship</th><th>Cargo</th><th>Tons</th></tr></thead><tbody>");
        for (int row = 1; row <= ROWS; row++) {
            body.append("<tr><td>").append(row).append("</td><td>");
            words(body, random, 2);
            body.append("</td><td>");
            words(body, random, 1);
            body.append("</td><td>").append(random.nextInt(9000) + 100).append("</td></tr>\n");
        }
        return Pages.framed("The port's ledger", body.append("</tbody></table>").toString());
    }

    private static void words(StringBuilder out, Random random, int count) {
        for (int i = 0; i < count; i++) {
            out.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.sites;

import java.util.Map;
import java.util.TreeMap;

/** Pages as one finds them, apart from the shop and the account. */
final class GoodPages {

    private GoodPages() {}

    static void addTo(Routes routes) {
        Answer style = Answer.bytes(200, "text/css; charset=utf-8", Pages.bytes("style.css"));
        Answer picture = Answer.bytes(200, "image/jpeg", Pages.bytes("harbour.jpg"));
        routes.at("/", Pages.text("index.html"))
                .at("/style.css", visit -> style)
                .at("/harbour.jpg", visit -> picture)
                .at("/article", Pages.text("article.html"))
                .at("/desk", Pages.text("desk.html"))
                .at("/bench", BenchmarkPage.html())
                .at("/blank", "<!doctype html><html lang=\"en\"><title>Blank</title><p>Blank.</p></html>")
                .at("/late", GoodPages::late)
                .at("/echo", GoodPages::echo);
    }

    /** A page whose {@code #late} element comes, by script, some time after it has loaded. */
    private static Answer late(Visit visit) {
        return Answer.html(Pages.framed("Late", """
                <h1>Late</h1>
                <p id="wait" class="muted">Please wait…</p>
                <script>
                  setTimeout(() => {
                    document.getElementById('wait').remove();
                    document.querySelector('main').insertAdjacentHTML('beforeend',
                      '<ul id="late"><li>first</li><li>second</li></ul>');
                  }, %d);
                </script>""".formatted(visit.number("ms", 500, 60_000))));
    }

    /** What the browser sent and what a page can see of it. */
    private static Answer echo(Visit visit) {
        Map<String, String> sent = new TreeMap<>();
        visit.headers().forEach((name, values) -> sent.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
        StringBuilder rows = new StringBuilder();
        sent.forEach((name, value) -> rows.append("<tr><th>")
                .append(Pages.escape(name))
                .append("</th><td data-header=\"")
                .append(Pages.escape(name))
                .append("\">")
                .append(Pages.escape(value))
                .append("</td></tr>"));
        return Answer.html(Pages.framed("Echo", """
                <h1>Echo</h1>
                <table>%s</table>
                <table id="page"></table>
                <script>
                  const seen = {
                    size: innerWidth + 'x' + innerHeight,
                    language: navigator.language,
                    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
                    user_agent: navigator.userAgent,
                    cookies: document.cookie,
                  };
                  for (const [name, value] of Object.entries(seen)) {
                    const row = document.getElementById('page').insertRow();
                    row.insertCell().textContent = name;
                    const cell = row.insertCell();
                    cell.textContent = value;
                    cell.id = name;
                  }
                </script>""".formatted(rows)));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.sites;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Pages as nobody wants them. */
final class BadPages {

    private BadPages() {}

    static void addTo(Routes routes) {
        routes.at("/status/", BadPages::status)
                .at("/flaky", new Flaky())
                .at("/slow", BadPages::slow)
                .at("/slow-picture", BadPages::slowPicture)
                .at("/slow-picture/harbour.jpg", BadPages::slowly)
                .at("/redirect", visit -> Answer.redirect(302, visit.query("to", Routes.ROOT + "/")))
                .at("/redirect/loop", BadPages::redirectWithoutEnd)
                .at("/huge", BadPages::huge)
                .at("/download", BadPages::download)
                .at("/dialogs/", BadPages::dialog)
                .at("/popups", Pages.framed("Pop-ups", Pages.text("popups.html")))
                .at("/reach", BadPages::reach)
                .at("/hang", BadPages::hang)
                .at("/crash/", BadPages::crash);
    }

    private static Answer status(Visit visit) {
        String code = visit.lastSegment();
        if (!code.matches("[2-5]\\d\\d")) {
            return Answer.html(404, Pages.notFound(visit.path()));
        }
        return Answer.html(
                Integer.parseInt(code),
                Pages.framed("Status " + code, "<h1>Status " + code + "</h1><p>As asked for.</p>"));
    }

    private static Answer slow(Visit visit) throws InterruptedException {
        Thread.sleep(visit.number("ms", 1000, 600_000));
        return Answer.html(Pages.framed("Slow", "<h1>Slow</h1><p>Here at last.</p>"));
    }

    /** The document is there at once, its {@code load} event only when the picture has come. */
    private static Answer slowPicture(Visit visit) {
        return Answer.html(Pages.framed("A slow picture", """
                <h1>A slow picture</h1>
                <p id="event">domcontentloaded</p>
                <img src="/sites/slow-picture/harbour.jpg?ms=%d" alt="A harbour">
                <script>addEventListener('load', () => document.getElementById('event').textContent = 'load');</script>""".formatted(visit.number("ms", 1000, 600_000))));
    }

    private static Answer slowly(Visit visit) throws InterruptedException {
        Thread.sleep(visit.number("ms", 1000, 600_000));
        return Answer.bytes(200, "image/jpeg", Pages.bytes("harbour.jpg"));
    }

    private static Answer redirectWithoutEnd(Visit visit) {
        return Answer.redirect(302, "/sites/redirect/loop?n=" + (visit.number("n", 0, 1_000_000) + 1));
    }

    /** HTML of the given size, made while it is read, so that nobody has to hold it here. */
    private static Answer huge(Visit visit) {
        long bytes = visit.number("mb", 200, 4096) * 1024L * 1024L;
        byte[] chunk = ("<p>" + "flotsam and jetsam ".repeat(400) + "</p>\n").getBytes(StandardCharsets.UTF_8);
        return Answer.stream("text/html; charset=utf-8", out -> {
            out.write("<!doctype html><html lang=\"en\"><title>Huge</title><h1>Huge</h1>"
                    .getBytes(StandardCharsets.UTF_8));
            repeat(out, chunk, bytes);
        });
    }

    private static Answer download(Visit visit) {
        String name = visit.query("name", "report.csv").replaceAll("[^A-Za-z0-9._-]", "_");
        byte[] line = "ship,cargo,tons\n".getBytes(StandardCharsets.UTF_8);
        long bytes = visit.number("kb", 1, 1_000_000) * 1024L;
        return Answer.stream("application/octet-stream", out -> repeat(out, line, bytes))
                .with("Content-Disposition", "attachment; filename=\"" + name + "\"");
    }

    private static void repeat(OutputStream out, byte[] chunk, long bytes) throws IOException {
        for (long written = 0; written < bytes; written += chunk.length) {
            out.write(chunk);
        }
    }

    private static Answer dialog(Visit visit) {
        String script =
                switch (visit.lastSegment()) {
                    case "alert" -> "alert('Mind the gap'); said = 'closed';";
                    case "confirm" -> "said = String(confirm('Cast off?'));";
                    case "prompt" -> "said = String(prompt('Name of the ship?', 'Marie'));";
                    case "beforeunload" ->
                        "addEventListener('beforeunload', e => { e.preventDefault(); e.returnValue = 'x'; });";
                    default -> "";
                };
        if (script.isEmpty()) {
            return Answer.html(404, Pages.notFound(visit.path()));
        }
        return Answer.html(Pages.framed("Dialog", """
                <h1>Dialog</h1>
                <p>It said: <b id="said">nothing</b></p>
                <p><button id="again" onclick="ask()">Again</button> <a href="/sites/article">Leave</a></p>
                <script>
                  let said = 'nothing';
                  function ask() {
                    %s
                    document.getElementById('said').textContent = said;
                  }
                  ask();
                </script>""".formatted(script)));
    }

    /** Tries every way a page has to reach another address, and writes down what became of each. */
    private static Answer reach(Visit visit) {
        return Answer.html(
                Pages.framed("Reach", Pages.text("reach.html").replace("{{to}}", Pages.escape(visit.query("to", "")))));
    }

    private static Answer hang(Visit visit) {
        return Answer.html(Pages.framed("Hang", """
                <h1>Hang</h1>
                <script>
                  const after = %d;
                  if (after === 0) for (;;);
                  setTimeout(() => { for (;;); }, after);
                </script>""".formatted(visit.number("after", 0, 600_000))));
    }

    private static Answer crash(Visit visit) {
        String script =
                switch (visit.lastSegment()) {
                    case "memory" -> "const held = []; for (;;) held.push(new Array(1e6).fill(Math.random()));";
                    case "recursion" ->
                        "const f = n => f(n + 1) + f(n + 2); try { f(0); } catch { document.title = 'survived'; }";
                    case "elements" -> "for (;;) document.body.append(document.body.cloneNode(true));";
                    default -> "";
                };
        return script.isEmpty()
                ? Answer.html(404, Pages.notFound(visit.path()))
                : Answer.html(Pages.framed("Crash", "<h1>Crash</h1><script>" + script + "</script>"));
    }
}

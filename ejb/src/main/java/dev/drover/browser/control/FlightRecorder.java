// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.ScreenshotType;
import dev.drover.browser.control.RunOutcome.Recorded;
import dev.drover.task.control.ArtifactKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is known of a run that failed although nobody asked for a recording: the last of its pages' consoles and of its
 * network, gathered while it went on ({@link FlightLog}), and a last picture and the last document, taken when it is over.
 * What is empty is left out.
 */
final class FlightRecorder {

    private static final System.Logger LOG = System.getLogger(FlightRecorder.class.getName());

    private static final int MOST_PICTURES = 3;
    private static final int LONGEST_DOCUMENT = 2_000_000;

    /** Of a picture; a page that is fit needs a tenth of it, and one that hangs would take for ever. */
    private static final double PATIENCE_MS = 1_000;

    private final BrowserContext context;
    private final FlightLog log;
    private final BrowserFolders folders;
    private final List<byte[]> pictures = new ArrayList<>();
    private String document = "";

    FlightRecorder(BrowserContext context, BrowserFolders folders) {
        this.context = context;
        this.folders = folders;
        this.log = new FlightLog(context);
    }

    /** Takes the last pictures of the pages that are open, and the first one's document, as far as they still answer. */
    void lookAtPages() {
        try {
            for (Page page : context.pages()) {
                if (pictures.size() < MOST_PICTURES
                        && !page.isClosed()
                        && !page.url().startsWith("about:")) {
                    look(page);
                }
            }
        } catch (PlaywrightException e) {
            LOG.log(System.Logger.Level.DEBUG, "no last picture of a page", e);
        }
    }

    private void look(Page page) {
        pictures.add(page.screenshot(new Page.ScreenshotOptions()
                .setType(ScreenshotType.JPEG)
                .setQuality(70)
                .setTimeout(PATIENCE_MS)));
        if (document.isEmpty()) {
            String content = page.content(); // Knows no time-out, but a page that could be painted answers.
            document = content.length() <= LONGEST_DOCUMENT ? content : content.substring(0, LONGEST_DOCUMENT);
        }
    }

    /** Files that are the caller's. */
    List<Recorded> write() {
        List<Recorded> files = new ArrayList<>();
        try {
            write(files, ArtifactKind.CONSOLE, "console.jsonl", log.consoleLines());
            write(files, ArtifactKind.NETWORK, "network.jsonl", log.networkLines());
            for (byte[] picture : pictures) {
                String number = picture == pictures.getFirst() ? "" : "-" + (pictures.indexOf(picture) + 1);
                write(files, ArtifactKind.SCREENSHOT, "last-frame" + number + ".jpg", "image/jpeg", picture);
            }
            byte[] html = document.getBytes(StandardCharsets.UTF_8);
            write(files, ArtifactKind.DOCUMENT, "last-page.html", "text/html; charset=utf-8", html);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "DROVER2014 what is known of a failed run cannot be kept", e);
        }
        return files;
    }

    private void write(List<Recorded> files, ArtifactKind kind, String name, Stream<String> lines) throws IOException {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append('\n'));
        write(files, kind, name, "application/x-ndjson", text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void write(List<Recorded> files, ArtifactKind kind, String name, String contentType, byte[] content)
            throws IOException {
        if (content.length > 0) {
            Path file = Files.write(folders.ofFile("recording-", "-" + name), content);
            files.add(new Recorded(kind, name, contentType, file));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.TaskFailure;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A browser context with its first page, for one run. Belongs to the thread of its browser. */
final class OpenContext {

    private static final Duration USUAL_WAIT = Duration.ofSeconds(30);

    /** What a page may be. Files and the browser's own pages are not the web, and no proxy sees them. */
    private static final Set<String> SCHEMES = Set.of("http", "https", "about", "data", "blob", "chrome-error");

    private final BrowserContext context;
    private final Page page;
    private final BrowserFolders folders;
    private final @Nullable RunRecording recording;
    private @Nullable FlightRecorder recorder;
    private Consumer<Verdict> ender = verdict -> {};

    private OpenContext(BrowserContext context, Page page, BrowserFolders folders, @Nullable RunRecording recording) {
        this.context = context;
        this.page = page;
        this.folders = folders;
        this.recording = recording;
        // None of these listeners makes the driver send anything that it would not send without them.
        context.onFrameNavigated(frame -> check(frame.url()));
        context.onDownload(download -> check(download.url()));
        page.onCrash(crashed -> ender.accept(BrowserFailures.PAGE_CRASHED)); // Not every call notices.
    }

    /**
     * @param state what it is signed in with; null for none
     * @param mostBytes of a recorded file
     */
    static OpenContext open(
            LiveBrowser browser,
            BrowserOptions options,
            @Nullable StorageState state,
            RecordingPlan plan,
            long mostBytes,
            BrowserFolders folders) {
        RunRecording recording =
                plan.needsOwnContext() ? RunRecording.of(plan, mostBytes, folders, state != null) : null;
        try {
            BrowserContext context = browser.newContext(ContextRecipe.of(options, state, recording));
            if (recording != null) {
                recording.start(context);
            }
            Page page = context.newPage();
            if (options.userAgent() != null && BrowserKind.of(options).engine().equals(BrowserKind.CHROMIUM)) {
                ClientHints.of(options.userAgent(), options.locale()).applyTo(context, page);
            }
            OpenContext open = new OpenContext(context, page, folders, recording);
            open.listen(plan);
            return open;
        } catch (RuntimeException e) {
            if (recording != null) {
                recording.discard();
            }
            throw e;
        }
    }

    Page page() {
        return page;
    }

    boolean isRecorded() {
        return recording != null;
    }

    /** Listens to what the pages say and ask, where the plan wants it and nobody does yet. */
    void listen(RecordingPlan plan) {
        if (recorder == null && plan.log() != BrowserOptions.Keep.NEVER) {
            recorder = new FlightRecorder(context, folders);
        }
    }

    /**
     * Bounds each wait of the run for an element or a page, so that a missing element shows as such before the time of
     * the whole run is over.
     */
    void limitWaits(Duration run) {
        Duration most = run.multipliedBy(9).dividedBy(10);
        Duration limit = most.compareTo(USUAL_WAIT) < 0 ? most : USUAL_WAIT;
        context.setDefaultTimeout((double) limit.toMillis());
    }

    /** @param ender ends the run when the page is one that it may not be; called by the thread of the browser */
    void endRunWith(Consumer<Verdict> ender) {
        this.ender = ender;
    }

    /** Where the page is, as the browser last said. */
    String url() {
        return page.url();
    }

    /** Looks once more at the pages, which may take a while when they do not answer. */
    void lookAtPages() {
        if (recorder != null) {
            recorder.lookAtPages();
        }
    }

    /** What was heard and seen of the pages. */
    List<RunOutcome.Recorded> log() {
        return recorder == null ? List.of() : recorder.write();
    }

    /** Closes a context that records, and returns what is to be kept of it. */
    List<RunOutcome.Recorded> finish(boolean failed) {
        return recording == null ? List.of() : recording.finish(context, failed);
    }

    /** What is left of a recording when the browser is gone. */
    List<RunOutcome.Recorded> salvage(boolean failed) {
        return recording == null ? List.of() : recording.salvage(failed);
    }

    void close() {
        context.close();
    }

    private void check(String url) {
        int colon = url.indexOf(':');
        String scheme = colon < 0 ? "" : url.substring(0, colon).toLowerCase(Locale.ROOT);
        if (!url.isEmpty() && !SCHEMES.contains(scheme)) {
            ender.accept(new Verdict.Failed(new TaskFailure(
                    ErrorCategory.REFUSED_ADDRESS,
                    "scheme_refused",
                    "Pages may be reached by http and https only, not by " + scheme + ".")));
        }
    }
}

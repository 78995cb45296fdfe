// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.List;

/** A browser context with its first page, for one run. Belongs to the thread of its browser. */
final class OpenContext {

    private static final Duration USUAL_WAIT = Duration.ofSeconds(30);

    private final BrowserContext context;
    private final Page page;

    private OpenContext(BrowserContext context, Page page) {
        this.context = context;
        this.page = page;
    }

    static OpenContext open(LiveBrowser browser, BrowserOptions options, BrowserFolders folders) {
        BrowserContext context = browser.newContext(ContextRecipe.of(options, null));
        return new OpenContext(context, context.newPage());
    }

    Page page() {
        return page;
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

    List<RunOutcome.Recorded> collect(boolean failed) {
        return List.of();
    }

    void close() {
        context.close();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.control;

import dev.drover.browser.control.PageVisit;
import dev.drover.session.entity.BrowserSession;
import dev.drover.session.entity.SessionStore;
import dev.drover.session.entity.StartPage;
import dev.drover.system.control.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Loads the pages that sessions begin with, while those who opened the sessions may use them already. */
@ApplicationScoped
public class FirstPages {

    private static final Logger LOG = System.getLogger(FirstPages.class.getName());
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private SessionStore store;
    private Transactions transactions;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected FirstPages() {}

    @Inject
    public FirstPages(SessionStore store, Transactions transactions) {
        this.store = store;
        this.transactions = transactions;
    }

    /** Whether a session is not ready before its first page is. */
    static boolean isWaitedFor(StartPage page) {
        return page.url() != null && page.until() != StartPage.Wait.NONE;
    }

    void load(LiveSession session) {
        StartPage page = session.row().startPage();
        String url = page.url();
        if (url == null) {
            return;
        }
        PageVisit visit = new PageVisit(url, PageVisit.Until.valueOf(until(page)));
        CompletableFuture<Boolean> unused = session.browser().act(LIMIT, visit).whenComplete((done, failure) -> {
            if (isWaitedFor(page)) {
                ready(session, failure == null ? null : said(failure));
            }
        });
    }

    private static String until(StartPage page) {
        return page.until() == StartPage.Wait.NONE
                ? "COMMIT"
                : page.until().name().toUpperCase(Locale.ROOT);
    }

    private void ready(LiveSession session, @Nullable String problem) {
        try {
            transactions.resultInNew(() -> store.ready(session.id(), problem));
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "DROVER6002 session " + session.id() + " cannot be written down as ready", e);
        }
    }

    private static String said(Throwable failure) {
        String text = String.valueOf(failure.getMessage());
        return text.length() <= BrowserSession.LONGEST_PROBLEM
                ? text
                : text.substring(0, BrowserSession.LONGEST_PROBLEM);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.control;

import dev.drover.browser.control.BrowserWork;
import dev.drover.browser.control.PageAction;
import dev.drover.browser.control.PageAnswer;
import dev.drover.browser.control.StorageState;
import dev.drover.security.control.Caller;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.ErrorCode;
import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.TaskFailure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletionException;

/** Does single things in the pages of sessions, for those who want no client of their own. One at a time in each. */
@ApplicationScoped
public class SessionActions {

    /** The longest that one may take. */
    public static final Duration LONGEST = Duration.ofSeconds(30);

    private Sessions sessions;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected SessionActions() {}

    @Inject
    public SessionActions(Sessions sessions) {
        this.sessions = sessions;
    }

    /**
     * Does something and waits for it.
     *
     * @throws DroverException {@link ErrorCode#NOT_FOUND}, {@link ErrorCode#SESSION_ENDED}, {@link ErrorCode#SESSION_BUSY}
     *     while another one goes on, {@link ErrorCode#ACTION_FAILED}, {@link ErrorCode#ACTION_TIMEOUT}
     */
    public PageAnswer perform(Caller caller, UUID id, PageAction action, Duration limit) {
        return perform(sessions.requireLive(caller, id), action, limit);
    }

    /**
     * Takes what the session's browser keeps of whoever uses it.
     *
     * @throws DroverException as {@link #perform}
     */
    StorageState storage(LiveSession session) {
        return perform(session, StorageState.ofPage(), LONGEST);
    }

    private static <T> T perform(LiveSession session, BrowserWork<T> work, Duration limit) {
        if (!session.beginAction()) {
            throw new DroverException(
                    ErrorCode.SESSION_BUSY, "Another action goes on in this session.", Duration.ofSeconds(1));
        }
        try {
            session.seen();
            return session.browser().act(limit, work).join();
        } catch (CompletionException e) {
            throw refused(e);
        } finally {
            session.seen();
            session.endAction();
        }
    }

    /**
     * A picture of the page for somebody who looks on. That is no use of the session, or a list of sessions with pictures
     * would keep them all; and no action that another would have to wait for.
     *
     * @throws DroverException as {@link #perform}, but for {@link ErrorCode#SESSION_BUSY}
     */
    public PageAnswer look(Caller caller, UUID id, PageAction.Screenshot picture) {
        try {
            return sessions.requireLive(caller, id)
                    .browser()
                    .act(LONGEST, picture)
                    .join();
        } catch (CompletionException e) {
            throw refused(e);
        }
    }

    private static RuntimeException refused(CompletionException e) {
        if (!(e.getCause() instanceof TaskFailure failure)) {
            return e;
        }
        String sentence = String.valueOf(failure.getMessage());
        if (failure.category() == ErrorCategory.LOST_WORKER) {
            return new DroverException(ErrorCode.UNAVAILABLE, sentence, Duration.ofSeconds(1));
        }
        return new DroverException(
                failure.category() == ErrorCategory.TIMEOUT ? ErrorCode.ACTION_TIMEOUT : ErrorCode.ACTION_FAILED,
                sentence);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import dev.drover.task.control.ErrorCategory;
import java.time.Duration;

/**
 * What the end of a visit says about the site. Only what the site does to every visitor is held against it: a page that is
 * not there, an element that is missing or a certificate that has run out are matters between the job and the page, while
 * a site that does not answer, answers with an error of its own, or asks to be left alone is better left alone.
 */
enum SiteEvidence {
    /** It was reached and answered. */
    WELL,
    /** It did not do what a site has to do. */
    ILL,
    /** Nothing. */
    NOTHING;

    private static final String HTTP = "http_";
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;

    /** @param patience a time-out before it is the job's own doing: it gave the site no fair chance */
    static SiteEvidence of(ErrorCategory category, String code, Duration took, Duration patience) {
        return switch (category) {
            case HTTP_STATUS -> ofStatus(code);
            case MISSING_SELECTOR, EXPECTATION, TOO_LARGE -> WELL;
            case TIMEOUT -> code.equals("element_still_there") || took.compareTo(patience) < 0 ? NOTHING : ILL;
            // Our own network, and not the site's.
            case NETWORK ->
                code.equals("net_internet_disconnected") || code.equals("net_network_changed") ? NOTHING : ILL;
            // A page may close itself; one that takes its browser with it costs every visitor a browser.
            case CRASH -> code.equals("page_closed") ? NOTHING : ILL;
            case INVALID_INPUT, REFUSED_ADDRESS, CERTIFICATE, ENGINE_UNAVAILABLE, LOST_WORKER, INTERNAL -> NOTHING;
        };
    }

    private static SiteEvidence ofStatus(String code) {
        if (!code.matches(HTTP + "\\d{3}")) {
            return NOTHING;
        }
        int status = Integer.parseInt(code.substring(HTTP.length()));
        return status >= 500 || status == TOO_MANY_REQUESTS || status == REQUEST_TIMEOUT ? ILL : WELL;
    }
}

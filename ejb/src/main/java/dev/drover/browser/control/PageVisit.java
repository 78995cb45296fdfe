// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import static java.util.Objects.requireNonNull;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitUntilState;

/**
 * Goes to an address.
 *
 * @param until how far the page has to be
 */
public record PageVisit(String url, Until until) implements BrowserWork<Boolean> {

    /** How far a page is. */
    public enum Until {
        /** The server has answered. */
        COMMIT,
        DOMCONTENTLOADED,
        LOAD
    }

    public PageVisit {
        requireNonNull(url, "url");
        requireNonNull(until, "until");
    }

    @Override
    public Boolean run(Page page) {
        page.navigate(url, new Page.NavigateOptions().setWaitUntil(WaitUntilState.valueOf(until.name())));
        return true;
    }
}

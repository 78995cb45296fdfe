// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import com.microsoft.playwright.Page;

/** What a run does with its page, on the thread that owns it. */
@FunctionalInterface
public interface BrowserWork<T> {

    T run(Page page) throws InterruptedException;
}

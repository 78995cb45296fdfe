// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import static com.microsoft.playwright.options.WaitUntilState.COMMIT;
import static java.util.Objects.requireNonNull;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.MouseButton;
import com.microsoft.playwright.options.ScreenshotType;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One thing that is done with the page of a held browser. */
public sealed interface PageAction extends BrowserWork<PageAnswer> {

    /** The longest that a failed visit waits for the browser's own page about it. */
    double ERROR_PAGE_MS = 500;

    /**
     * Where on a page: an element, or a point.
     *
     * @param selector null for a point
     * @param x in CSS pixels from the left edge of the visible part
     * @param y in CSS pixels from its upper edge
     */
    record Place(@Nullable String selector, double x, double y) {}

    /** What the caller is told beside the address and the title of the page; null for nothing. */
    @Nullable
    Object on(Page page);

    @Override
    default PageAnswer run(Page page) {
        Object value = on(page);
        return new PageAnswer(page.url(), title(page), value);
    }

    /** A page that the action has sent to another address has no title for a moment. */
    private static String title(Page page) {
        PlaywrightException last = null;
        for (int tries = 0; tries < 3; tries++) {
            try {
                return page.title();
            } catch (PlaywrightException e) {
                if (!BrowserFailures.isPageReplaced(e)) {
                    throw e;
                }
                last = e;
            }
        }
        throw requireNonNull(last, "last");
    }

    /** Goes to an address. */
    record Goto(String url, PageVisit.Until until) implements PageAction {
        @Override
        public @Nullable Object on(Page page) {
            try {
                new PageVisit(url, until).run(page);
                return null;
            } catch (PlaywrightException e) {
                awaitErrorPage(page, e);
                throw e;
            }
        }

        /** Chromium tells the failure first and then shows its own page, which would break off the next action. */
        private static void awaitErrorPage(Page page, PlaywrightException failure) {
            if (BrowserFailures.hasErrorPage(failure)) {
                try {
                    page.waitForURL(
                            address -> address.startsWith("chrome-error:"),
                            new Page.WaitForURLOptions().setWaitUntil(COMMIT).setTimeout(ERROR_PAGE_MS));
                } catch (PlaywrightException e) {
                    failure.addSuppressed(e); // An address that ends in a download leaves the page as it was.
                }
            }
        }
    }

    /**
     * Clicks with the mouse.
     *
     * @param button left, right or middle
     * @param count 2 for a double click
     */
    record Click(Place place, String button, int count) implements PageAction {
        @Override
        public @Nullable Object on(Page page) {
            MouseButton which = MouseButton.valueOf(button.toUpperCase(Locale.ROOT));
            if (place.selector() == null) {
                page.mouse()
                        .click(
                                place.x(),
                                place.y(),
                                new Mouse.ClickOptions().setButton(which).setClickCount(count));
            } else {
                page.locator(place.selector())
                        .click(new Locator.ClickOptions().setButton(which).setClickCount(count));
            }
            return null;
        }
    }

    /** Touches; a page whose context has no touch screen gets a click. */
    record Tap(Place place) implements PageAction {
        @Override
        public @Nullable Object on(Page page) {
            try {
                if (place.selector() == null) {
                    page.touchscreen().tap(place.x(), place.y());
                } else {
                    page.locator(place.selector()).tap();
                }
                return null;
            } catch (PlaywrightException e) {
                if (String.valueOf(e.getMessage()).contains("hasTouch")) {
                    return new Click(place, "left", 1).on(page);
                }
                throw e;
            }
        }
    }

    /**
     * Types text, key by key.
     *
     * @param selector null for what has the focus
     */
    record Type(@Nullable String selector, String text) implements PageAction {
        @Override
        public @Nullable Object on(Page page) {
            if (selector == null) {
                page.keyboard().type(text);
            } else {
                page.locator(selector).pressSequentially(text);
            }
            return null;
        }
    }

    /**
     * Presses a key, or several at once, as in {@code Control+A}.
     *
     * @param selector null for what has the focus
     */
    record Press(@Nullable String selector, String key) implements PageAction {
        @Override
        public @Nullable Object on(Page page) {
            if (selector == null) {
                page.keyboard().press(key);
            } else {
                page.locator(selector).press(key);
            }
            return null;
        }
    }

    /** Turns the wheel over a place, or brings an element into view. */
    record Scroll(Place place, double deltaX, double deltaY) implements PageAction {
        @Override
        public @Nullable Object on(Page page) {
            if (place.selector() == null) {
                page.mouse().move(place.x(), place.y());
                page.mouse().wheel(deltaX, deltaY);
            } else {
                page.locator(place.selector()).scrollIntoViewIfNeeded();
            }
            return null;
        }
    }

    /** Chooses options by their value or label. Tells the values that are chosen then. */
    record Select(String selector, List<String> values) implements PageAction {
        @Override
        public Object on(Page page) {
            return page.locator(selector).selectOption(values.toArray(String[]::new));
        }
    }

    /** Replaces what is in a field. */
    record Fill(String selector, String text) implements PageAction {
        @Override
        public @Nullable Object on(Page page) {
            page.locator(selector).fill(text);
            return null;
        }
    }

    /** Evaluates an expression, or calls a function with the argument. Tells its value. */
    record Evaluate(String expression, @Nullable Object argument) implements PageAction {
        @Override
        public @Nullable Object on(Page page) {
            return page.evaluate(expression, argument);
        }
    }

    /** Tells the accessibility tree, as YAML. */
    record Snapshot(String selector) implements PageAction {
        @Override
        public Object on(Page page) {
            return page.locator(selector).ariaSnapshot();
        }
    }

    /**
     * Takes a picture. Tells its bytes.
     *
     * @param quality of a JPEG, 1 to 100; null for a PNG
     */
    record Screenshot(boolean fullPage, @Nullable Integer quality) implements PageAction {
        @Override
        public Object on(Page page) {
            Page.ScreenshotOptions options = new Page.ScreenshotOptions().setFullPage(fullPage);
            if (quality != null) {
                options.setType(ScreenshotType.JPEG).setQuality(quality);
            }
            return page.screenshot(options);
        }
    }
}

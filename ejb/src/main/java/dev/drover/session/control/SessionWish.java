// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.control;

import static java.util.Objects.requireNonNull;

import dev.drover.browser.control.BrowserOptions;
import dev.drover.browser.control.Window;
import dev.drover.session.entity.StartPage.Wait;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What someone asks of a session. What is null is the server's to decide.
 *
 * @param browser never records anything
 * @param window on a display of the server's, or of the session, or none; decides about {@code headless}
 * @param startUrl null for an empty page
 */
public record SessionWish(
        BrowserOptions browser,
        Window window,
        @Nullable Duration idleTtl,
        @Nullable Duration maxTtl,
        @Nullable String startUrl,
        @Nullable Wait startUrlWait,
        Map<String, String> labels) {

    public SessionWish {
        requireNonNull(browser, "browser");
        requireNonNull(window, "window");
        labels = Map.copyOf(labels);
    }
}

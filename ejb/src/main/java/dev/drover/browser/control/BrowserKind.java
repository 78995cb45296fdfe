// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import static java.util.Objects.requireNonNull;

/** What cannot be changed without launching another browser. */
record BrowserKind(String engine, boolean headless) {

    static final String CHROMIUM = "chromium";
    static final String FIREFOX = "firefox";
    static final String WEBKIT = "webkit";

    BrowserKind {
        requireNonNull(engine, "engine");
    }

    static BrowserKind of(BrowserOptions options) {
        String engine = options.engine();
        return new BrowserKind(
                engine == null ? BrowserOptions.USUAL_ENGINE : engine,
                options.headless() == null || options.headless());
    }

    @Override
    public String toString() {
        return headless ? engine : engine + " with a window";
    }
}

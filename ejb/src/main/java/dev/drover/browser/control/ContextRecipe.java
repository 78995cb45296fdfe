// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import com.microsoft.playwright.Browser;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a run's wishes become the options of its browser context. */
final class ContextRecipe {

    /** What a context that is opened before its run comes can serve. */
    static final BrowserOptions USUAL = BrowserOptions.DEFAULT;

    private ContextRecipe() {}

    /** Whether a context that was opened for nobody in particular serves these wishes. */
    static boolean isUsual(BrowserOptions options, RecordingPlan plan) {
        return options.viewport() == null
                && options.locale() == null
                && options.timezone() == null
                && options.geolocation() == null
                && options.userAgent() == null
                && !plan.needsOwnContext();
    }

    /**
     * @param state null for a context without cookies
     * @param recording null when nothing is recorded
     */
    static Browser.NewContextOptions of(
            BrowserOptions options, @Nullable StorageState state, @Nullable RunRecording recording) {
        Browser.NewContextOptions context = new Browser.NewContextOptions();
        BrowserOptions.Viewport viewport = options.viewport();
        if (viewport != null) {
            context.setViewportSize(viewport.width(), viewport.height());
        }
        if (options.locale() != null) {
            context.setLocale(options.locale());
        }
        if (options.timezone() != null) {
            context.setTimezoneId(options.timezone());
        }
        BrowserOptions.Geolocation place = options.geolocation();
        if (place != null) {
            context.setGeolocation(new com.microsoft.playwright.options.Geolocation(place.latitude(), place.longitude())
                    .setAccuracy(place.accuracy()));
            context.setPermissions(List.of("geolocation"));
        }
        if (options.userAgent() != null) {
            context.setUserAgent(options.userAgent());
        }
        if (state != null) {
            context.setStorageState(state.json());
        }
        if (recording != null) {
            recording.applyTo(context, options);
        }
        return context;
    }
}

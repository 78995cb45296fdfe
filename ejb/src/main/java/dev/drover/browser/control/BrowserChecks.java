// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import dev.drover.browser.control.BrowserOptions.Geolocation;
import dev.drover.browser.control.BrowserOptions.Viewport;
import dev.drover.system.control.Checks;
import java.net.URI;
import java.time.ZoneId;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at the {@code browser} of a request, of a job or of a session. What is absent fits, and stays absent. */
public final class BrowserChecks {

    private static final List<String> ENGINES = List.of(BrowserKind.CHROMIUM, BrowserKind.FIREFOX, BrowserKind.WEBKIT);
    private static final int MOST_PIXELS = 7680;
    private static final int LONGEST_USER_AGENT = 500;

    private BrowserChecks() {}

    public static @Nullable String engine(Checks checks, String pointer, @Nullable String name) {
        return checks.oneOf(pointer, name, ENGINES);
    }

    /** @return null as well for what does not fit, which the checks have told */
    public static @Nullable Viewport viewport(Checks checks, @Nullable Integer width, @Nullable Integer height) {
        Integer across = checks.within("/browser/viewport/width", width == null ? 0 : width, 1, MOST_PIXELS);
        Integer down = checks.within("/browser/viewport/height", height == null ? 0 : height, 1, MOST_PIXELS);
        try {
            return across == null || down == null ? null : new Viewport(across, down);
        } catch (IllegalArgumentException e) {
            return null; // The checks have told it.
        }
    }

    /** @return null as well for what does not fit, which the checks have told */
    public static @Nullable Geolocation geolocation(
            Checks checks, @Nullable Double latitude, @Nullable Double longitude, @Nullable Double accuracy) {
        Double north =
                checks.within("/browser/geolocation/latitude", latitude == null ? Double.NaN : latitude, -90, 90);
        Double east =
                checks.within("/browser/geolocation/longitude", longitude == null ? Double.NaN : longitude, -180, 180);
        Double metres = checks.within("/browser/geolocation/accuracy", accuracy == null ? 0.0 : accuracy, 0, 1e7);
        try {
            return north == null || east == null || metres == null ? null : new Geolocation(north, east, metres);
        } catch (IllegalArgumentException e) {
            return null; // The checks have told it.
        }
    }

    public static @Nullable String locale(Checks checks, @Nullable String tag) {
        if (tag == null) {
            return null;
        }
        try {
            return new Locale.Builder().setLanguageTag(tag).build().toLanguageTag();
        } catch (IllformedLocaleException e) {
            checks.violated("/browser/locale", "a BCP 47 tag, as in sv-SE");
            return null;
        }
    }

    public static @Nullable String timezone(Checks checks, @Nullable String name) {
        if (name != null && !ZoneId.getAvailableZoneIds().contains(name)) {
            checks.violated("/browser/timezone", "an IANA name, as in Europe/Stockholm");
        }
        return name;
    }

    public static @Nullable String userAgent(Checks checks, @Nullable String text) {
        return checks.text("/browser/user_agent", text, LONGEST_USER_AGENT);
    }

    public static @Nullable URI proxy(Checks checks, @Nullable String address) {
        return checks.uri("/browser/proxy", address, Set.of("http", "https", "socks5"));
    }
}

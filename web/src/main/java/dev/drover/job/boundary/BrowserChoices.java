// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.boundary;

import dev.drover.browser.control.BrowserOptions;
import dev.drover.browser.control.BrowserOptions.Geolocation;
import dev.drover.browser.control.BrowserOptions.Keep;
import dev.drover.browser.control.BrowserOptions.Recording;
import dev.drover.browser.control.BrowserOptions.Viewport;
import dev.drover.job.boundary.JobRequest.BrowserRequest;
import dev.drover.job.boundary.JobRequest.GeolocationRequest;
import dev.drover.job.boundary.JobRequest.RecordRequest;
import dev.drover.job.boundary.JobRequest.ViewportRequest;
import dev.drover.system.control.Checks;
import java.net.URI;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a request asks of the job's browser and of its recordings. */
final class BrowserChoices {

    private static final List<String> ENGINES = List.of("chromium", "firefox", "webkit");
    private static final List<String> KEEPS = Arrays.stream(Keep.values())
            .map(keep -> keep.name().toLowerCase(Locale.ROOT))
            .toList();

    private BrowserChoices() {}

    /** Null when the request says nothing about either. */
    static @Nullable BrowserOptions of(
            Checks checks, @Nullable BrowserRequest browser, @Nullable RecordRequest record) {
        if (browser == null && record == null) {
            return null;
        }
        BrowserRequest asked =
                browser == null ? new BrowserRequest(null, null, null, null, null, null, null, null) : browser;
        return new BrowserOptions(
                checks.oneOf("/browser/engine", asked.engine(), ENGINES),
                asked.headless(),
                viewport(checks, asked.viewport()),
                locale(checks, asked.locale()),
                timezone(checks, asked.timezone()),
                geolocation(checks, asked.geolocation()),
                checks.text("/browser/user_agent", asked.userAgent(), 500),
                checks.uri("/browser/proxy", asked.proxy(), Set.of("http", "https", "socks5")),
                record == null ? Recording.USUAL : recording(checks, record));
    }

    /** What was asked of the browser, as a request says it; the credentials of a proxy stay here. */
    static BrowserRequest browserOf(BrowserOptions options) {
        Viewport viewport = options.viewport();
        Geolocation place = options.geolocation();
        URI proxy = options.proxy();
        return new BrowserRequest(
                options.engine(),
                options.headless(),
                viewport == null ? null : new ViewportRequest(viewport.width(), viewport.height()),
                options.locale(),
                options.timezone(),
                place == null ? null : new GeolocationRequest(place.latitude(), place.longitude(), place.accuracy()),
                options.userAgent(),
                proxy == null ? null : withoutUser(proxy));
    }

    /** What was said about recordings; null when nothing was. */
    static @Nullable RecordRequest recordOf(Recording recording) {
        return recording.equals(Recording.USUAL)
                ? null
                : new RecordRequest(
                        word(recording.trace()), word(recording.video()), word(recording.har()), word(recording.log()));
    }

    private static @Nullable String word(@Nullable Keep keep) {
        return keep == null ? null : keep.name().toLowerCase(Locale.ROOT);
    }

    private static String withoutUser(URI address) {
        String authority = address.getRawAuthority();
        String user = address.getRawUserInfo();
        return user == null || authority == null
                ? address.toString()
                : address.toString().replace(authority, authority.substring(user.length() + 1));
    }

    private static @Nullable Viewport viewport(Checks checks, @Nullable ViewportRequest asked) {
        if (asked == null) {
            return null;
        }
        Integer width = checks.within("/browser/viewport/width", asked.width() == null ? 0 : asked.width(), 1, 7680);
        Integer height =
                checks.within("/browser/viewport/height", asked.height() == null ? 0 : asked.height(), 1, 7680);
        try {
            return width == null || height == null ? null : new Viewport(width, height);
        } catch (IllegalArgumentException e) {
            return null; // The checks have told it.
        }
    }

    private static @Nullable Geolocation geolocation(Checks checks, @Nullable GeolocationRequest asked) {
        if (asked == null) {
            return null;
        }
        Double latitude = checks.within(
                "/browser/geolocation/latitude", asked.latitude() == null ? Double.NaN : asked.latitude(), -90, 90);
        Double longitude = checks.within(
                "/browser/geolocation/longitude",
                asked.longitude() == null ? Double.NaN : asked.longitude(),
                -180,
                180);
        Double accuracy = checks.within(
                "/browser/geolocation/accuracy", asked.accuracy() == null ? 0.0 : asked.accuracy(), 0, 1e7);
        try {
            return latitude == null || longitude == null || accuracy == null
                    ? null
                    : new Geolocation(latitude, longitude, accuracy);
        } catch (IllegalArgumentException e) {
            return null; // The checks have told it.
        }
    }

    private static @Nullable String locale(Checks checks, @Nullable String tag) {
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

    private static @Nullable String timezone(Checks checks, @Nullable String name) {
        if (name != null && !ZoneId.getAvailableZoneIds().contains(name)) {
            checks.violated("/browser/timezone", "an IANA name, as in Europe/Stockholm");
        }
        return name;
    }

    private static Recording recording(Checks checks, RecordRequest asked) {
        return new Recording(
                keep(checks, "/record/trace", asked.trace()),
                keep(checks, "/record/video", asked.video()),
                keep(checks, "/record/har", asked.har()),
                keep(checks, "/record/log", asked.log()),
                false);
    }

    private static @Nullable Keep keep(Checks checks, String pointer, @Nullable String name) {
        String known = checks.oneOf(pointer, name, KEEPS);
        return known == null ? null : Keep.valueOf(known.toUpperCase(Locale.ROOT));
    }
}

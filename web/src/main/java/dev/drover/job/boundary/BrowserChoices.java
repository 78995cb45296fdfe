// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.boundary;

import dev.drover.browser.control.BrowserChecks;
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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a request asks of the job's browser and of its recordings. */
final class BrowserChoices {

    private static final List<String> KEEPS = Arrays.stream(Keep.values())
            .map(keep -> keep.name().toLowerCase(Locale.ROOT))
            .toList();

    private BrowserChoices() {}

    /** Null when the request says nothing about any of them. */
    static @Nullable BrowserOptions of(
            Checks checks,
            @Nullable BrowserRequest browser,
            @Nullable RecordRequest record,
            @Nullable String capturedSession) {
        if (browser == null && record == null && capturedSession == null) {
            return null;
        }
        BrowserRequest asked =
                browser == null ? new BrowserRequest(null, null, null, null, null, null, null, null) : browser;
        ViewportRequest viewport = asked.viewport();
        GeolocationRequest place = asked.geolocation();
        return new BrowserOptions(
                BrowserChecks.engine(checks, "/browser/engine", asked.engine()),
                asked.headless(),
                viewport == null ? null : BrowserChecks.viewport(checks, viewport.width(), viewport.height()),
                BrowserChecks.locale(checks, asked.locale()),
                BrowserChecks.timezone(checks, asked.timezone()),
                place == null
                        ? null
                        : BrowserChecks.geolocation(checks, place.latitude(), place.longitude(), place.accuracy()),
                BrowserChecks.userAgent(checks, asked.userAgent()),
                BrowserChecks.proxy(checks, asked.proxy()),
                capturedSession,
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

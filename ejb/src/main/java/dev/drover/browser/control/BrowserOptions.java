// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What a run asks of its browser. Everything that is null is the server's default; a run that asks for nothing special
 * gets a context that was opened before the run came.
 *
 * @param engine {@code chromium}, {@code firefox} or {@code webkit}
 * @param headless false asks for a real window, where the server can show one
 * @param locale BCP 47, for example {@code sv-SE}
 * @param timezone IANA name, for example {@code Europe/Stockholm}
 * @param proxy {@code http}, {@code https} or {@code socks5} URI, with user information where the proxy wants it
 * @param capturedSession name of what it is to be signed in with; the content never is among the options
 */
public record BrowserOptions(
        @Nullable String engine,
        @Nullable Boolean headless,
        @Nullable Viewport viewport,
        @Nullable String locale,
        @Nullable String timezone,
        @Nullable Geolocation geolocation,
        @Nullable String userAgent,
        @Nullable URI proxy,
        @Nullable String capturedSession,
        Recording recording) {

    /** The engine of a run that names none. */
    public static final String USUAL_ENGINE = BrowserKind.CHROMIUM;

    public static final BrowserOptions DEFAULT =
            new BrowserOptions(null, null, null, null, null, null, null, null, Recording.USUAL);

    public BrowserOptions {
        requireNonNull(recording, "recording");
    }

    /** Of a run that begins without cookies. */
    public BrowserOptions(
            @Nullable String engine,
            @Nullable Boolean headless,
            @Nullable Viewport viewport,
            @Nullable String locale,
            @Nullable String timezone,
            @Nullable Geolocation geolocation,
            @Nullable String userAgent,
            @Nullable URI proxy,
            Recording recording) {
        this(engine, headless, viewport, locale, timezone, geolocation, userAgent, proxy, null, recording);
    }

    /** The same with a window or without, where that was left open. */
    BrowserOptions headlessUnlessSaid(boolean server) {
        return headless != null
                ? this
                : new BrowserOptions(
                        engine,
                        server,
                        viewport,
                        locale,
                        timezone,
                        geolocation,
                        userAgent,
                        proxy,
                        capturedSession,
                        recording);
    }

    /** The same on an engine, where that was left open. */
    public BrowserOptions engineUnlessSaid(String usual) {
        return engine == null ? on(usual) : this;
    }

    /** The same on another engine. */
    public BrowserOptions on(String other) {
        return new BrowserOptions(
                other, headless, viewport, locale, timezone, geolocation, userAgent, proxy, capturedSession, recording);
    }

    /** The same for the given attempt, from 1. */
    public BrowserOptions onAttempt(int attempt) {
        Recording first = recording;
        return attempt == 1
                ? this
                : new BrowserOptions(
                        engine,
                        headless,
                        viewport,
                        locale,
                        timezone,
                        geolocation,
                        userAgent,
                        proxy,
                        capturedSession,
                        new Recording(first.trace(), first.video(), first.har(), first.log(), true));
    }

    /** Size of the visible part of a page, in CSS pixels. */
    public record Viewport(int width, int height) {
        public Viewport {
            if (width < 1 || height < 1 || width > 7680 || height > 7680) {
                throw new IllegalArgumentException(
                        "a viewport is 1 to 7680 pixels wide and high: " + width + "×" + height);
            }
        }
    }

    /** Where the browser says it is, in degrees; {@code accuracy} in metres. */
    public record Geolocation(double latitude, double longitude, double accuracy) {
        public Geolocation {
            if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180 || accuracy < 0) {
                throw new IllegalArgumentException("not a place on Earth: " + latitude + ", " + longitude);
            }
        }
    }

    /** When to keep something that was recorded. */
    public enum Keep {
        NEVER,
        ON_FAILURE,
        ALWAYS
    }

    /**
     * What to record of a run, and when to keep it. Null leaves it to the server.
     *
     * @param trace Playwright's, with a picture and the document of every step
     * @param log console, requests, last picture and last document of the pages
     * @param repeated whether an earlier attempt at the same did not end well
     */
    public record Recording(
            @Nullable Keep trace,
            @Nullable Keep video,
            @Nullable Keep har,
            @Nullable Keep log,
            boolean repeated) {

        /** What a run gets that says nothing. */
        public static final Recording USUAL = new Recording(null, null, null, null, false);

        public static final Recording NOTHING = new Recording(Keep.NEVER, Keep.NEVER, Keep.NEVER, Keep.NEVER, false);
    }
}

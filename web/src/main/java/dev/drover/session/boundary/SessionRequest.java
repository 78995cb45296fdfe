// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.boundary;

import dev.drover.browser.control.BrowserChecks;
import dev.drover.browser.control.BrowserOptions;
import dev.drover.browser.control.BrowserOptions.Recording;
import dev.drover.browser.control.Window;
import dev.drover.session.control.SessionSettings;
import dev.drover.session.control.SessionWish;
import dev.drover.session.entity.StartPage;
import dev.drover.system.control.Checks;
import dev.drover.vault.control.CapturedNames;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a session is to be. */
@Schema(name = "SessionRequest", examples = """
                {"start_url": "https://example.com/", "idle_ttl_seconds": 600, "labels": {"team": "shop"}}""")
public record SessionRequest(
        @Schema(
                enumeration = {"chromium", "firefox", "webkit"},
                description = "chromium where nothing is said; never replaced by another")
        @Nullable
        String engine,

        @Schema(description = "true where nothing is said, unless vnc is") @Nullable
        Boolean headless,

        @Schema(description = "Whether its window can be seen over VNC; false where nothing is said") @Nullable
        Boolean vnc,

        @Schema(description = "With vnc: whether viewers are asked for a password, which the answer tells once")
        @Nullable
        Boolean vncPassword,

        @Schema(
                minimum = "30",
                maximum = "3600",
                description = "After how long without use it ends; 300 where nothing is said, unless the server is set"
                        + " otherwise")
        @Nullable
        Integer idleTtlSeconds,

        @Schema(
                minimum = "30",
                maximum = "604800",
                description = "How long it lives at most, however much it is used; never more than the server allows")
        @Nullable
        Integer maxTtlSeconds,

        @Schema(format = "uri", maxLength = StartPage.LONGEST_URL, description = "The page that it begins with")
        @Nullable
        String startUrl,

        @Schema(
                enumeration = {"none", "domcontentloaded", "load"},
                description = "How far that page has to be before the session is ready; its endpoints are open at once")
        @Nullable
        String startUrlWait,

        @Schema(description = "Up to 32 words of your own", examples = "{\"team\": \"shop\"}") @Nullable
        Map<String, @Nullable String> labels,

        @Nullable SessionBrowserRequest browser,

        @Schema(
                maxLength = 100,
                description = "Name of a captured session: the first context begins signed in as that one was",
                examples = "shop-as-ada")
        @Nullable
        String capturedSession,

        @Schema(
                maxLength = 128,
                description = "The node that is to have it; where nothing is said, one that has few sessions",
                examples = "shop-1:9080")
        @Nullable
        String host) {

    private static final int MOST_LABELS = 32;
    private static final int LONGEST_LABEL_NAME = 64;
    private static final int LONGEST_LABEL = 128;
    private static final int LONGEST_LIFE = 604_800;

    /** How the pages of its first context are. */
    @Schema(name = "SessionBrowserRequest")
    public record SessionBrowserRequest(
            @Nullable SessionViewport viewport,

            @Schema(description = "BCP 47", examples = "sv-SE") @Nullable
            String locale,

            @Schema(description = "IANA name", examples = "Europe/Stockholm") @Nullable
            String timezone,

            @Nullable SessionGeolocation geolocation,

            @Schema(maxLength = 500) @Nullable String userAgent,

            @Schema(
                    description = "http, https or socks5 URI, for all that the session loads",
                    examples = "http://proxy.example.com:3128")
            @Nullable
            String proxy) {}

    /** Size of the visible part of a page, in CSS pixels. */
    @Schema(
            name = "SessionViewport",
            requiredProperties = {"width", "height"})
    public record SessionViewport(
            @Schema(minimum = "1", maximum = "7680", examples = "1280") @Nullable
            Integer width,

            @Schema(minimum = "1", maximum = "7680", examples = "720") @Nullable
            Integer height) {}

    /** Where the browser says it is, in degrees; accuracy in metres. */
    @Schema(
            name = "SessionGeolocation",
            requiredProperties = {"latitude", "longitude"})
    public record SessionGeolocation(
            @Schema(minimum = "-90", maximum = "90", examples = "59.33") @Nullable
            Double latitude,

            @Schema(minimum = "-180", maximum = "180", examples = "18.07") @Nullable
            Double longitude,

            @Schema(minimum = "0", description = "0 where nothing is said") @Nullable
            Double accuracy) {}

    static final SessionRequest NOTHING =
            new SessionRequest(null, null, null, null, null, null, null, null, null, null, null, null);

    /** @throws dev.drover.system.control.DroverException that names everything that does not fit */
    SessionWish wish() {
        Checks checks = new Checks();
        checks.within(
                "/idle_ttl_seconds",
                idleTtlSeconds,
                SessionSettings.LEAST_IDLE_SECONDS,
                SessionSettings.MOST_IDLE_SECONDS);
        checks.within("/max_ttl_seconds", maxTtlSeconds, SessionSettings.LEAST_IDLE_SECONDS, LONGEST_LIFE);
        Window window = window(checks);
        String wait = checks.oneOf("/start_url_wait", startUrlWait, List.of("none", "domcontentloaded", "load"));
        String url = "about:blank".equals(startUrl)
                ? null
                : checks.webAddress("/start_url", startUrl, StartPage.LONGEST_URL);
        SessionWish wish = new SessionWish(
                options(checks, window == Window.NONE),
                window,
                idleTtlSeconds == null ? null : Duration.ofSeconds(idleTtlSeconds),
                maxTtlSeconds == null ? null : Duration.ofSeconds(maxTtlSeconds),
                url,
                wait == null ? null : StartPage.Wait.valueOf(wait.toUpperCase(Locale.ROOT)),
                labels(checks));
        checks.refuseIfAny();
        return wish;
    }

    private Window window(Checks checks) {
        boolean screen = Boolean.TRUE.equals(vnc);
        if (screen && Boolean.TRUE.equals(headless)) {
            checks.violated("/vnc", "a headless browser has no window that could be seen");
        }
        if (!screen && Boolean.TRUE.equals(vncPassword)) {
            checks.violated("/vnc_password", "only with vnc");
        }
        if (screen) {
            return Boolean.TRUE.equals(vncPassword) ? Window.VNC_WITH_PASSWORD : Window.VNC;
        }
        return headless == null || headless ? Window.NONE : Window.OF_SERVER;
    }

    private BrowserOptions options(Checks checks, boolean withoutWindow) {
        SessionBrowserRequest asked =
                browser == null ? new SessionBrowserRequest(null, null, null, null, null, null) : browser;
        SessionViewport viewport = asked.viewport();
        SessionGeolocation place = asked.geolocation();
        return new BrowserOptions(
                BrowserChecks.engine(checks, "/engine", engine),
                withoutWindow,
                viewport == null ? null : BrowserChecks.viewport(checks, viewport.width(), viewport.height()),
                BrowserChecks.locale(checks, asked.locale()),
                BrowserChecks.timezone(checks, asked.timezone()),
                place == null
                        ? null
                        : BrowserChecks.geolocation(checks, place.latitude(), place.longitude(), place.accuracy()),
                BrowserChecks.userAgent(checks, asked.userAgent()),
                BrowserChecks.proxy(checks, asked.proxy()),
                CapturedNames.checked(checks, "/captured_session", capturedSession),
                Recording.NOTHING);
    }

    private Map<String, String> labels(Checks checks) {
        Map<String, String> fit = new HashMap<>();
        if (labels == null) {
            return fit;
        }
        if (labels.size() > MOST_LABELS) {
            checks.violated("/labels", "at most " + MOST_LABELS);
        }
        labels.forEach((name, value) -> {
            String pointer = "/labels/" + name.replace("~", "~0").replace("/", "~1");
            checks.text(pointer, name, LONGEST_LABEL_NAME);
            String text = checks.text(pointer, value == null ? "" : value, LONGEST_LABEL);
            fit.put(name, text == null ? "" : text);
        });
        return fit;
    }
}

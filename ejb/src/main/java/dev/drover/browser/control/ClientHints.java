// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Chromium says of itself beside its user agent: the {@code Sec-CH-UA} headers and {@code navigator.userAgentData}.
 * Playwright overrides the user agent alone, and a browser that contradicts itself is taken for a robot.
 *
 * @see <a href="https://wicg.github.io/ua-client-hints/">User-Agent Client Hints</a>
 */
record ClientHints(
        String userAgent,
        @Nullable String locale,
        @Nullable Brand brand,
        String platform,
        String platformVersion,
        boolean mobile) {

    private static final Pattern CHROMIUM = Pattern.compile("(Edg|OPR|Chrome)/(\\d+)([\\d.]*)");

    /** Name and version of a browser that is made of Chromium. */
    record Brand(String name, String major, String full) {}

    static ClientHints of(String userAgent, @Nullable String locale) {
        return new ClientHints(
                userAgent,
                locale,
                brand(userAgent),
                platform(userAgent),
                platformVersion(userAgent),
                userAgent.contains("Mobile"));
    }

    /** Sets them for the page, and for every page that the context opens later. */
    void applyTo(BrowserContext context, Page page) {
        apply(context, page);
        context.onPage(opened -> {
            if (opened != page) {
                try {
                    apply(context, opened);
                } catch (PlaywrightException e) {
                    // It has closed before it could be told.
                }
            }
        });
    }

    private void apply(BrowserContext context, Page page) {
        CDPSession session = context.newCDPSession(page); // Ends with its page; detaching would undo the override.
        session.send("Emulation.setUserAgentOverride", override());
    }

    JsonObject override() {
        JsonObject metadata = new JsonObject();
        metadata.add("brands", brands(false));
        metadata.add("fullVersionList", brands(true));
        metadata.addProperty("platform", platform);
        metadata.addProperty("platformVersion", platformVersion);
        metadata.addProperty("architecture", mobile ? "" : "x86");
        metadata.addProperty("bitness", mobile ? "" : "64");
        metadata.addProperty("model", "");
        metadata.addProperty("mobile", mobile);
        JsonObject override = new JsonObject();
        override.addProperty("userAgent", userAgent);
        if (locale != null) {
            override.addProperty("acceptLanguage", locale);
        }
        override.addProperty("platform", navigatorPlatform());
        override.add("userAgentMetadata", metadata);
        return override;
    }

    /** None where the user agent is of a browser that is not made of Chromium: those send no hints. */
    private JsonArray brands(boolean full) {
        JsonArray brands = new JsonArray();
        if (brand != null) {
            brands.add(named("Not?A_Brand", full ? "24.0.0.0" : "24"));
            brands.add(named("Chromium", full ? brand.full() : brand.major()));
            brands.add(named(brand.name(), full ? brand.full() : brand.major()));
        }
        return brands;
    }

    private static JsonObject named(String name, String version) {
        JsonObject brand = new JsonObject();
        brand.addProperty("brand", name);
        brand.addProperty("version", version);
        return brand;
    }

    private static @Nullable Brand brand(String userAgent) {
        Matcher product = CHROMIUM.matcher(userAgent);
        Brand found = null;
        while (product.find()) {
            String name =
                    switch (product.group(1)) {
                        case "Edg" -> "Microsoft Edge";
                        case "OPR" -> "Opera";
                        default -> "Google Chrome";
                    };
            found = new Brand(name, product.group(2), product.group(2) + product.group(3)); // The last one is its own.
        }
        return found;
    }

    private static String platform(String userAgent) {
        if (userAgent.contains("Windows")) {
            return "Windows";
        }
        if (userAgent.contains("Android")) {
            return "Android";
        }
        if (userAgent.contains("iPhone") || userAgent.contains("iPad")) {
            return "iOS";
        }
        if (userAgent.contains("Mac OS X")) {
            return "macOS";
        }
        return userAgent.contains("CrOS") ? "Chrome OS" : "Linux";
    }

    private static String platformVersion(String userAgent) {
        Matcher android = Pattern.compile("Android (\\d+)").matcher(userAgent);
        if (android.find()) {
            return android.group(1) + ".0.0";
        }
        return switch (platform(userAgent)) {
            case "Windows" -> "15.0.0";
            case "macOS" -> "14.0.0";
            default -> "";
        };
    }

    private String navigatorPlatform() {
        return switch (platform) {
            case "Windows" -> "Win32";
            case "macOS" -> "MacIntel";
            case "iOS" -> userAgent.contains("iPad") ? "iPad" : "iPhone";
            case "Android" -> "Linux armv81";
            default -> "Linux x86_64";
        };
    }
}

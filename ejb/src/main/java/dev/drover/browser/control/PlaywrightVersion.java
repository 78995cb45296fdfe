// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import com.microsoft.playwright.impl.driver.Driver;
import dev.drover.system.control.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which Playwright this server speaks. Its protocol changes with every minor version, and a bound browser does not check who
 * comes, as a launched server does (remote/playwrightServer.ts of 1.62).
 *
 * @param text major and minor, as in 1.62
 */
public record PlaywrightVersion(String text) {

    private static final Pattern CLIENT = Pattern.compile("Playwright/(\\d+\\.\\d+)(\\..*)?");
    private static final Pattern MINOR = Pattern.compile("(\\d+\\.\\d+)\\..*");

    /** The version of the driver that comes with this server. */
    public static PlaywrightVersion ofDriver() {
        try (InputStream in = Driver.class.getClassLoader().getResourceAsStream("driver/package/package.json")) {
            if (in == null) {
                throw new IllegalStateException("com.microsoft.playwright:driver is not on the class path");
            }
            String version = Json.read(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .path("version")
                    .asText();
            Matcher minor = MINOR.matcher(version);
            return new PlaywrightVersion(minor.matches() ? minor.group(1) : version);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Why a client cannot be understood, in a sentence for its user; empty where it can, or does not say what it is.
     *
     * @param userAgent of the client's handshake
     */
    public Optional<String> objection(String userAgent) {
        Matcher client = CLIENT.matcher(userAgent.split(" ", 2)[0]);
        if (!client.matches() || client.group(1).equals(text)) {
            return Optional.empty();
        }
        return Optional.of(
                "This client is Playwright %s and the server speaks Playwright %s: install %s.x of the client,"
                                .formatted(client.group(1), text, text)
                        + " or connect over CDP, which takes any version.");
    }
}

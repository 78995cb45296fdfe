// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.booking;

import dev.drover.system.control.ConfigKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * Where bookings are made.
 *
 * @param siteUrl of a job that names none; empty: such a job fails
 * @param profile a file that describes another site than the built-in profile does
 */
public record BookingSettings(String siteUrl, Optional<Path> profile) {

    public static final ConfigKey<String> SITE_URL = ConfigKey.text(
            "drover.booking.site-url",
            "",
            "Address of the site where bookings are made, http or https; a job may name another one.",
            "BOOKING_SITE_URL");

    public static final ConfigKey<Optional<Path>> PROFILE = new ConfigKey<>(
            "drover.booking.site-profile",
            "",
            "JSON file with the addresses, selectors, texts and times of that site; empty: the built-in one.",
            text -> text.isBlank() ? Optional.empty() : Optional.of(Path.of(text.strip())),
            List.of("BOOKING_SITE_PROFILE"));

    public static BookingSettings from(Config config) {
        return new BookingSettings(SITE_URL.read(config).strip(), PROFILE.read(config));
    }
}

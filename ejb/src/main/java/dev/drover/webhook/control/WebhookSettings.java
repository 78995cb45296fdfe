// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.control;

import dev.drover.system.control.ConfigKey;
import dev.drover.system.control.InvalidSetting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * How webhooks are sent.
 *
 * @param secret of the server; empty: it makes one and keeps it in its data folder
 * @param bookingsUrl where bookings are told that name no address of their own
 * @param bookingsKey proves to that address who tells it
 * @param concurrency how many are sent at once
 * @param perReceiver how many of them to one receiver
 * @param timeout of an answer, from the first byte that is sent
 * @param pauses before each attempt after the first
 * @param disableAfter how long an endpoint may fail
 * @param rotation how long the secret before signs beside a new one
 * @param kept how long deliveries are kept that were taken
 * @param failedKept how long all others are kept
 * @param endpointsPerUser how many endpoints a user may have
 */
public record WebhookSettings(
        Optional<String> secret,
        Optional<String> bookingsUrl,
        Optional<String> bookingsKey,
        int concurrency,
        int perReceiver,
        Duration connectTimeout,
        Duration timeout,
        List<Duration> pauses,
        Duration disableAfter,
        Duration rotation,
        Duration kept,
        Duration failedKept,
        int endpointsPerUser) {

    public static final ConfigKey<String> SECRET = ConfigKey.text(
            "drover.webhooks.secret",
            "",
            "What signs webhooks to the webhook_url of jobs: whsec_ and Base64, or any text of at least 16 characters;"
                    + " empty: one is generated at first start and kept in DATA_ROOT/secrets/webhook-secret.",
            "WEBHOOK_SECRET");

    public static final ConfigKey<String> BOOKINGS_URL = ConfigKey.text(
            "drover.webhooks.bookings-url",
            "",
            "Where bookings are told whose request has no webhook_url.",
            "SUPABASE_WEBHOOK_URL");

    public static final ConfigKey<String> BOOKINGS_KEY = ConfigKey.text(
            "drover.webhooks.bookings-key",
            "",
            "Goes to that address with each webhook, as apikey and as Authorization: Bearer, as Supabase asks for it.",
            "SUPABASE_SECRET_KEY");

    public static final ConfigKey<Integer> CONCURRENCY = ConfigKey.number(
            "drover.webhooks.concurrency",
            8,
            2,
            256,
            "How many webhooks this node sends at once. Receivers that are slow or not known yet share half of them.");

    public static final ConfigKey<Integer> PER_RECEIVER = ConfigKey.number(
            "drover.webhooks.per-receiver",
            3,
            1,
            256,
            "How many of them go to one receiver at once, while it is quick.");

    public static final ConfigKey<Duration> CONNECT_TIMEOUT = ConfigKey.seconds(
            "drover.webhooks.connect-timeout-seconds", "5", "How long a connection to a receiver may take.");

    public static final ConfigKey<Duration> TIMEOUT = ConfigKey.seconds(
            "drover.webhooks.timeout-seconds", "15", "How long a receiver may take for its whole answer.");

    public static final ConfigKey<List<String>> RETRIES = ConfigKey.words(
            "drover.webhooks.retry-seconds",
            "5,300,1800,7200,18000,36000,50400,72000,86400",
            "The pauses before each attempt after the first, in seconds, by commas; each becomes up to a fifth longer.");

    public static final ConfigKey<Duration> DISABLE_AFTER = ConfigKey.seconds(
            "drover.webhooks.disable-after-seconds",
            "432000",
            "An endpoint that takes nothing for so many seconds is disabled, with an alert.");

    public static final ConfigKey<Duration> ROTATION = ConfigKey.seconds(
            "drover.webhooks.rotation-seconds",
            "86400",
            "How long the secret of an endpoint goes on to sign beside the one that replaces it.");

    public static final ConfigKey<Duration> KEPT = ConfigKey.seconds(
            "drover.webhooks.kept-seconds", "86400", "How long a delivery is kept after its receiver took it.");

    public static final ConfigKey<Duration> FAILED_KEPT = ConfigKey.seconds(
            "drover.webhooks.failed-kept-seconds",
            "604800",
            "How long a delivery is kept that nobody took, so that it can be sent anew.");

    public static final ConfigKey<Integer> ENDPOINTS_PER_USER = ConfigKey.number(
            "drover.webhooks.endpoints-per-user", 50, 1, 10_000, "How many endpoints a user may have.");

    public WebhookSettings {
        secret = secret.map(String::strip).filter(text -> !text.isEmpty());
        secret.ifPresent(WebhookSettings::check);
        bookingsUrl = bookingsUrl.map(String::strip).filter(text -> !text.isEmpty());
        bookingsUrl.ifPresent(WebhookSettings::checkAddress);
        bookingsKey = bookingsKey.map(String::strip).filter(text -> !text.isEmpty());
        pauses = List.copyOf(pauses);
    }

    public static WebhookSettings from(Config config) {
        return new WebhookSettings(
                SECRET.readIfSet(config),
                BOOKINGS_URL.readIfSet(config),
                BOOKINGS_KEY.readIfSet(config),
                CONCURRENCY.read(config),
                PER_RECEIVER.read(config),
                CONNECT_TIMEOUT.read(config),
                TIMEOUT.read(config),
                RETRIES.read(config).stream().map(WebhookSettings::pause).toList(),
                DISABLE_AFTER.read(config),
                ROTATION.read(config),
                KEPT.read(config),
                FAILED_KEPT.read(config),
                ENDPOINTS_PER_USER.read(config));
    }

    private static Duration pause(String seconds) {
        try {
            double value = Double.parseDouble(seconds);
            if (value > 0 && value <= 1e7) {
                return Duration.ofMillis(Math.round(value * 1000));
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new InvalidSetting(
                RETRIES.variable(),
                seconds,
                RETRIES.description(),
                new IllegalArgumentException("seconds, more than 0"));
    }

    private static void checkAddress(String url) {
        if (!url.matches("https?://[^/?#\\s]+\\S*")) {
            throw new InvalidSetting(
                    BOOKINGS_URL.variable(),
                    url,
                    BOOKINGS_URL.description(),
                    new IllegalArgumentException("an address that starts with https:// or http://"));
        }
    }

    /** The message names the variables and never the secret. */
    private static void check(String secret) {
        try {
            WebhookSecret.parse(secret);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("WEBHOOK_SECRET (or " + SECRET.variable() + ") does not fit: "
                    + e.getMessage() + ". Leave it empty to have one generated.");
        }
    }

    /** Never shows a secret. */
    @Override
    public String toString() {
        return "WebhookSettings[secret=" + (secret.isPresent() ? "set" : "not set") + ", concurrency=" + concurrency
                + "]";
    }
}

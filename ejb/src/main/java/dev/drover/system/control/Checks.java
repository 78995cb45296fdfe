// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.control;

import dev.drover.system.control.DroverException.Violation;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Looks at the fields of one request and remembers every one that does not fit. Absent fields fit. */
public final class Checks {

    /** As many seconds as the database's columns hold. */
    private static final int MOST_SECONDS = Integer.MAX_VALUE;

    private final List<Violation> violations = new ArrayList<>();

    public void violated(String pointer, String message) {
        violations.add(new Violation(pointer, message));
    }

    /** @throws DroverException when something did not fit */
    public void refuseIfAny() {
        if (!violations.isEmpty()) {
            throw new DroverException(ErrorCode.INVALID_REQUEST, "The request does not fit.", violations);
        }
    }

    public String required(String pointer, @Nullable String value) {
        if (value == null || value.isBlank()) {
            violated(pointer, "is required");
            return "";
        }
        return value;
    }

    public @Nullable String text(String pointer, @Nullable String value, int longest) {
        if (value != null && (value.isBlank() || value.length() > longest || hasControlCharacter(value))) {
            violated(pointer, "a text of 1 to " + longest + " characters");
        }
        return value;
    }

    public @Nullable String oneOf(String pointer, @Nullable String value, List<String> known) {
        if (value != null && !known.contains(value)) {
            violated(pointer, "one of " + String.join(", ", known));
            return null;
        }
        return value;
    }

    public @Nullable Integer within(String pointer, @Nullable Integer value, int least, int most) {
        if (value != null && (value < least || value > most)) {
            violated(pointer, "a whole number from " + least + " to " + most);
        }
        return value;
    }

    public @Nullable Double within(String pointer, @Nullable Double value, double least, double most) {
        if (value != null && !(value >= least && value <= most)) {
            violated(pointer, "a number from %s to %s".formatted(least, most));
        }
        return value;
    }

    public @Nullable Duration seconds(String pointer, @Nullable Integer value) {
        within(pointer, value, 1, MOST_SECONDS);
        return value == null ? null : Duration.ofSeconds(value);
    }

    public @Nullable Instant time(String pointer, @Nullable String value) {
        if (value == null) {
            return null;
        }
        try {
            Instant time = OffsetDateTime.parse(value).toInstant();
            if (time.isBefore(Instant.parse("9999-01-01T00:00:00Z")) && time.isAfter(Instant.EPOCH)) {
                return time;
            }
        } catch (DateTimeParseException e) {
            // Told below.
        }
        violated(pointer, "a time with its offset, as in 2026-01-31T06:00:00Z (RFC 3339)");
        return null;
    }

    public @Nullable String webAddress(String pointer, @Nullable String value, int longest) {
        text(pointer, value, longest);
        return value == null || uri(pointer, value, Set.of("http", "https")) != null ? value : null;
    }

    /** An address with a host, in one of the schemes. */
    public @Nullable URI uri(String pointer, @Nullable String value, Set<String> schemes) {
        if (value == null) {
            return null;
        }
        try {
            URI uri = new URI(value);
            if (uri.getHost() != null && schemes.contains(String.valueOf(uri.getScheme()))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Told below.
        }
        violated(
                pointer,
                "an address that starts with "
                        + String.join(":// or ", schemes.stream().sorted().toList()) + "://");
        return null;
    }

    /**
     * A whole number of an address, whose parameters have no pointer: its name is in the message.
     *
     * @return the least where the text does not fit
     */
    public int number(String name, String text, int least, int most) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        violated("", name + ": a whole number from " + least + " to " + most);
        return least;
    }

    /** The cursor of a page that follows another; null for the first page. */
    public @Nullable UUID cursor(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            violated("", "cursor: take next_cursor of the page before");
            return null;
        }
    }

    private static boolean hasControlCharacter(String value) {
        return value.chars().anyMatch(Character::isISOControl);
    }
}

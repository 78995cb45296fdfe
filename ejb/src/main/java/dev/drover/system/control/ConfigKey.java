// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.control;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;

/**
 * One documented configuration key with its default. Rooms hold theirs as {@code public static final} fields of their
 * settings record; {@code docs/reference/configuration.md} and {@code .env.example} are written from these fields.
 *
 * @param name kebab-case under {@code drover.}; the environment spells it in upper case with underscores
 * @param defaultText the default as one would write it in the environment; empty means "none" or "computed"
 * @param description one sentence for operators, with the unit
 * @param aliases other environment variables that are read when the key itself is not set
 */
public record ConfigKey<T>(
        String name, String defaultText, String description, Function<String, T> parser, List<String> aliases) {

    public ConfigKey {
        if (!name.matches("drover(\\.[a-z0-9]+(-[a-z0-9]+)*)+")) {
            throw new IllegalArgumentException("not a configuration key: " + name);
        }
        requireNonNull(defaultText, "defaultText");
        requireNonNull(description, "description");
        requireNonNull(parser, "parser");
        aliases = List.copyOf(aliases);
    }

    public static ConfigKey<String> text(String name, String defaultText, String description, String... aliases) {
        return new ConfigKey<>(name, defaultText, description, Function.identity(), List.of(aliases));
    }

    public static ConfigKey<Boolean> flag(String name, boolean defaultValue, String description, String... aliases) {
        return new ConfigKey<>(
                name, Boolean.toString(defaultValue), description, ConfigKey::parseFlag, List.of(aliases));
    }

    /** A whole number in the given range, both ends included. */
    public static ConfigKey<Integer> number(
            String name, int defaultValue, int least, int most, String description, String... aliases) {
        Function<String, Integer> parser = text -> {
            int value = Integer.parseInt(text.strip());
            if (value < least || value > most) {
                throw new IllegalArgumentException("a whole number from " + least + " to " + most);
            }
            return value;
        };
        return new ConfigKey<>(name, Integer.toString(defaultValue), description, parser, List.of(aliases));
    }

    /** Seconds, whole or with a fraction; the name ends in {@code -seconds}. */
    public static ConfigKey<Duration> seconds(String name, String defaultText, String description, String... aliases) {
        Function<String, Duration> parser = text -> {
            double seconds = Double.parseDouble(text.strip());
            if (!(seconds >= 0 && seconds <= 1e9)) {
                throw new IllegalArgumentException("seconds, 0 or more");
            }
            return Duration.ofNanos(Math.round(seconds * 1e9));
        };
        return new ConfigKey<>(name, defaultText, description, parser, List.of(aliases));
    }

    public static ConfigKey<Path> folder(String name, String defaultText, String description, String... aliases) {
        return new ConfigKey<>(name, defaultText, description, Path::of, List.of(aliases));
    }

    /** A list of words separated by commas; empty entries are dropped. */
    public static ConfigKey<List<String>> words(
            String name, String defaultText, String description, String... aliases) {
        return new ConfigKey<>(
                name,
                defaultText,
                description,
                text -> List.of(text.split(",")).stream()
                        .map(String::strip)
                        .filter(word -> !word.isEmpty())
                        .toList(),
                List.of(aliases));
    }

    /** The variable's name in the environment: {@code drover.jobs.max-concurrent} is {@code DROVER_JOBS_MAX_CONCURRENT}. */
    public String variable() {
        return name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /**
     * The configured value, else the default.
     *
     * @throws InvalidSetting when the value cannot be read; the message names the variable
     */
    public T read(Config config) {
        return parse(configured(config).orElse(defaultText));
    }

    /** The configured value, or nothing where neither the key nor an alias is set. */
    public Optional<T> readIfSet(Config config) {
        return configured(config).map(this::parse);
    }

    private Optional<String> configured(Config config) {
        Optional<String> own = config.getOptionalValue(name, String.class);
        if (own.isPresent()) {
            return own;
        }
        return aliases.stream()
                .flatMap(alias -> config.getOptionalValue(alias, String.class).stream())
                .findFirst();
    }

    private T parse(String text) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidSetting(variable(), text, description, e);
        }
    }

    private static boolean parseFlag(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes", "on" -> true;
            case "false", "0", "no", "off" -> false;
            default -> throw new IllegalArgumentException("true or false");
        };
    }
}

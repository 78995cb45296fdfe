// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a task asks of a person.
 *
 * @param prompt one or two sentences for the person, at most 1000 characters
 * @param choices what may be chosen, for {@link Kind#CHOOSE} alone
 * @param within how long an answer is waited for; no longer than the attempt may last
 */
public record HumanRequest(Kind kind, String prompt, List<String> choices, Duration within) {

    private static final int LONGEST_PROMPT = 1000;
    private static final int LONGEST_TEXT = 2000;

    /** What kind of answer is wanted. */
    public enum Kind {
        /** The person scans a code that the page shows; the site itself goes on. The only answer is false: to give up. */
        QR_LOGIN,
        /** True or false. */
        CONFIRM,
        /** A text. */
        TEXT,
        /** One of the choices. */
        CHOOSE,
        /** The person uses the page of the task, which stands still. True hands it back, false gives up. */
        TAKE_OVER;

        /** The name in the API: lower case with underscores. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @throws IllegalArgumentException when there is none of this name */
        public static Kind ofWireName(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }
    }

    public HumanRequest {
        requireNonNull(kind, "kind");
        if (prompt.isBlank() || prompt.length() > LONGEST_PROMPT) {
            throw new IllegalArgumentException("a prompt has 1 to " + LONGEST_PROMPT + " characters");
        }
        choices = List.copyOf(choices);
        if ((kind == Kind.CHOOSE) == choices.isEmpty()) {
            throw new IllegalArgumentException("choices belong to a question that asks to choose, and to no other");
        }
        if (!within.isPositive()) {
            throw new IllegalArgumentException("an answer takes time: " + within);
        }
    }

    public static HumanRequest qrLogin(String prompt, Duration within) {
        return new HumanRequest(Kind.QR_LOGIN, prompt, List.of(), within);
    }

    public static HumanRequest confirm(String prompt, Duration within) {
        return new HumanRequest(Kind.CONFIRM, prompt, List.of(), within);
    }

    public static HumanRequest text(String prompt, Duration within) {
        return new HumanRequest(Kind.TEXT, prompt, List.of(), within);
    }

    public static HumanRequest choose(String prompt, List<String> choices, Duration within) {
        return new HumanRequest(Kind.CHOOSE, prompt, choices, within);
    }

    public static HumanRequest takeOver(String prompt, Duration within) {
        return new HumanRequest(Kind.TAKE_OVER, prompt, List.of(), within);
    }

    /** What is wrong with an answer to a question of this kind; nothing when it fits. */
    public static Optional<String> objection(Kind kind, List<String> choices, JsonNode answer) {
        return switch (kind) {
            case QR_LOGIN ->
                answer.isBoolean() && !answer.asBoolean() ? Optional.empty() : Optional.of("must be false, to give up");
            case CONFIRM, TAKE_OVER -> answer.isBoolean() ? Optional.empty() : Optional.of("must be true or false");
            case TEXT ->
                answer.isTextual()
                                && !answer.asText().isBlank()
                                && answer.asText().length() <= LONGEST_TEXT
                        ? Optional.empty()
                        : Optional.of("must be a text of 1 to " + LONGEST_TEXT + " characters");
            case CHOOSE ->
                answer.isTextual() && choices.contains(answer.asText())
                        ? Optional.empty()
                        : Optional.of("must be one of " + String.join(", ", choices));
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.script;

import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.TaskFailure;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** How an expected text and the one on the page must agree. White space counts as one space. */
public enum Match {
    CONTAINS,
    EQUALS,
    /** The expected text is a regular expression, found anywhere. */
    MATCHES;

    private static final Duration LONGEST_SEARCH = Duration.ofSeconds(1);

    /** The word in a script. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean holds(String expected, String actual) {
        return switch (this) {
            case CONTAINS -> collapsed(actual).contains(collapsed(expected));
            case EQUALS -> collapsed(actual).equals(collapsed(expected));
            case MATCHES -> found(expected, collapsed(actual));
        };
    }

    static String collapsed(String text) {
        return text.replaceAll("[\\s\\u00a0]+", " ").strip();
    }

    private static boolean found(String expression, String text) {
        try {
            return Pattern.compile(expression)
                    .matcher(new TimedText(text, System.nanoTime() + LONGEST_SEARCH.toNanos()))
                    .find();
        } catch (PatternSyntaxException e) {
            throw new TaskFailure(
                    ErrorCategory.INVALID_INPUT,
                    "bad_expression",
                    "'%s' is not a regular expression: %s.".formatted(expression, e.getDescription()),
                    e);
        }
    }

    /** Ends a search that would go on for ever, as some expressions do on some texts. */
    private record TimedText(CharSequence text, long deadline) implements CharSequence {

        @Override
        public char charAt(int index) {
            if (System.nanoTime() > deadline) {
                throw new TaskFailure(
                        ErrorCategory.INVALID_INPUT,
                        "expression_too_slow",
                        "The regular expression takes too long on the page's text. Make it simpler.");
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new TimedText(text.subSequence(start, end), deadline);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}

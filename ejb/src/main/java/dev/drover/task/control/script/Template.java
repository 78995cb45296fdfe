// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.script;

import static java.util.Objects.requireNonNull;

import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * A text with places for variables, each a dollar sign and a name in braces. Two dollar signs and an opening brace stand
 * for one of each.
 */
public record Template(String source) {

    private static final Pattern PLACE = Pattern.compile("\\$\\$\\{|\\$\\{\\s*([A-Za-z_][\\w.-]*)\\s*}");

    public Template {
        requireNonNull(source, "source");
    }

    /** The text with each place taken by what the given lookup says. */
    public String filledIn(UnaryOperator<String> lookup) {
        return PLACE.matcher(source)
                .replaceAll(place -> java.util.regex.Matcher.quoteReplacement(
                        place.group(1) == null ? "${" : lookup.apply(place.group(1))));
    }

    @Override
    public String toString() {
        return source;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import static java.util.Objects.requireNonNull;

import dev.drover.job.entity.JobFallback.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the jobs of a task may fall back to.
 *
 * @param task its name; {@code *} for all that no rule before names
 */
record FallbackRule(String task, Set<Kind> kinds) {

    private static final String ALL = "*";

    FallbackRule {
        requireNonNull(task, "task");
        kinds = Set.copyOf(kinds);
    }

    /**
     * Reads rules as an operator writes them: {@code extract source reduced stale; * engine}.
     *
     * @throws IllegalArgumentException when one of them makes no sense
     */
    static List<FallbackRule> parse(String text) {
        List<FallbackRule> rules = new ArrayList<>();
        for (String rule : text.split(";", -1)) {
            if (!rule.isBlank()) {
                List<String> words = List.of(rule.strip().split("[\\s,]+", -1));
                Set<Kind> kinds = EnumSet.noneOf(Kind.class);
                words.subList(1, words.size()).forEach(word -> kinds.add(kind(word)));
                rules.add(new FallbackRule(words.getFirst(), kinds));
            }
        }
        return List.copyOf(rules);
    }

    private static Kind kind(String word) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.wireName().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("one of "
                        + Arrays.stream(Kind.values()).map(Kind::wireName).collect(Collectors.joining(", "))
                        + ", not " + word));
    }

    boolean covers(String name) {
        return task.equals(name) || task.equals(ALL);
    }
}

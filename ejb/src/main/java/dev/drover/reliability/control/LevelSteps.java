// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * From which values on a measure makes the service degraded, minimal and an emergency.
 *
 * @param steps in this order, an empty one for a level that the measure never asks for
 * @param falling whether less is worse
 */
record LevelSteps(List<OptionalDouble> steps, boolean falling) {

    private static final List<ServiceLevel> LEVELS =
            List.of(ServiceLevel.DEGRADED, ServiceLevel.MINIMAL, ServiceLevel.EMERGENCY);
    private static final String NEVER = "never";

    LevelSteps {
        steps = List.copyOf(steps);
        if (steps.size() != LEVELS.size()) {
            throw new IllegalArgumentException("three values: for degraded, minimal and emergency");
        }
        double before = falling ? Double.POSITIVE_INFINITY : 0;
        for (OptionalDouble step : steps) {
            double value = step.orElse(before);
            if (!(value >= 0) || (falling ? value > before : value < before)) {
                throw new IllegalArgumentException(
                        "values of 0 and more, each " + (falling ? "below" : "above") + " the one before");
            }
            before = value;
        }
    }

    /** Reads {@code 600, 3600, never}: the more, the worse. */
    static LevelSteps rising(String text) {
        return parse(text, false);
    }

    /** Reads {@code 1024, 512, 128}: the less, the worse. */
    static LevelSteps falling(String text) {
        return parse(text, true);
    }

    private static LevelSteps parse(String text, boolean falling) {
        return new LevelSteps(
                List.of(text.split(",", -1)).stream().map(LevelSteps::step).toList(), falling);
    }

    private static OptionalDouble step(String word) {
        return word.strip().toLowerCase(Locale.ROOT).equals(NEVER)
                ? OptionalDouble.empty()
                : OptionalDouble.of(Double.parseDouble(word.strip()));
    }

    /** The worst level that the value asks for. */
    ServiceLevel level(double value) {
        for (int i = LEVELS.size() - 1; i >= 0; i--) {
            OptionalDouble step = steps.get(i);
            if (step.isPresent() && (falling ? value < step.getAsDouble() : value >= step.getAsDouble())) {
                return LEVELS.get(i);
            }
        }
        return ServiceLevel.FULL;
    }

    /** The value from which on the service is worse than full; nothing where there is none. */
    OptionalDouble first() {
        return steps.stream().filter(OptionalDouble::isPresent).findFirst().orElse(OptionalDouble.empty());
    }
}

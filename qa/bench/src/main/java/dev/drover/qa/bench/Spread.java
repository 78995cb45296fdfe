// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.bench;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/**
 * What many measurements of one thing came to.
 *
 * @param low the tenth percentile
 * @param high the ninetieth
 */
record Spread(double median, double low, double high, int count) {

    static Spread of(Collection<Double> measured) {
        if (measured.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
        double[] sorted =
                measured.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new Spread(at(sorted, 0.5), at(sorted, 0.1), at(sorted, 0.9), sorted.length);
    }

    static Spread of(double[] measured) {
        return of(Arrays.stream(measured).boxed().toList());
    }

    private static double at(double[] sorted, double part) {
        double place = part * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = (int) Math.ceil(place);
        return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
    }

    /** What so great a part of them stays below. */
    static double percentile(Collection<Double> measured, double part) {
        return at(measured.stream().mapToDouble(Double::doubleValue).sorted().toArray(), part);
    }

    /** {@code 216 ms (204–231)}. */
    String text(String unit) {
        return "%s %s (%s–%s)".formatted(number(median), unit, number(low), number(high));
    }

    /** Three digits that matter. */
    static String number(double value) {
        double size = Math.abs(value);
        String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }
}

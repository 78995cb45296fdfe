// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import java.time.Duration;

/**
 * How many browser workers there are to be, and what has to be remembered to decide it: pressure has to last before it
 * counts, and after a change the next one has to wait. A pure value: each look at the machine makes the next one.
 *
 * <p>Workers come one by one when runs wait and the machine has room for them, and go one by one when they are not
 * needed for minutes or when the machine runs out of memory. A busy processor alone takes no worker away as long as there
 * is not more than one for each core: that is what they are for.
 *
 * @param size how many there are to be
 * @param settled time since the last change
 * @param pressed how long runs have been waiting
 * @param slack how long there have been more workers than runs
 * @param saturated how long the processor has been at its limit
 */
record Scaling(int size, Duration settled, Duration pressed, Duration slack, Duration saturated) {

    /** A run that waits less is one that comes at the same moment as others. */
    static final Duration WAIT_THAT_COUNTS = Duration.ofMillis(300);

    static final Duration PRESSED_LONG_ENOUGH = Duration.ofMillis(500);
    static final Duration SLACK_LONG_ENOUGH = Duration.ofMinutes(5);
    static final Duration SLACK_OF_THE_NEXT = Duration.ofMinutes(1);
    static final Duration SATURATED_LONG_ENOUGH = Duration.ofMinutes(1);

    /** A launch is a second of two cores: what it does to the queue shows after that. */
    static final Duration BETWEEN_GROWTH = Duration.ofSeconds(2);

    /** A browser that went gives its memory back within this time. */
    static final Duration BETWEEN_SHRINKS = Duration.ofSeconds(10);

    private static final double PROCESSOR_WITH_ROOM = 0.85;
    private static final double PROCESSOR_AT_LIMIT = 0.97;

    /**
     * What does not change.
     *
     * @param browser bytes that one more browser is expected to take
     */
    record Limits(int least, int most, int cores, long browser) {
        Limits {
            if (least < 1 || most < least) {
                throw new IllegalArgumentException("not a range of workers: " + least + " to " + most);
            }
        }
    }

    /**
     * What a look at the pool and at the machine shows.
     *
     * @param runs that go on or wait
     * @param longestWait of those that wait; zero when none does
     */
    record Sight(int runs, Duration longestWait, MachineLoad machine) {}

    static Scaling beginningWith(int size) {
        return new Scaling(size, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }

    /** @param elapsed since the last look */
    Scaling next(Sight sight, Limits limits, Duration elapsed) {
        Scaling now = new Scaling(
                size,
                settled.plus(elapsed),
                sight.longestWait().compareTo(WAIT_THAT_COUNTS) >= 0 ? pressed.plus(elapsed) : Duration.ZERO,
                sight.runs() < size ? slack.plus(elapsed) : Duration.ZERO,
                sight.machine().processor() >= PROCESSOR_AT_LIMIT ? saturated.plus(elapsed) : Duration.ZERO);
        if (size > limits.least() && now.hasToShrink(sight, limits)) {
            return now.of(size - 1, Duration.ZERO);
        }
        if (size > limits.least() && lasted(now.slack, SLACK_LONG_ENOUGH)) {
            return now.of(size - 1, SLACK_LONG_ENOUGH.minus(SLACK_OF_THE_NEXT));
        }
        if (size < limits.most() && now.mayGrow(sight, limits)) {
            return now.of(size + 1, Duration.ZERO);
        }
        return now;
    }

    private boolean hasToShrink(Sight sight, Limits limits) {
        boolean starved = sight.machine().memoryFree() < limits.browser() / 4;
        boolean crowded = size > limits.cores() && lasted(saturated, SATURATED_LONG_ENOUGH);
        return lasted(settled, BETWEEN_SHRINKS) && (starved || crowded);
    }

    private boolean mayGrow(Sight sight, Limits limits) {
        boolean fits = sight.machine().memoryFree() > limits.browser() * 5 / 4;
        boolean hasProcessor = size < limits.cores() || sight.machine().processor() < PROCESSOR_WITH_ROOM;
        return lasted(pressed, PRESSED_LONG_ENOUGH) && lasted(settled, BETWEEN_GROWTH) && fits && hasProcessor;
    }

    private Scaling of(int newSize, Duration newSlack) {
        return new Scaling(newSize, Duration.ZERO, Duration.ZERO, newSlack, Duration.ZERO);
    }

    private static boolean lasted(Duration time, Duration enough) {
        return time.compareTo(enough) >= 0;
    }
}

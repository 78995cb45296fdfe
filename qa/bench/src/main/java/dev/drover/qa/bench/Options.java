// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.bench;

import java.util.List;

/**
 * How long to measure.
 *
 * @param quick fewer of everything, for a first look
 * @param profile whether to show where the server's time goes
 * @param write whether the figures of some rows go into the page as well
 * @param names of the rows; empty means all
 */
record Options(boolean quick, boolean profile, boolean write, List<String> names) {

    static final String USAGE = """
            ./drover bench [--quick] [--profile] [--write] [row…]
              --quick    a short run, two or three minutes for all rows
              --profile  also shows where the server's time goes (Flight Recorder, and the CPU of its threads)
              --write    puts the figures of the named rows into docs/reference/performance.md; a run of all rows always does
            Rows:
            """;

    static Options parse(String[] arguments) {
        List<String> given = List.of(arguments);
        for (String argument : given) {
            if (argument.startsWith("-")
                    && !List.of("--quick", "--profile", "--write").contains(argument)) {
                throw new Machine.Unusable("unknown option " + argument);
            }
        }
        return new Options(
                given.contains("--quick"),
                given.contains("--profile"),
                given.contains("--write"),
                given.stream().filter(argument -> !argument.startsWith("-")).toList());
    }

    int times(int full, int quickly) {
        return quick ? quickly : full;
    }
}

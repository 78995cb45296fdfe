// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * One line of the table.
 *
 * @param raw what it is compared with, measured in the same run; empty when there is nothing to compare
 * @param ratio Drover's figure divided by the raw one; empty where that says nothing
 * @param notes what a reader has to know to understand it
 */
record Figure(String work, String drover, String raw, String ratio, String toReach, List<String> notes) {

    Figure {
        notes = List.copyOf(notes);
    }

    static Figure of(String work, String drover, String toReach) {
        return new Figure(work, drover, "", "", toReach, List.of());
    }

    /** Compares like with like: the ratio of the medians is told. */
    static Figure compared(String work, Spread drover, Spread raw, String unit, String toReach) {
        String ratio = raw.median() == 0 ? "" : Spread.number(drover.median() / raw.median()) + "×";
        return new Figure(work, drover.text(unit), raw.text(unit), ratio, toReach, List.of());
    }

    /** Something to hold it against that is not the same work, so that no ratio is told. */
    Figure beside(String reference) {
        return new Figure(work, drover, reference, ratio, toReach, notes);
    }

    Figure note(String note) {
        List<String> more = new ArrayList<>(notes);
        more.add(note);
        return new Figure(work, drover, raw, ratio, toReach, more);
    }
}

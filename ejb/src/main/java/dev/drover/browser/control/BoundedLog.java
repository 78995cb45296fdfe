// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last lines of a log: the oldest make place when there are too many of them, or too much text in them. */
final class BoundedLog<T extends BoundedLog.Line> {

    /** A line, as small as it can be until somebody wants to read it. */
    interface Line {

        /** About how many characters it keeps in memory. */
        int weight();
    }

    private final int mostLines;
    private final int mostWeight;
    private final Deque<T> lines = new ArrayDeque<>();
    private int weight;
    private long dropped;

    BoundedLog(int mostLines, int mostWeight) {
        this.mostLines = mostLines;
        this.mostWeight = mostWeight;
    }

    void add(T line) {
        lines.add(line);
        weight += line.weight();
        while (lines.size() > mostLines || (weight > mostWeight && lines.size() > 1)) {
            weight -= lines.remove().weight();
            dropped++;
        }
    }

    /** Oldest first. */
    List<T> lines() {
        return List.copyOf(lines);
    }

    /** How many lines there were before those that are left. */
    long dropped() {
        return dropped;
    }

    /** How many lines there were in all. */
    long seen() {
        return dropped + lines.size();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.entity;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How urgent a job is, with the JMS priority of its message, by which rows are ordered as well. There is a step above and
 * one below each, for who waits with few and who with many jobs.
 */
public enum JobPriority {
    LOW(1),
    NORMAL(4),
    HIGH(7),
    URGENT(9);

    private final int jms;

    JobPriority(int jms) {
        this.jms = jms;
    }

    /** 0 (last) to 9 (first), as Jakarta Messaging counts. */
    public int jms() {
        return jms;
    }

    /** The name in the API: lower case. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<JobPriority> ofWireName(String name) {
        return Arrays.stream(values())
                .filter(priority -> priority.wireName().equals(name))
                .findFirst();
    }

    /**
     * The priority with this JMS number.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static JobPriority ofJms(int jms) {
        return Arrays.stream(values())
                .filter(priority -> priority.jms == jms)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no job priority " + jms));
    }
}

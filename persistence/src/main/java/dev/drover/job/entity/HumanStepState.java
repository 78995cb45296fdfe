// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.entity;

import java.util.Arrays;
import java.util.Locale;

/** What became of a question to a person. */
public enum HumanStepState {
    /** Nobody has answered yet. */
    OPEN,
    /** A person has answered. */
    ANSWERED,
    /** The site went on by itself, so no answer is needed any more. */
    WENT_ON,
    /** Its deadline passed. */
    EXPIRED;

    /** The name in the API and in the database: lower case with underscores. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException when there is none of this name */
    static HumanStepState ofWireName(String name) {
        return Arrays.stream(values())
                .filter(state -> state.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no state of a step: " + name));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.event.entity;

import java.util.Arrays;
import java.util.Locale;

/** The kinds of events. */
public enum EventType {
    /** Status, stage or progress changed. */
    STATUS_UPDATE,
    /** A new QR code is to be scanned. */
    QR_CODE_UPDATE,
    /** The job waits for a person. */
    HUMAN_REQUIRED,
    /** A file was kept with the job. */
    ARTIFACT_CREATED,
    /** The task wrote a line to the job's log. */
    LOG,
    /** The job ended; always its last event. */
    JOB_COMPLETED,
    /** A booking ended; comes before the job's own end. */
    BOOKING_COMPLETED,
    /** Something about the service is not as it should be. Of no job, and told to operators who ask for it. */
    ALERT_RAISED,
    /** What an alert was about is over. */
    ALERT_RESOLVED,
    /** A test got on, here or wherever somebody says so. Of no job, and told to those who ask for it. */
    TEST_PROGRESS;

    /** Whether events of this kind belong to a job. */
    public boolean isOfJob() {
        return this != ALERT_RAISED && this != ALERT_RESOLVED && this != TEST_PROGRESS;
    }

    /** The name in the API and in the database: lower case with underscores. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The type with this name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static EventType ofWireName(String name) {
        return Arrays.stream(values())
                .filter(type -> type.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no event type " + name));
    }
}

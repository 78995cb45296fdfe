// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.entity;

/** The queue that a job waits in: jobs that need a browser never delay those that need none. */
public enum Lane {
    BROWSER,
    PLAIN
}

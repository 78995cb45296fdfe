// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control;

import java.util.Locale;

/**
 * Why an attempt failed, in the words of {@code error.category}. Each category carries what usually helps, which the API
 * shows as {@code error.recovery}.
 */
public enum ErrorCategory {
    /** The parameters made no sense once the page was there, for example a selector that does not parse. */
    INVALID_INPUT(Recovery.FAIL),
    /** The page answered with a status of 400 or more. */
    HTTP_STATUS(Recovery.RETRY),
    /** An element that the task needs was not on the page in time. */
    MISSING_SELECTOR(Recovery.FAIL),
    /** An expectation of a script did not hold. */
    EXPECTATION(Recovery.FAIL),
    /** Something took longer than it may. */
    TIMEOUT(Recovery.RETRY),
    /** The page, the browser or its driver died. */
    CRASH(Recovery.RETRY),
    /** The address is one that jobs may not reach. */
    REFUSED_ADDRESS(Recovery.FAIL),
    /** The site could not be reached: name, connection or protocol. */
    NETWORK(Recovery.RETRY),
    /** The site's certificate is not to be trusted. */
    CERTIFICATE(Recovery.FAIL),
    /** The page or a result is larger than a job may hold. */
    TOO_LARGE(Recovery.FAIL),
    /** The engine that the job asked for is not available on this server. */
    ENGINE_UNAVAILABLE(Recovery.RETRY_OTHER_ENGINE),
    /** The node that ran the attempt went away. */
    LOST_WORKER(Recovery.RETRY),
    /** A defect of the task or of Drover. */
    INTERNAL(Recovery.FAIL);

    /** What usually helps against a failure. */
    public enum Recovery {
        RETRY,
        RETRY_OTHER_ENGINE,
        WAIT_FOR_BREAKER,
        FAIL;

        /** The name in the API: lower case with underscores. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Recovery recovery;

    ErrorCategory(Recovery recovery) {
        this.recovery = recovery;
    }

    public Recovery recovery() {
        return recovery;
    }

    /** The name in the API: lower case with underscores. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

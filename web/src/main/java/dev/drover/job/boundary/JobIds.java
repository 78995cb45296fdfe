// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.boundary;

import dev.drover.job.control.Jobs;
import dev.drover.job.entity.Job;
import dev.drover.security.control.Caller;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.ErrorCode;
import java.util.UUID;

/** Ids of jobs in addresses. What is no id is an address where no job is. */
final class JobIds {

    static final String EXAMPLE = "01980c8e-7f3a-7cc1-b4a5-2c5b8d1f0e6a";

    private static final int LENGTH = 36;

    private JobIds() {}

    /** @throws DroverException {@link ErrorCode#NOT_FOUND} */
    static UUID parse(String id) {
        if (id.length() != LENGTH) {
            throw notFound();
        }
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw notFound();
        }
    }

    /** @throws DroverException {@link ErrorCode#NOT_FOUND}, also for a job that the caller may not see */
    static Job find(Jobs jobs, Caller caller, String id) {
        return jobs.find(caller, parse(id)).orElseThrow(JobIds::notFound);
    }

    static DroverException notFound() {
        return new DroverException(ErrorCode.NOT_FOUND, "There is no such job, or it is not yours.");
    }
}

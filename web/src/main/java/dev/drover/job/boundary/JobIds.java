// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.boundary;

import dev.drover.job.control.Jobs;
import dev.drover.job.entity.Job;
import dev.drover.security.control.Caller;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.ErrorCode;
import dev.drover.system.control.RecordIds;

/** Jobs by the ids in addresses. */
final class JobIds {

    private JobIds() {}

    /** @throws DroverException {@link ErrorCode#NOT_FOUND}, also for a job that the caller may not see */
    static Job find(Jobs jobs, Caller caller, String id) {
        return jobs.find(caller, RecordIds.parse(id)).orElseThrow(JobIds::notFound);
    }

    static DroverException notFound() {
        return new DroverException(ErrorCode.NOT_FOUND, "There is no such job, or it is not yours.");
    }
}

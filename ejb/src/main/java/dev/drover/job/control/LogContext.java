// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import com.ibm.websphere.logging.hpel.LogRecordContext;
import dev.drover.job.entity.Job;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts a job's ids as fields on every log record of the thread that runs it. */
final class LogContext {

    private static final List<String> FIELDS = List.of("job_id", "user_id", "trace_id", "browser_type");

    private LogContext() {}

    static void during(Job job, @Nullable String browserType, Runnable work) {
        LogRecordContext.addExtension("job_id", job.id().toString());
        LogRecordContext.addExtension("user_id", job.owner().user());
        LogRecordContext.addExtension("trace_id", job.traceId());
        if (browserType != null) {
            LogRecordContext.addExtension("browser_type", browserType);
        }
        try {
            work.run();
        } finally {
            FIELDS.forEach(LogRecordContext::removeExtension);
        }
    }
}

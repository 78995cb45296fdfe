// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.browser.control.BrowserOptions;
import dev.drover.job.entity.JobPriority;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a caller asks for. Null means the server's or the task's default.
 *
 * @param id of the job to be; given where a repeated request must not make a second job
 * @param user in whose name; only an administrator may name one
 * @param browser null where the caller says nothing about the browser
 * @param traceParent as it came; one that is no W3C Trace Context is left out, as the standard wants
 */
public record JobSubmission(
        @Nullable UUID id,
        String task,
        ObjectNode params,
        @Nullable String user,
        @Nullable JobPriority priority,
        @Nullable BrowserOptions browser,
        @Nullable Duration timeout,
        @Nullable Integer maxAttempts,
        @Nullable Instant notBefore,
        @Nullable Duration ttl,
        @Nullable String webhookUrl,
        Map<String, String> labels,
        @Nullable String traceParent) {

    private static final Pattern TRACE_PARENT =
            Pattern.compile("[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    public JobSubmission {
        labels = Map.copyOf(labels);
        if (traceParent != null && !TRACE_PARENT.matcher(traceParent).matches()) {
            traceParent = null;
        }
    }
}

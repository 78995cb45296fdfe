// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.boundary;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.job.control.JobSubmission;
import dev.drover.job.entity.JobPriority;
import dev.drover.system.control.Checks;
import dev.drover.vault.control.CapturedNames;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns requests for jobs into submissions; what does not fit is collected and refused all at once. */
final class Submissions {

    private static final int MOST_LABELS = 32;
    private static final Pattern LABEL_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,63}");
    private static final int LONGEST_LABEL = 256;

    private Submissions() {}

    /**
     * @param id reserved for the job, so that a repeated request makes only one
     * @param traceParent as it came
     * @throws dev.drover.system.control.DroverException that names everything that does not fit
     */
    static JobSubmission of(JobRequest request, @Nullable UUID id, @Nullable String traceParent) {
        Checks checks = new Checks();
        String task = checks.required("/task", request.task());
        ObjectNode params = request.params();
        JobSubmission submission = new JobSubmission(
                id,
                task,
                params == null ? JsonNodeFactory.instance.objectNode() : params,
                checks.text("/user_id", request.userId(), 128),
                priority(checks, request.priority()),
                BrowserChoices.of(
                        checks,
                        request.browser(),
                        request.record(),
                        CapturedNames.checked(checks, "/captured_session", request.capturedSession())),
                checks.seconds("/timeout_seconds", request.timeoutSeconds()),
                checks.within("/max_attempts", request.maxAttempts(), 1, 100),
                checks.time("/not_before", request.notBefore()),
                checks.seconds("/ttl_seconds", request.ttlSeconds()),
                checks.webAddress("/webhook_url", request.webhookUrl(), 2000),
                labels(checks, request.labels()),
                traceParent);
        checks.refuseIfAny();
        return submission;
    }

    private static @Nullable JobPriority priority(Checks checks, @Nullable String name) {
        List<String> names =
                Arrays.stream(JobPriority.values()).map(JobPriority::wireName).toList();
        String known = checks.oneOf("/priority", name, names);
        return known == null ? null : JobPriority.valueOf(known.toUpperCase(Locale.ROOT));
    }

    private static Map<String, String> labels(Checks checks, @Nullable Map<String, @Nullable String> labels) {
        if (labels == null || labels.isEmpty()) {
            return Map.of();
        }
        if (labels.size() > MOST_LABELS) {
            checks.violated("/labels", "at most " + MOST_LABELS + " labels");
        }
        Map<String, String> accepted = new HashMap<>();
        labels.forEach((name, value) -> {
            String pointer = "/labels/" + name.replace("~", "~0").replace("/", "~1");
            if (!LABEL_NAME.matcher(name).matches()) {
                checks.violated(pointer, "a name has 1 to 64 letters, digits and . _ / -");
            } else if (value == null || value.length() > LONGEST_LABEL) {
                checks.violated(pointer, "a text of at most " + LONGEST_LABEL + " characters");
            } else {
                accepted.put(name, value);
            }
        });
        return accepted;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.boundary;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.job.boundary.JobRequest.BrowserRequest;
import dev.drover.job.boundary.JobRequest.RecordRequest;
import dev.drover.system.control.Checks;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Options of a job that come beside its parameters: in the query, or in headers that begin with {@code Drover-}. */
final class JobOptions {

    private static final String HEADER_PREFIX = "drover-";
    private static final List<String> ENGINE_OPTIONS =
            List.of("engine", "headless", "locale", "timezone", "user_agent", "proxy");
    private static final List<String> RECORD_OPTIONS = List.of("trace", "video", "har", "log");
    private static final List<String> OPTIONS = List.of(
            "priority",
            "captured_session",
            "timeout_seconds",
            "max_attempts",
            "not_before",
            "ttl_seconds",
            "webhook_url",
            "user_id");
    private static final String LABEL = "label";

    private final Map<String, String> values = new TreeMap<>();
    private final Map<String, @Nullable String> labels = new HashMap<>();
    private final Checks checks = new Checks();

    private JobOptions() {}

    static JobOptions of(HttpServletRequest http) {
        JobOptions options = new JobOptions();
        for (String header : new TreeSet<>(Collections.list(http.getHeaderNames()))) {
            String name = header.toLowerCase(Locale.ROOT);
            if (name.startsWith(HEADER_PREFIX)) {
                List<String> values = Collections.list(http.getHeaders(header));
                options.add(name.substring(HEADER_PREFIX.length()).replace('-', '_'), values);
            }
        }
        // The query wins: it is what one sees.
        http.getParameterMap().forEach((name, values) -> options.add(name, List.of(values)));
        return options;
    }

    /** @throws dev.drover.system.control.DroverException that names every option that does not fit */
    JobRequest request(String task, @Nullable ObjectNode params) {
        BrowserRequest browser = ENGINE_OPTIONS.stream().anyMatch(values::containsKey)
                ? new BrowserRequest(
                        text("engine"),
                        flag("headless"),
                        null,
                        text("locale"),
                        text("timezone"),
                        null,
                        text("user_agent"),
                        text("proxy"))
                : null;
        RecordRequest record = RECORD_OPTIONS.stream().anyMatch(values::containsKey)
                ? new RecordRequest(text("trace"), text("video"), text("har"), text("log"))
                : null;
        JobRequest request = new JobRequest(
                task,
                params,
                text("priority"),
                browser,
                record,
                text("captured_session"),
                number("timeout_seconds"),
                number("max_attempts"),
                text("not_before"),
                number("ttl_seconds"),
                text("webhook_url"),
                labels,
                text("user_id"));
        checks.refuseIfAny();
        return request;
    }

    private void add(String name, List<String> texts) {
        if (name.equals(LABEL)) {
            texts.forEach(this::addLabel);
        } else if (OPTIONS.contains(name) || ENGINE_OPTIONS.contains(name) || RECORD_OPTIONS.contains(name)) {
            values.put(name, texts.getLast());
        } else {
            checks.violated("", name + ": there is no such option");
        }
    }

    private void addLabel(String label) {
        String[] parts = label.split("[:=]", 2);
        if (parts.length == 2) {
            labels.put(parts[0], parts[1]);
        } else {
            checks.violated("", "label: write name:value");
        }
    }

    private @Nullable String text(String name) {
        return values.get(name);
    }

    private @Nullable Integer number(String name) {
        String text = values.get(name);
        try {
            return text == null ? null : Integer.valueOf(text);
        } catch (NumberFormatException e) {
            checks.violated("", name + ": a whole number");
            return null;
        }
    }

    private @Nullable Boolean flag(String name) {
        String text = values.get(name);
        if (text != null && !text.equals("true") && !text.equals("false")) {
            checks.violated("", name + ": true or false");
        }
        return text == null ? null : Boolean.valueOf(text);
    }
}

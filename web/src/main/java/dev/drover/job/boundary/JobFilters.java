// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.boundary;

import dev.drover.job.entity.JobFilter;
import dev.drover.job.entity.JobStatus;
import dev.drover.system.control.Checks;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which jobs a list shows. */
final class JobFilters {

    private JobFilters() {}

    /** The jobs of the query parameters; the checks hear what does not fit. */
    static JobFilter of(
            Checks checks,
            List<String> statuses,
            @Nullable String task,
            @Nullable String user,
            @Nullable String errorCategory,
            List<String> labels,
            @Nullable UUID before) {
        return new JobFilter(statuses(checks, statuses), task, user, errorCategory, labels(checks, labels), before);
    }

    /** All jobs that fit what is said; null says nothing. */
    static JobFilter of(
            @Nullable String task,
            @Nullable String user,
            @Nullable String errorCategory,
            @Nullable Map<String, String> labels) {
        return new JobFilter(Set.of(), task, user, errorCategory, labels == null ? Map.of() : labels, null);
    }

    private static Set<JobStatus> statuses(Checks checks, List<String> names) {
        Set<JobStatus> statuses = EnumSet.noneOf(JobStatus.class);
        for (String list : names) {
            for (String name : list.split(",", -1)) {
                Optional<JobStatus> known = JobStatus.ofWireName(name);
                if (name.equals("active")) {
                    Arrays.stream(JobStatus.values())
                            .filter(status -> !status.isTerminal())
                            .forEach(statuses::add);
                } else if (known.isPresent()) {
                    statuses.add(known.get());
                } else {
                    checks.violated("", "status: there is no status '" + name + "'; active means not ended");
                }
            }
        }
        return statuses;
    }

    private static Map<String, String> labels(Checks checks, List<String> labels) {
        Map<String, String> wanted = new HashMap<>();
        for (String label : labels) {
            // Neither sign can be in a name, so the first one ends it.
            String[] parts = label.split("[:=]", 2);
            if (parts.length == 2 && !parts[0].isEmpty()) {
                wanted.put(parts[0], parts[1]);
            } else {
                checks.violated("", "label: write name:value");
            }
        }
        return wanted;
    }
}

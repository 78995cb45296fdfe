// SPDX-License-Identifier: Apache-2.0
package dev.drover.event.boundary;

import dev.drover.event.entity.EventQueries;
import dev.drover.event.entity.EventType;
import dev.drover.event.entity.JobEvent;
import dev.drover.security.entity.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** The events of jobs, as far as a caller may see them: every job has a first one, which says whose it is. */
@ApplicationScoped
class JobEvents {

    private static final int UUID_LENGTH = 36;

    private final EventQueries queries;

    @Inject
    JobEvents(EventQueries queries) {
        this.queries = queries;
    }

    @SuppressWarnings("NullAway") // for the container's proxy
    JobEvents() {
        this(null);
    }

    /** The id of a job that is there for the caller. */
    Optional<UUID> visible(Scope scope, String text) {
        if (text.length() != UUID_LENGTH) {
            return Optional.empty();
        }
        try {
            UUID id = UUID.fromString(text);
            return queries.after(id, 0, 1).stream()
                    .filter(event -> scope.covers(event.owner()))
                    .map(JobEvent::jobId)
                    .findFirst();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    List<JobEvent> after(UUID job, int seq, int limit) {
        return queries.after(job, seq, limit);
    }

    /**
     * After which number someone is to follow the job who says to have seen the events up to {@code seen}: nowhere when
     * that was the last event, from the start when the job has no event of that number.
     */
    OptionalInt followFrom(UUID job, int seen) {
        if (seen <= 0) {
            return OptionalInt.of(0);
        }
        List<JobEvent> last = queries.after(job, seen - 1, 1);
        if (last.isEmpty()) {
            return OptionalInt.of(0);
        }
        return last.getFirst().type() == EventType.JOB_COMPLETED ? OptionalInt.empty() : OptionalInt.of(seen);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.event.control;

import dev.drover.event.entity.JobEvent;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps what is to be told of events to others outside of the server, in the transaction that writes the events. */
public interface EventOutbox {

    /**
     * What of a job says who is to be told, and under which id.
     *
     * @param webhookUrl an address that is to be told of this job alone
     */
    record Source(@Nullable String webhookUrl, String traceId) {}

    /**
     * Whether there is anyone to be told of whatever job. Asked for every group of writes: it looks at what is known
     * already.
     */
    boolean hasListeners();

    /**
     * Writes down who is to be told of what, within the caller's transaction.
     *
     * @param wanted the jobs whose events may matter; events of others do not
     * @return to be run after the commit; it neither waits nor fails
     */
    Runnable keep(List<JobEvent> events, Map<UUID, Source> wanted);
}

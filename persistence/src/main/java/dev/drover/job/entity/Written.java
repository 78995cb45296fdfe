// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.entity;

import dev.drover.event.entity.JobEvent;
import java.util.List;

/**
 * What came of a transaction's writes.
 *
 * @param answers what each write is told, in the order of the writes
 * @param events of the writes that were accepted, in their order for every job
 */
public record Written(List<Object> answers, List<JobEvent> events) {

    public Written {
        answers = List.copyOf(answers);
        events = List.copyOf(events);
    }
}

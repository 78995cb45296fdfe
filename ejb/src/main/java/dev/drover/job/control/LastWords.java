// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import dev.drover.job.entity.Job;
import dev.drover.job.entity.JobWrite.Notice;
import dev.drover.system.control.Json;
import dev.drover.task.control.TaskRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/** The events with which a job ends: its end, and before it what its task has to say of it. */
@ApplicationScoped
class LastWords {

    private final TaskRegistry tasks;

    @Inject
    LastWords(TaskRegistry tasks) {
        this.tasks = tasks;
    }

    @SuppressWarnings("NullAway") // for the container's proxy
    LastWords() {
        this(null);
    }

    /** Of a job without an attempt that goes on. */
    List<Notice> of(Job job, JobEnd end) {
        return of(job, new AtomicInteger(job.lastSeq())::incrementAndGet, end);
    }

    /** @param numbers of the events, one after the other */
    List<Notice> of(Job job, IntSupplier numbers, JobEnd end) {
        List<Notice> notices = new ArrayList<>();
        String result = end.result();
        tasks.find(job.task())
                .flatMap(task -> task.task().booking(result == null ? null : Json.read(result)))
                .map(booking -> JobNotices.booking(numbers.getAsInt(), end.at(), booking, end.error()))
                .ifPresent(notices::add);
        notices.add(JobNotices.completed(numbers.getAsInt(), end));
        return notices;
    }
}

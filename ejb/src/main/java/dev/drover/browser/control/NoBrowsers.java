// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.TaskFailure;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The browser room of a node that runs no jobs. */
final class NoBrowsers implements BrowserPool {

    private static final String REASON = "This node runs no browsers: its role is not worker.";

    @Override
    public <T> BrowserRun<T> start(
            String label, BrowserOptions options, @Nullable StorageState state, Duration timeout, BrowserWork<T> work) {
        RunTicket<T> ticket = new RunTicket<>(label, options, state, timeout, work, waiting -> false);
        ticket.fail(new TaskFailure(ErrorCategory.ENGINE_UNAVAILABLE, "engine_unavailable", REASON), List.of());
        return ticket;
    }

    @Override
    public int size() {
        return 0;
    }

    @Override
    public int waiting() {
        return 0;
    }

    @Override
    public long recycled() {
        return 0;
    }

    @Override
    public List<EngineStatus> engines() {
        return EngineCatalog.ENGINES.stream()
                .map(engine -> new EngineStatus(engine, EngineStatus.Availability.UNAVAILABLE, null, REASON))
                .toList();
    }

    @Override
    public List<WorkerStatus> workers() {
        return List.of();
    }
}

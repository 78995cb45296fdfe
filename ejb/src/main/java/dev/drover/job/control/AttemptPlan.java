// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.browser.control.BrowserOptions;
import dev.drover.job.entity.Job;
import dev.drover.job.entity.JobFallback;
import dev.drover.job.entity.JobFallback.Kind;
import dev.drover.job.entity.Lane;
import dev.drover.system.control.Json;
import dev.drover.task.control.RegisteredTask;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt goes: the job's own way, or another one after a failure.
 *
 * @param engines that the task can run on, best first
 * @param options of the browser, with its engine
 * @param fallback null for the job's own way
 */
public record AttemptPlan(
        Job job,
        List<String> engines,
        BrowserOptions options,
        ObjectNode params,
        @Nullable JobFallback fallback) {

    public AttemptPlan {
        engines = List.copyOf(engines);
    }

    /** The way that the job's row says. */
    static AttemptPlan of(Job job, Optional<RegisteredTask> task) {
        List<String> engines = task.map(known -> known.descriptor().engines()).orElse(List.of());
        ObjectNode params = Json.readObject(job.params());
        BrowserOptions asked = Jobs.browserOptions(job).onAttempt(job.attempt());
        AttemptPlan usual = new AttemptPlan(
                job,
                engines,
                asked.engineUnlessSaid(engines.isEmpty() ? BrowserOptions.USUAL_ENGINE : engines.getFirst()),
                task.map(known -> known.task().completed(params)).orElse(params),
                null);
        JobFallback other = job.fallback();
        return other == null ? usual : usual.by(other);
    }

    /** The same on another way. */
    AttemptPlan by(JobFallback other) {
        String detail = other.detail();
        BrowserOptions otherOptions = detail != null && other.is(Kind.ENGINE) ? options.on(detail) : options;
        ObjectNode otherParams = detail != null && other.is(Kind.SOURCE) ? TargetSite.movedTo(params, detail) : params;
        return new AttemptPlan(job, engines, otherOptions, otherParams, other);
    }

    /** The engine; nothing for a task without a browser. */
    public Optional<String> engine() {
        return job.lane() == Lane.BROWSER ? Optional.ofNullable(options.engine()) : Optional.empty();
    }

    /** Whether the job leaves it to the server which engine it gets. */
    public boolean leavesEngineOpen() {
        return job.lane() == Lane.BROWSER && Jobs.browserOptions(job).engine() == null;
    }

    /** The site that the attempt visits first, {@code host} or {@code host:port}; nothing without a browser. */
    public Optional<String> site() {
        return job.lane() == Lane.BROWSER ? TargetSite.of(params) : Optional.empty();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.browser.control.BrowserPool;
import dev.drover.browser.control.EngineStatus;
import dev.drover.browser.control.EngineStatus.Availability;
import dev.drover.job.control.AttemptPlan;
import dev.drover.job.control.Fallbacks;
import dev.drover.job.entity.Job;
import dev.drover.job.entity.JobError;
import dev.drover.job.entity.JobFallback;
import dev.drover.job.entity.JobFallback.Kind;
import dev.drover.job.entity.JobStatus;
import dev.drover.reliability.entity.LastResult;
import dev.drover.reliability.entity.LastResultStore;
import dev.drover.system.control.Sha256;
import dev.drover.system.control.Transactions;
import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.ErrorCategory.Recovery;
import dev.drover.task.control.TaskFailure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The fallbacks that the rules allow (docs/adr/0015). Another engine or source is tried within the attempts of the job;
 * a reduced or an earlier result ends it.
 */
@ApplicationScoped
public class TaskFallbacks implements Fallbacks {

    private static final Logger LOG = Logger.getLogger(TaskFallbacks.class.getName());

    /** With failures of these kinds it is the site or the server that is unwell, so what it said before still tells. */
    private static final Set<String> PASSING = names(
            ErrorCategory.NETWORK,
            ErrorCategory.TIMEOUT,
            ErrorCategory.CRASH,
            ErrorCategory.LOST_WORKER,
            ErrorCategory.ENGINE_UNAVAILABLE,
            ErrorCategory.HTTP_STATUS);

    /** Half of an answer to these would hide what the job was to find out. */
    private static final Set<String> VERDICTS =
            names(ErrorCategory.INVALID_INPUT, ErrorCategory.REFUSED_ADDRESS, ErrorCategory.EXPECTATION);

    private FallbackSettings settings;
    private BrowserPool browsers;
    private LastResultStore results;
    private Transactions transactions;
    private FallbackMeters meters;
    private Clock clock;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected TaskFallbacks() {}

    @Inject
    public TaskFallbacks(
            FallbackSettings settings,
            BrowserPool browsers,
            LastResultStore results,
            Transactions transactions,
            FallbackMeters meters,
            Clock clock) {
        this.settings = settings;
        this.browsers = browsers;
        this.results = results;
        this.transactions = transactions;
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    public Optional<JobFallback> onStart(AttemptPlan plan) {
        String engine = plan.engine().orElse("");
        return engine.isEmpty() || !mayChangeEngine(plan) || isAvailable(engine)
                ? Optional.empty()
                : engineAfter(plan, engine, "engine_unavailable");
    }

    @Override
    public Optional<JobFallback> onClosedSite(AttemptPlan plan) {
        return otherSource(plan, "breaker_open");
    }

    @Override
    public Optional<JobFallback> onRetry(AttemptPlan plan, TaskFailure failure) {
        // The first crash of a browser may be an accident; an engine that crashes again on the page is to blame.
        boolean engineFailed = failure.recovery() == Recovery.RETRY_OTHER_ENGINE
                || (failure.category() == ErrorCategory.CRASH && plan.job().attempt() > 1);
        if (engineFailed) {
            return mayChangeEngine(plan)
                    ? engineAfter(plan, plan.engine().orElse(""), failure.code())
                    : Optional.empty();
        }
        boolean siteFailed = failure.recovery() == Recovery.RETRY
                && (failure.category() == ErrorCategory.NETWORK
                        || failure.category() == ErrorCategory.TIMEOUT
                        || failure.category() == ErrorCategory.HTTP_STATUS);
        return siteFailed ? otherSource(plan, failure.code()) : Optional.empty();
    }

    private boolean mayChangeEngine(AttemptPlan plan) {
        return plan.engines().size() > 1 && settings.allows(plan.job().task(), Kind.ENGINE) && plan.leavesEngineOpen();
    }

    /** The next of the task's engines that this node has; after the last comes the first. */
    private Optional<JobFallback> engineAfter(AttemptPlan plan, String engine, String because) {
        List<String> engines = plan.engines();
        int at = engines.indexOf(engine);
        return Stream.concat(engines.stream().skip(at + 1), engines.stream().limit(Math.max(0, at)))
                .filter(this::isAvailable)
                .findFirst()
                .map(other -> JobFallback.engine(other, because));
    }

    private boolean isAvailable(String engine) {
        for (EngineStatus status : browsers.engines()) {
            if (status.name().equals(engine)) {
                return status.availability() != Availability.UNAVAILABLE;
            }
        }
        return false;
    }

    private Optional<JobFallback> otherSource(AttemptPlan plan, String because) {
        return settings.allows(plan.job().task(), Kind.SOURCE)
                ? plan.site().map(settings.sources()::get).map(origin -> JobFallback.source(origin, because))
                : Optional.empty();
    }

    @Override
    public Optional<Substitute> instead(AttemptPlan plan, JobError why, @Nullable JsonNode soFar) {
        String task = plan.job().task();
        if (soFar != null && settings.allows(task, Kind.REDUCED) && !VERDICTS.contains(why.category())) {
            return Optional.of(new Substitute(soFar.toString(), JobFallback.reduced(why.code())));
        }
        if (settings.allows(task, Kind.STALE) && passes(why)) {
            return last(plan.job())
                    .map(last ->
                            new Substitute(last.result(), JobFallback.stale(last.jobId(), last.madeAt(), why.code())));
        }
        return Optional.empty();
    }

    /** A page that is gone (404) was not refused for the moment. */
    private static boolean passes(JobError why) {
        return PASSING.contains(why.category()) && !why.recovery().equals(Recovery.FAIL.wireName());
    }

    private Optional<LastResult> last(Job job) {
        Instant since = clock.instant().minus(settings.longestStale());
        return transactions.resultInNew(() -> results.find(request(job), since));
    }

    @Override
    public void ended(Job job, @Nullable JobFallback used, JobStatus status) {
        if (used != null) {
            meters.ended(job.task(), used, status);
        }
    }

    @Override
    public void succeeded(Job job, String result, Instant madeAt) {
        if (result.length() > LastResult.LONGEST || !settings.allows(job.task(), Kind.STALE)) {
            return;
        }
        try {
            transactions.inNew(() -> results.keep(new LastResult(request(job), job.id(), result, madeAt)));
        } catch (PersistenceException e) {
            // The job has its result; what is lost is something to fall back to.
            LOG.log(Level.FINE, "the result of job " + job.id() + " is not kept to fall back to", e);
        }
    }

    /** Forgets results that are too old or too many. */
    void tidy() {
        transactions.inNew(() -> results.tidy(clock.instant().minus(settings.longestStale()), settings.resultsKept()));
    }

    /** Two jobs with the same digest asked for the same, in the name of the same user. */
    private static String request(Job job) {
        String all =
                String.join("\n", job.owner().tenant(), job.owner().user(), job.task(), job.params(), job.options());
        return HexFormat.of().formatHex(Sha256.of(all.getBytes(StandardCharsets.UTF_8)));
    }

    private static Set<String> names(ErrorCategory... categories) {
        return Stream.of(categories).map(ErrorCategory::wireName).collect(Collectors.toUnmodifiableSet());
    }

    /** How often each fallback was used on this node, by task. */
    public Map<FallbackMeters.Use, FallbackMeters.Count> uses() {
        return meters.counts();
    }
}

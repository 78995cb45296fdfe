// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.drover.browser.control.BrowserOptions;
import dev.drover.browser.control.BrowserOptions.Recording;
import dev.drover.browser.control.BrowserPool;
import dev.drover.browser.control.BrowserRun;
import dev.drover.browser.control.BrowserWork;
import dev.drover.browser.control.EngineStatus;
import dev.drover.browser.control.EngineStatus.Availability;
import dev.drover.browser.control.StorageState;
import dev.drover.browser.control.WorkerStatus;
import dev.drover.job.control.AttemptPlan;
import dev.drover.job.control.Fallbacks.Substitute;
import dev.drover.job.entity.Job;
import dev.drover.job.entity.JobError;
import dev.drover.job.entity.JobFallback;
import dev.drover.job.entity.JobPriority;
import dev.drover.job.entity.Lane;
import dev.drover.job.entity.NewJob;
import dev.drover.reliability.entity.LastResult;
import dev.drover.reliability.entity.LastResultStore;
import dev.drover.security.entity.Owner;
import dev.drover.system.control.Json;
import dev.drover.system.control.Transactions;
import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.TaskFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskFallbacksTest {

    private static final List<String> ENGINES = List.of("chromium", "firefox", "webkit");
    private static final JsonNode HALF = TextNode.valueOf("half");

    private static final BrowserOptions NOTHING = BrowserOptions.DEFAULT;
    private static final BrowserOptions OWN_ENGINE = NOTHING.on("chromium");
    private static final BrowserOptions SWEDISH =
            new BrowserOptions(null, null, null, "sv-SE", null, null, null, null, Recording.USUAL);

    private final SteppedClock clock = new SteppedClock();
    private final Results results = new Results();
    private final Engines browsers = new Engines();
    private final FallbackMeters meters = new FallbackMeters();

    private TaskFallbacks fallbacks(String rules) {
        FallbackSettings settings = new FallbackSettings(
                FallbackRule.parse(rules),
                Map.of("shop.example:8080", "https://mirror.example"),
                Duration.ofHours(1),
                100);
        return new TaskFallbacks(settings, browsers, results, new Direct(), meters, clock);
    }

    private static AttemptPlan plan(int attempt, BrowserOptions options, String engine) {
        ObjectNode params = Json.readObject("{\"url\": \"http://shop.example:8080/cart\"}");
        return new AttemptPlan(
                new Claimed(Json.write(options), params.toString(), attempt),
                ENGINES,
                options.on(engine),
                params,
                null);
    }

    private static TaskFailure failure(ErrorCategory category) {
        return new TaskFailure(category, "why", "It failed.");
    }

    private static JobError error(ErrorCategory category, String recovery) {
        return new JobError(category.wireName(), "why", "It failed.", recovery);
    }

    @Test
    void anEngineThatIsNotThereIsReplacedByTheNextOneThatIs() {
        browsers.unavailable = List.of("chromium", "webkit");

        assertThat(fallbacks("* engine").onStart(plan(1, NOTHING, "chromium")))
                .contains(JobFallback.engine("firefox", "engine_unavailable"));
    }

    @Test
    void anEngineThatTheJobNamesIsNotReplaced() {
        browsers.unavailable = List.of("chromium");

        assertThat(fallbacks("* engine").onStart(plan(1, OWN_ENGINE, "chromium")))
                .isEmpty();
        assertThat(fallbacks("* source").onStart(plan(1, NOTHING, "chromium"))).isEmpty();
    }

    @Test
    void whereNoEngineIsThereTheJobsOwnIsTried() {
        browsers.unavailable = ENGINES;

        assertThat(fallbacks("* engine").onStart(plan(1, NOTHING, "chromium"))).isEmpty();
    }

    @Test
    void anEngineThatCrashesAgainIsChanged() {
        TaskFallbacks fallbacks = fallbacks("* engine");

        assertThat(fallbacks.onRetry(plan(1, NOTHING, "chromium"), failure(ErrorCategory.CRASH)))
                .isEmpty();
        assertThat(fallbacks.onRetry(plan(2, NOTHING, "chromium"), failure(ErrorCategory.CRASH)))
                .contains(JobFallback.engine("firefox", "why"));
        assertThat(fallbacks.onRetry(plan(3, NOTHING, "webkit"), failure(ErrorCategory.CRASH)))
                .contains(JobFallback.engine("chromium", "why"));
    }

    @ParameterizedTest
    @CsvSource({"NETWORK, true", "TIMEOUT, true", "HTTP_STATUS, true", "CRASH, false", "MISSING_SELECTOR, false"})
    void aSiteThatFailedIsReplacedByItsOtherSource(ErrorCategory category, boolean replaced) {
        Optional<JobFallback> other =
                fallbacks("screenshot engine; * source").onRetry(plan(1, NOTHING, "chromium"), failure(category));

        assertThat(other)
                .isEqualTo(
                        replaced ? Optional.of(JobFallback.source("https://mirror.example", "why")) : Optional.empty());
    }

    @Test
    void theRuleThatNamesTheTaskCounts() {
        TaskFallbacks fallbacks = fallbacks("content engine; * source");

        assertThat(fallbacks.onClosedSite(plan(1, NOTHING, "chromium"))).isEmpty();
    }

    @Test
    void whatWasFoundIsTheResultWhereThatIsAllowed() {
        AttemptPlan plan = plan(3, NOTHING, "chromium");
        JobError missing = error(ErrorCategory.MISSING_SELECTOR, "fail");

        assertThat(fallbacks("* reduced").instead(plan, missing, HALF))
                .contains(new Substitute("\"half\"", JobFallback.reduced("why")));
        assertThat(fallbacks("* reduced").instead(plan, missing, null)).isEmpty();
        assertThat(fallbacks("* engine").instead(plan, missing, HALF)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"EXPECTATION", "INVALID_INPUT", "REFUSED_ADDRESS"})
    void halfAnAnswerHidesNoVerdict(ErrorCategory category) {
        assertThat(fallbacks("* reduced").instead(plan(3, NOTHING, "chromium"), error(category, "fail"), HALF))
                .isEmpty();
    }

    @Test
    void theLastGoodResultStandsInWithItsAge() {
        TaskFallbacks fallbacks = fallbacks("* stale");
        Job job = plan(1, NOTHING, "chromium").job();
        Instant madeAt = clock.instant().minusSeconds(2);
        fallbacks.succeeded(job, "{\"price\":7}", madeAt);
        clock.step(Duration.ofMinutes(10));

        assertThat(fallbacks.instead(plan(3, NOTHING, "chromium"), error(ErrorCategory.NETWORK, "retry"), null))
                .contains(new Substitute("{\"price\":7}", JobFallback.stale(job.id(), madeAt, "why")));
    }

    @Test
    void anEarlierResultIsNotGivenToWhoeverAskedForSomethingElse() {
        TaskFallbacks fallbacks = fallbacks("* stale");
        fallbacks.succeeded(plan(1, SWEDISH, "chromium").job(), "1", clock.instant());

        assertThat(fallbacks.instead(plan(3, NOTHING, "chromium"), error(ErrorCategory.NETWORK, "retry"), null))
                .isEmpty();
    }

    @Test
    void aResultThatIsTooOldDoesNotStandIn() {
        TaskFallbacks fallbacks = fallbacks("* stale");
        fallbacks.succeeded(plan(1, NOTHING, "chromium").job(), "1", clock.instant());
        clock.step(Duration.ofMinutes(61));

        assertThat(fallbacks.instead(plan(3, NOTHING, "chromium"), error(ErrorCategory.NETWORK, "retry"), null))
                .isEmpty();
    }

    @Test
    void aPageThatIsGoneIsNotShownAsItWas() {
        TaskFallbacks fallbacks = fallbacks("* stale");
        fallbacks.succeeded(plan(1, NOTHING, "chromium").job(), "1", clock.instant());

        assertThat(fallbacks.instead(plan(3, NOTHING, "chromium"), error(ErrorCategory.HTTP_STATUS, "fail"), null))
                .isEmpty();
    }

    @Test
    void resultsAreKeptOnlyForTasksThatMayFallBackToThem() {
        fallbacks("* engine source reduced")
                .succeeded(plan(1, NOTHING, "chromium").job(), "1", clock.instant());
        fallbacks("* stale")
                .succeeded(plan(1, NOTHING, "chromium").job(), "x".repeat(LastResult.LONGEST + 1), clock.instant());

        assertThat(results.kept).isEmpty();
    }

    private static final class Claimed extends Job {
        private final int attempt;

        Claimed(String options, String params, int attempt) {
            super(new NewJob(
                    UUID.randomUUID(),
                    new Owner("default", "alice"),
                    "content",
                    Lane.BROWSER,
                    params,
                    options,
                    Map.of(),
                    "{}",
                    JobPriority.NORMAL,
                    3,
                    Duration.ofSeconds(60),
                    Duration.ofHours(1),
                    null,
                    null,
                    "0".repeat(32),
                    null,
                    Instant.EPOCH));
            this.attempt = attempt;
        }

        @Override
        public int attempt() {
            return attempt;
        }
    }

    private static final class Engines implements BrowserPool {
        private List<String> unavailable = List.of();

        @Override
        public <T> BrowserRun<T> start(
                String label,
                BrowserOptions options,
                @Nullable StorageState state,
                Duration timeout,
                BrowserWork<T> work) {
            throw new AssertionError("nothing is run here");
        }

        @Override
        public int size() {
            return 1;
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
            return ENGINES.stream()
                    .map(engine -> unavailable.contains(engine)
                            ? new EngineStatus(engine, Availability.UNAVAILABLE, null, "It is not there.")
                            : new EngineStatus(engine, Availability.AVAILABLE, "1", null))
                    .toList();
        }

        @Override
        public List<WorkerStatus> workers() {
            return List.of();
        }
    }

    private static final class Results extends LastResultStore {
        private final Map<String, LastResult> kept = new HashMap<>();

        @Override
        public Optional<LastResult> find(String request, Instant madeSince) {
            return Optional.ofNullable(kept.get(request))
                    .filter(result -> !result.madeAt().isBefore(madeSince));
        }

        @Override
        public void keep(LastResult result) {
            kept.put(result.request(), result);
        }
    }

    private static final class Direct extends Transactions {
        @Override
        public void inNew(Runnable action) {
            action.run();
        }

        @Override
        public <T> T resultInNew(Supplier<T> action) {
            return action.get();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.boundary;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.reliability.control.BreakerView;
import dev.drover.reliability.control.SiteThresholds;
import dev.drover.reliability.entity.BreakerState;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A circuit breaker, as the API shows it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "CircuitBreaker",
        requiredProperties = {"name", "state", "failure_rate", "calls", "running", "thresholds"})
public record BreakerDocument(
        @Schema(examples = "site:shop.example.com") String name,

        @Schema(enumeration = {"closed", "open", "half_open"})
        String state,

        @Schema(description = "Of the calls that were counted last, in percent", examples = "60.0")
        double failureRate,

        @Schema(description = "How many calls were counted", examples = "10")
        int calls,

        @Schema(description = "Jobs of this node that visit the site now", examples = "2")
        int running,

        @Schema(description = "When it opened") @Nullable Instant openedAt,

        @Schema(description = "From when on calls are tried") @Nullable
        Instant retryAt,

        Thresholds thresholds) {

    /** When it opens, and how much of the site one node asks for. */
    @Schema(
            name = "CircuitBreakerThresholds",
            requiredProperties = {
                "failure_rate",
                "least_calls",
                "window_calls",
                "open_seconds",
                "probes",
                "concurrency",
                "per_second"
            })
    public record Thresholds(
            @Schema(description = "It opens from this rate on, in percent", examples = "50.0")
            double failureRate,

            @Schema(examples = "10") int leastCalls,
            @Schema(examples = "20") int windowCalls,
            @Schema(examples = "30.0") double openSeconds,
            @Schema(examples = "3") int probes,

            @Schema(description = "0: no limit", examples = "8")
            int concurrency,

            @Schema(description = "0: no limit", examples = "20.0")
            double perSecond) {

        static Thresholds of(SiteThresholds thresholds) {
            return new Thresholds(
                    thresholds.failurePercent(),
                    thresholds.leastCalls(),
                    thresholds.windowCalls(),
                    thresholds.open().toMillis() / 1000.0,
                    thresholds.probes(),
                    thresholds.concurrency(),
                    thresholds.perSecond());
        }
    }

    /** How many breakers there are. */
    @Schema(
            name = "CircuitBreakerSummary",
            requiredProperties = {"total", "closed", "open", "half_open"})
    public record Summary(int total, int closed, int open, int halfOpen) {

        static Summary of(List<BreakerView> views) {
            return new Summary(
                    views.size(),
                    count(views, BreakerState.CLOSED),
                    count(views, BreakerState.OPEN),
                    count(views, BreakerState.HALF_OPEN));
        }

        private static int count(List<BreakerView> views, BreakerState state) {
            return (int) views.stream().filter(view -> view.state() == state).count();
        }
    }

    /** All breakers: those that are not closed first, then by their names. */
    @Schema(
            name = "CircuitBreakerPage",
            requiredProperties = {"items", "summary"})
    public record Page(List<BreakerDocument> items, Summary summary) {

        static Page of(List<BreakerView> views) {
            return new Page(views.stream().map(BreakerDocument::of).toList(), Summary.of(views));
        }
    }

    static BreakerDocument of(BreakerView view) {
        return new BreakerDocument(
                view.name(),
                view.state().wireName(),
                Math.round(view.failureRate() * 1000) / 10.0,
                view.calls(),
                view.running(),
                view.openedAt(),
                view.retryAt(),
                Thresholds.of(view.thresholds()));
    }
}

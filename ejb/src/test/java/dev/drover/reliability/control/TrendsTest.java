// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.reliability.entity.TrendSample;
import dev.drover.reliability.entity.TrendSample.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendsTest {

    private static final Instant FROM = Instant.parse("2026-11-22T10:00:00Z");

    @Test
    void ofSeveralSamplesTheWorstIsLeft() {
        List<TrendSample> samples = List.of(
                sample(0, "full", 100, 5, 900),
                sample(1, "emergency", 40, 50, 100),
                sample(2, "degraded", 90, 7, 800),
                sample(5, "full", 99, 1, 950));

        List<TrendSample> points = Trends.thinned(samples, FROM, Duration.ofMinutes(5));

        assertThat(points).hasSize(2);
        Figures first = points.getFirst().figures();
        assertThat(first.serviceLevel()).isEqualTo("emergency");
        assertThat(first.healthScore()).isEqualTo(40);
        assertThat(first.queued()).isEqualTo(50);
        assertThat(first.diskFreeMegabytes()).isEqualTo(100);
        assertThat(first.running()).isEqualTo(2);
        assertThat(points.getFirst().takenAt()).isEqualTo(FROM.plusSeconds(120));
        assertThat(points.getLast().figures().healthScore()).isEqualTo(99);
    }

    @Test
    void twoDaysAreNoMoreThanAChartShows() {
        List<TrendSample> samples = IntStream.range(0, 48 * 60)
                .mapToObj(minute -> sample(minute, "full", 100, 0, 1000))
                .toList();

        assertThat(Trends.thinned(samples, FROM, Duration.ofMinutes(8))).hasSize(Trends.MOST_POINTS);
    }

    @Test
    void withoutSamplesThereAreNoPoints() {
        assertThat(Trends.thinned(List.of(), FROM, Duration.ofMinutes(5))).isEmpty();
    }

    private static TrendSample sample(int minute, String level, int score, long queued, long disk) {
        return new TrendSample(
                "here",
                FROM.plus(Duration.ofMinutes(minute)),
                new Figures(level, score, queued, 2, 0, 0, 2, 0, 0, disk, 300, 0.5));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.reliability.entity.AlertSeverity;
import dev.drover.reliability.entity.BreakerState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlarmTest {

    static final AlertSettings SETTINGS = new AlertSettings(
            20, Duration.ofMinutes(5), 70, 1000, Duration.ofSeconds(30), Duration.ofDays(7), Duration.ofDays(2));

    private final SteppedClock clock = new SteppedClock();
    private final ServiceWatch watch = new ServiceWatch(ServiceHealthTest.SETTINGS, new ServiceMeters() {}, clock);

    @Test
    void whereAllIsWellThereIsNoAlarm() {
        assertThat(alarms(ServiceFacts.WELL, List.of())).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "queued, 20, ''",
        "queued, 21, queue_size/medium",
        "wait, 301, queue_wait/high",
        "ledger, 1001, ledger_backlog/high",
        "database, 0, service_level/critical health_score/high database_down/critical",
        "broker, 0, service_level/medium broker_down/critical",
        "brokenWorkers, 4, service_level/high browsers_broken/high",
        "disk, 1000, service_level/medium disk_space/medium",
        "disk, 100, service_level/critical disk_space/critical",
    })
    void everyFactRaisesItsAlarms(String fact, int value, String expected) {
        List<String> raised = alarms(ServiceHealthTest.with(fact, value), List.of()).stream()
                .map(alarm -> alarm.rule() + "/" + alarm.severity().wireName())
                .toList();

        assertThat(String.join(" ", raised)).isEqualTo(expected);
    }

    @Test
    void aBreakerThatIsNotClosedRaisesOneOfItsOwn() {
        List<Alarm> alarms = alarms(
                ServiceFacts.WELL,
                List.of(
                        breaker("a", BreakerState.OPEN),
                        breaker("b", BreakerState.CLOSED),
                        breaker("c", BreakerState.HALF_OPEN)));

        assertThat(alarms).extracting(Alarm::subject).containsExactly("site:a", "site:c");
        assertThat(alarms).allSatisfy(alarm -> {
            assertThat(alarm.rule()).isEqualTo("breaker_open");
            assertThat(alarm.severity()).isEqualTo(AlertSeverity.MEDIUM);
            assertThat(alarm.isShared()).isTrue();
        });
    }

    @Test
    void aFloodOfBreakersIsNoFloodOfAlarms() {
        List<BreakerView> many = IntStream.range(0, 1000)
                .mapToObj(i -> breaker("site-" + i, BreakerState.OPEN))
                .toList();

        assertThat(alarms(ServiceFacts.WELL, many)).hasSize(50);
    }

    private List<Alarm> alarms(ServiceFacts facts, List<BreakerView> breakers) {
        return Alarm.of(watch.judge(facts), breakers, SETTINGS, "here");
    }

    private static BreakerView breaker(String site, BreakerState state) {
        Instant now = Instant.parse("2026-11-22T10:00:00Z");
        return new BreakerView("site:" + site, state, 0.6, 10, now, now, 0, Sites.BREAKER_ONLY);
    }
}

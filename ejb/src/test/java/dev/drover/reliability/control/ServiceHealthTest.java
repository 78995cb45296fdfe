// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.job.entity.JobPriority;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceHealthTest {

    static final LevelSettings SETTINGS = new LevelSettings(
            LevelSteps.rising(LevelSettings.QUEUE_LENGTH.defaultText()),
            LevelSteps.rising(LevelSettings.QUEUE_WAIT.defaultText()),
            LevelSteps.falling(LevelSettings.DISK_FREE.defaultText()),
            LevelSteps.rising(LevelSettings.LEDGER_BACKLOG.defaultText()),
            LevelSteps.rising(LevelSettings.OPEN_BREAKERS.defaultText()),
            LevelSteps.rising(LevelSettings.BROKEN_WORKERS.defaultText()),
            Duration.ofSeconds(30));

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "database, 1, FULL",
        "database, 0, EMERGENCY",
        "broker, 0, DEGRADED",
        "brokenWorkers, 1, FULL",
        "brokenWorkers, 2, DEGRADED",
        "brokenWorkers, 4, MINIMAL",
        "queued, 99999, FULL",
        "queued, 100000, DEGRADED",
        "queued, 250000, MINIMAL",
        "queued, 500000, EMERGENCY",
        "wait, 599, FULL",
        "wait, 600, DEGRADED",
        "wait, 3600, MINIMAL",
        "wait, 360000, MINIMAL",
        "disk, 1024, FULL",
        "disk, 1023, DEGRADED",
        "disk, 511, MINIMAL",
        "disk, 127, EMERGENCY",
        "ledger, 1999, FULL",
        "ledger, 2000, DEGRADED",
        "ledger, 10000, MINIMAL",
        "ledger, 50000, EMERGENCY",
        "openSites, 9, FULL",
        "openSites, 10, DEGRADED",
        "openSites, 16, MINIMAL",
        "openSites, 20, MINIMAL",
    })
    void everyFactAsksForItsLevel(String fact, int value, ServiceLevel level) {
        ServiceHealth health = ServiceHealth.of(with(fact, value), SETTINGS);

        assertThat(health.level()).isEqualTo(level);
        assertThat(health.well()).isEqualTo(level == ServiceLevel.FULL ? 7 : 6);
        assertThat(health.reasons().isEmpty()).isEqualTo(level == ServiceLevel.FULL);
    }

    @Test
    void ofFewSitesAShareSaysNothing() {
        ServiceFacts facts = new ServiceFacts(true, true, 0, 0, 0, 0, Duration.ZERO, 3, 3, Long.MAX_VALUE, 0);

        assertThat(ServiceHealth.of(facts, SETTINGS).level()).isEqualTo(ServiceLevel.FULL);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "database, 1, 100",
        "database, 0, 65",
        "broker, 0, 85",
        "brokenWorkers, 1, 95",
        "brokenWorkers, 4, 80",
        "queued, 10000, 100",
        "queued, 100000, 90",
        "wait, 60, 100",
        "wait, 330, 95",
        "wait, 6000, 90",
        "disk, 4096, 100",
        "disk, 1024, 95",
        "disk, 0, 90",
        "ledger, 2000, 95",
        "openSites, 20, 95",
    })
    void everyFactHasItsPartOfTheScore(String fact, int value, int score) {
        assertThat(ServiceHealth.of(with(fact, value), SETTINGS).score()).isEqualTo(score);
    }

    @Test
    void thePartsOfTheScoreAreAHundredTogether() {
        assertThat(ServiceHealth.of(ServiceFacts.WELL, SETTINGS).services().stream()
                        .mapToInt(ServiceHealth.Dependency::weight)
                        .sum())
                .isEqualTo(100);
    }

    @ParameterizedTest
    @CsvSource({"FULL, ''", "DEGRADED, low", "MINIMAL, low normal", "EMERGENCY, low normal high urgent"})
    void everyLevelRefusesItsPriorities(ServiceLevel level, String refused) {
        assertThat(String.join(
                        " ", level.refused().stream().map(JobPriority::wireName).toList()))
                .isEqualTo(refused);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,2", "1,2,3,4", "3,2,1", "-1,2,3", "a,b,c", "1,,3", "NaN,1,2"})
    void stepsThatMakeNoSenseAreRefused(String text) {
        assertThatThrownBy(() -> LevelSteps.rising(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aLevelMayBeLeftOut() {
        LevelSteps steps = LevelSteps.falling("never, 5, never");

        assertThat(steps.level(5)).isEqualTo(ServiceLevel.FULL);
        assertThat(steps.level(4)).isEqualTo(ServiceLevel.MINIMAL);
        assertThat(steps.level(0)).isEqualTo(ServiceLevel.MINIMAL);
        assertThatThrownBy(() -> LevelSteps.falling("1,2,3")).isInstanceOf(IllegalArgumentException.class);
    }

    /** All is well but for one thing. */
    static ServiceFacts with(String fact, int value) {
        return new ServiceFacts(
                !fact.equals("database") || value == 1,
                !fact.equals("broker") || value == 1,
                4,
                fact.equals("brokenWorkers") ? value : 0,
                fact.equals("queued") ? value : 0,
                0,
                Duration.ofSeconds(fact.equals("wait") ? value : 0),
                20,
                fact.equals("openSites") ? value : 0,
                fact.equals("disk") ? value * ServiceFacts.MEGABYTE : Long.MAX_VALUE,
                fact.equals("ledger") ? value : 0);
    }
}

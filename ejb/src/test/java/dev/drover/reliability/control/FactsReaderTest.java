// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.reliability.control.FactsReader.Answers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FactsReaderTest {

    private static final Optional<Boolean> YES = Optional.of(true);
    private static final Optional<Boolean> NO = Optional.of(false);
    private static final Optional<Boolean> NO_ANSWER = Optional.empty();
    private static final Duration JUST_STARTED = Duration.ofSeconds(10);
    private static final Duration LONG_AFTER = Duration.ofHours(1);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Answers answers = new Answers();

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void aNoCountsAtOnce() {
        assertThat(answers.isUp(YES, LONG_AFTER)).isTrue();
        assertThat(answers.isUp(NO, LONG_AFTER)).isFalse();
        assertThat(answers.isUp(YES, LONG_AFTER)).isTrue();
    }

    @Test
    void oneAnswerThatDoesNotComeIsNothingAndTwoAreANo() {
        assertThat(answers.isUp(YES, LONG_AFTER)).isTrue();
        assertThat(answers.isUp(NO_ANSWER, LONG_AFTER)).isTrue();
        assertThat(answers.isUp(NO_ANSWER, LONG_AFTER)).isFalse();
        assertThat(answers.isUp(NO_ANSWER, LONG_AFTER)).isFalse();
        assertThat(answers.isUp(YES, LONG_AFTER)).isTrue();
    }

    @Test
    void whatHasNotAnsweredYetIsStarting() {
        assertThat(answers.isUp(NO, JUST_STARTED)).isTrue();
        assertThat(answers.isUp(NO_ANSWER, JUST_STARTED)).isTrue();
        assertThat(answers.isUp(NO, LONG_AFTER)).isFalse();
    }

    @Test
    void whatAnsweredOnceIsMissedAtOnce() {
        assertThat(answers.isUp(YES, JUST_STARTED)).isTrue();
        assertThat(answers.isUp(NO, JUST_STARTED)).isFalse();
    }

    @Test
    void whatHangsIsNotAskedAgainUntilItAnswers() {
        PatientReads reads = new PatientReads(threads, Duration.ofMillis(50));
        CountDownLatch answer = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();

        for (int i = 0; i < 3; i++) {
            String given = reads.read(
                    "database",
                    () -> {
                        asked.incrementAndGet();
                        return answer.await(1, TimeUnit.MINUTES) ? "yes" : "no";
                    },
                    "nothing");
            assertThat(given).isEqualTo("nothing");
        }
        assertThat(asked).hasValue(1);

        answer.countDown();
        Awaitility.await().until(() -> reads.read("database", () -> "yes", "nothing"), "yes"::equals);
    }

    @Test
    void whatFailsIsNoAnswer() {
        PatientReads reads = new PatientReads(threads, Duration.ofSeconds(10));

        String given = reads.read(
                "database",
                () -> {
                    throw new IllegalStateException("it is broken");
                },
                "nothing");

        assertThat(given).isEqualTo("nothing");
    }
}

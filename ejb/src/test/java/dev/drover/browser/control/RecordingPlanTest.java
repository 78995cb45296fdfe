// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.browser.control.BrowserOptions.Keep;
import dev.drover.browser.control.BrowserOptions.Recording;
import org.junit.jupiter.api.Test;

class RecordingPlanTest {

    private static final Recording REPEATED =
            BrowserOptions.DEFAULT.onAttempt(2).recording();

    @Test
    void aFirstAttemptThatSaysNothingIsLoggedAndNotTraced() {
        RecordingPlan plan = RecordingPlan.of(Recording.USUAL, Keep.ON_FAILURE);

        assertThat(plan).isEqualTo(new RecordingPlan(Keep.NEVER, Keep.NEVER, Keep.NEVER, Keep.ON_FAILURE));
        assertThat(plan.needsOwnContext()).isFalse();
    }

    @Test
    void aRepeatedAttemptIsTracedToo() {
        RecordingPlan plan = RecordingPlan.of(REPEATED, Keep.ON_FAILURE);

        assertThat(plan).isEqualTo(new RecordingPlan(Keep.ON_FAILURE, Keep.NEVER, Keep.NEVER, Keep.ON_FAILURE));
        assertThat(plan.needsOwnContext()).isTrue();
    }

    @Test
    void aServerThatRecordsNothingRecordsNothingOfRepeatedAttemptsEither() {
        assertThat(RecordingPlan.of(REPEATED, Keep.NEVER))
                .isEqualTo(new RecordingPlan(Keep.NEVER, Keep.NEVER, Keep.NEVER, Keep.NEVER));
    }

    @Test
    void whatTheRunSaysWins() {
        Recording said = new Recording(Keep.NEVER, Keep.ALWAYS, Keep.ON_FAILURE, Keep.NEVER, true);

        assertThat(RecordingPlan.of(said, Keep.ALWAYS))
                .isEqualTo(new RecordingPlan(Keep.NEVER, Keep.ALWAYS, Keep.ON_FAILURE, Keep.NEVER));
    }

    @Test
    void theFirstAttemptIsTheRunAsItWasAskedFor() {
        assertThat(BrowserOptions.DEFAULT.onAttempt(1)).isSameAs(BrowserOptions.DEFAULT);
    }
}

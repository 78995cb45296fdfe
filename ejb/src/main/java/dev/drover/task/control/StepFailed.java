// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control;

import com.microsoft.playwright.PlaywrightException;

/**
 * A browser's failure in one step of a longer task. The server categorises it as it does the exception inside, and may
 * put the step before what it tells the job's owner.
 */
public final class StepFailed extends PlaywrightException {

    private final String step;

    /**
     * @param step for people: {@code Step 3 (click '#next')}
     */
    public StepFailed(String step, PlaywrightException failure) {
        super(step + ": " + failure.getMessage(), failure);
        this.step = step;
    }

    public String step() {
        return step;
    }
}

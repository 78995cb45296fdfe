// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * All that a task may touch of the server while it runs. Every method belongs to the thread that called
 * {@link AutomationTask#run}; none may be called from another.
 */
public interface TaskContext {

    /** The job's parameters: valid against the task's schema, with the schema's defaults filled in. */
    ObjectNode params();

    /**
     * The blank page of a browser context that no other job has used or will use.
     *
     * @throws IllegalStateException when the task's descriptor names no engine
     */
    Page page();

    /**
     * Reports progress to whoever follows the job.
     *
     * @param stage the task's word for where it is; one of its descriptor's stages
     * @param progress percent, 0 to 100
     * @param message one sentence for people
     * @throws TaskCancelled when the job was cancelled, which makes every progress report a point to stop at
     */
    void progress(String stage, double progress, String message);

    /**
     * Tells what has been found so far and is of use without the rest. Where the operator allows reduced results of the
     * task, the last word of an attempt becomes the result of a job that would fail.
     */
    void found(JsonNode soFar);

    /** Adds a line to the job's log, which its followers see as a {@code log} event. */
    void log(String message);

    /**
     * Keeps a file with the job. A second one of the same name replaces the first.
     *
     * @param name a file name: letters, digits, dots, dashes and underscores, at most 120 characters
     */
    void attach(ArtifactKind kind, String name, String contentType, byte[] content);

    /**
     * Asks a person and waits for the answer, for the site to go on by itself, or for the deadline. Meanwhile the job is
     * {@code waiting_for_human}: it holds its page, and one of the few places for jobs that wait, so that those cannot
     * keep all browsers from working. Where no place is free, the attempt ends here and comes again later at no cost.
     *
     * @param wentOn is asked some times a second, on this thread, whether the site has gone on
     * @throws TaskCancelled when the job was cancelled
     */
    HumanAnswer human(HumanRequest request, BooleanSupplier wentOn) throws InterruptedException;

    /** Asks a person for something that no site answers by itself. */
    default HumanAnswer human(HumanRequest request) throws InterruptedException {
        return human(request, () -> false);
    }

    /**
     * Shows the QR codes of an element to whoever follows the job.
     *
     * @param element an image, a canvas or an SVG, or what holds one; need not be there yet
     * @param validFor how long a code is of use from the moment it was seen
     */
    QrCodes qr(Locator element, Duration validFor);

    /** What is left of the attempt's time; never negative. */
    Duration remaining();

    /**
     * A point at which the task is willing to stop.
     *
     * @throws TaskCancelled when the job was cancelled
     */
    void checkCancelled();
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control;

import java.util.Optional;

/**
 * The QR codes that an element of the page shows, one after the other. Each new one is told to whoever follows the job,
 * while the task waits for a person or calls {@link #look}. Belongs to the thread of the task.
 */
public interface QrCodes extends AutoCloseable {

    /** The text of the code that was seen last. */
    Optional<String> payload();

    /** Says how often the login was begun anew; goes out with the codes that follow. */
    void retry(int count);

    /** Looks whether the element is there and watched, for a task that waits in its own way. */
    void look();

    /** The codes are of no more interest. */
    @Override
    void close();
}

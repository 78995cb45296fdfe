// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import static java.util.Objects.requireNonNull;

import com.microsoft.playwright.Playwright;
import java.nio.file.Path;

/**
 * A driver that runs.
 *
 * @param playwright belongs to the thread that started it
 * @param temporary folder of the driver and its browsers, which whoever ends them deletes
 */
record DriverProcess(Playwright playwright, ProcessHandle process, Path temporary) {

    DriverProcess {
        requireNonNull(playwright, "playwright");
        requireNonNull(process, "process");
        requireNonNull(temporary, "temporary");
    }
}

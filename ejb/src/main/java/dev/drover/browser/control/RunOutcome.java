// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import dev.drover.task.control.ArtifactKind;
import dev.drover.task.control.TaskFailure;
import java.nio.file.Path;
import java.util.List;

/** How a run ended, with the files that were recorded of it. The files are the caller's: it moves or deletes them. */
public sealed interface RunOutcome<T> {

    List<Recorded> recorded();

    /** A file that was recorded of the run. */
    record Recorded(ArtifactKind kind, String name, String contentType, Path file) {}

    /** The work returned. */
    record Succeeded<T>(T value, List<Recorded> recorded) implements RunOutcome<T> {}

    /** The work, the page or the browser failed; the failure carries its category. */
    record Failed<T>(TaskFailure failure, List<Recorded> recorded) implements RunOutcome<T> {}

    /** The server stops while the run waits or goes on. Nobody cancelled it: it may be done again, elsewhere or later. */
    record Stopped<T>(List<Recorded> recorded) implements RunOutcome<T> {}

    /** Someone cancelled the run. */
    record Cancelled<T>(List<Recorded> recorded) implements RunOutcome<T> {}
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.drover.browser.control.RunOutcome;
import dev.drover.browser.control.RunOutcome.Recorded;
import dev.drover.job.entity.JobWrite;
import dev.drover.job.entity.Lane;
import dev.drover.task.control.ArtifactKind;
import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.TaskFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedFilesTest {

    @TempDir
    private Path folder;

    @Test
    void whatIsRecordedOfALaterAttemptStandsBesideThatOfTheFirst() throws IOException {
        assertThat(nameOfTheTraceOf(1)).isEqualTo("trace.zip");
        assertThat(nameOfTheTraceOf(2)).isEqualTo("attempt-2-trace.zip");
    }

    private String nameOfTheTraceOf(int attempt) throws IOException {
        JobRoom room = new JobRoom(context -> TextNode.valueOf("nobody runs it"));
        Path trace = Files.writeString(folder.resolve("recording"), "a trace");
        room.browsers.answer.complete(new RunOutcome.Failed<>(
                new TaskFailure(ErrorCategory.EXPECTATION, "no", "No."),
                List.of(new Recorded(ArtifactKind.TRACE, "trace.zip", "application/zip", trace))));

        room.run(Lane.BROWSER, attempt, 2);

        assertThat(trace).doesNotExist();
        return room.ledger.writes().stream()
                .filter(JobWrite.Keep.class::isInstance)
                .map(write -> ((JobWrite.Keep) write).artifact().name())
                .findFirst()
                .orElseThrow();
    }
}

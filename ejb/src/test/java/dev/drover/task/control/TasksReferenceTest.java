// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/reference/tasks.md} to the descriptors; with {@code -Ddrover.docs.write=true} it writes it anew. */
class TasksReferenceTest {

    private static final Path FILE = Path.of("..", "docs", "reference", "tasks.md");

    @Test
    void theReferenceSaysWhatTheTasksAre() throws IOException {
        String reference;
        try (TaskRegistry registry = new TaskRegistry(new TaskSettings(Optional.empty()))) {
            reference = TasksReference.of(registry.all());
        }
        if (Boolean.getBoolean("drover.docs.write")) {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, reference);
        }

        assertThat(FILE).as("write it with -Ddrover.docs.write=true").content().isEqualTo(reference);
    }
}

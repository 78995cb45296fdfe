// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control;

import dev.drover.system.control.ConfigKey;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * The settings of the task room.
 *
 * @param dir the folder with jars of a team's own tasks, if there is one
 */
public record TaskSettings(Optional<Path> dir) {

    public static final ConfigKey<Optional<Path>> DIR = new ConfigKey<>(
            "drover.tasks.dir",
            "",
            "Folder with jars of own tasks, read once at start; empty means only the built-in tasks.",
            text -> text.isBlank() ? Optional.empty() : Optional.of(Path.of(text.strip())),
            java.util.List.of());

    public static TaskSettings from(Config config) {
        return new TaskSettings(DIR.read(config));
    }
}

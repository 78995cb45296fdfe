// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Programs for Node with the packages that they need, as these come from the npm registry. */
final class NodePackages {

    private NodePackages() {}

    /**
     * Copies a folder of {@code src/test} and installs its packages, once.
     *
     * @return where it is ready to run
     */
    static synchronized Path install(String folder) throws IOException, InterruptedException {
        Path installed = Files.createDirectories(Path.of("target", folder));
        File[] scripts = Path.of("src/test", folder).toFile().listFiles();
        assertThat(scripts).isNotEmpty();
        for (File script : scripts) {
            if (script.isFile()) {
                Files.copy(script.toPath(), installed.resolve(script.getName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (!Files.exists(installed.resolve("node_modules"))) {
            run(installed, Map.of(), "npm", "ci", "--no-audit", "--no-fund", "--prefer-offline");
        }
        return installed;
    }

    /** Runs a program that must succeed, and returns what it says. */
    static String run(Path folder, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("node-", ".out");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended = process.waitFor(3, TimeUnit.MINUTES);
        process.destroyForcibly();
        String said = Files.readString(output, StandardCharsets.UTF_8);
        Files.delete(output);
        assertThat(ended && process.exitValue() == 0)
                .as(String.join(" ", command) + ": " + said)
                .isTrue();
        return said;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of the checkout that is written from the code. {@code -Ddrover.docs.write=true} writes it anew; without, a stale
 * one fails the build.
 *
 * @param path within the checkout
 */
record GeneratedPage(String path, String content) {

    void isCurrent() {
        Path file = House.CHECKOUT.resolve(path);
        if (Boolean.getBoolean("drover.docs.write")) {
            write(file);
        }
        assertThat(Files.isRegularFile(file) ? House.read(file) : "")
                .as(path + " is stale: run mvn -pl qa/arch -am verify -Dui.skip" + " -Ddrover.docs.write=true")
                .isEqualTo(content);
    }

    private void write(Path file) {
        try {
            Files.createDirectories(file.resolve("..").normalize());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

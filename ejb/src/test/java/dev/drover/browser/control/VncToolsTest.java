// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VncToolsTest {

    @TempDir
    Path folder;

    @Test
    void withoutAnyTheRefusalSaysWhatToInstall() {
        assertThat(find().refusal(false)).hasValueSatisfying(reason -> assertThat(reason)
                .contains("apt-get install tigervnc-standalone-server"));
    }

    @Test
    void xvncAloneShowsScreensWithoutPasswords() throws IOException {
        program("Xvnc");

        assertThat(find().refusal(false)).isEmpty();
        assertThat(find().refusal(true))
                .hasValueSatisfying(reason -> assertThat(reason).contains("apt-get install tigervnc-tools"));
    }

    @Test
    void tigersXvncIsTakenBeforeThatOfOthers() throws IOException {
        program("Xvnc");
        Path tiger = program("Xtigervnc");
        program("tigervncpasswd");

        assertThat(find().xvnc()).isEqualTo(tiger);
        assertThat(find().refusal(true)).isEmpty();
    }

    @Test
    void xvfbNeedsX11vnc() throws IOException {
        program("Xvfb");
        assertThat(find().refusal(false)).isPresent();

        program("x11vnc");

        assertThat(find().refusal(true)).isEmpty();
    }

    @Test
    void whatCannotBeRunIsNotThere() throws IOException {
        Files.writeString(folder.resolve("Xvnc"), "");

        assertThat(find().refusal(false)).isPresent();
    }

    private VncTools find() {
        return VncTools.find(List.of(folder.resolve("missing"), folder));
    }

    private Path program(String name) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}

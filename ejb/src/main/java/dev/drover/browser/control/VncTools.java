// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The programs that make displays which are seen over VNC; what is null is not there. Xvnc is an X server that speaks VNC
 * itself; where it is missing, Xvfb and x11vnc do the same with two processes.
 */
record VncTools(
        @Nullable Path xvnc,
        @Nullable Path vncpasswd,
        @Nullable Path xvfb,
        @Nullable Path x11vnc) {

    /** TigerVNC's own names come first: other makers' Xvnc take other options. */
    static VncTools find(List<Path> folders) {
        return new VncTools(
                first(folders, "Xtigervnc", "Xvnc"),
                first(folders, "tigervncpasswd", "vncpasswd"),
                first(folders, "Xvfb"),
                first(folders, "x11vnc"));
    }

    /** Why no such display can be had, in a sentence; empty when it can. */
    Optional<String> refusal(boolean withPassword) {
        if (xvnc == null && (xvfb == null || x11vnc == null)) {
            return Optional.of("This server has no VNC: Xvnc is not installed"
                    + " (apt-get install tigervnc-standalone-server), nor are Xvfb and x11vnc.");
        }
        if (withPassword && xvnc != null && vncpasswd == null) {
            return Optional.of(
                    "This server has VNC without passwords only: vncpasswd is not installed (apt-get install tigervnc-tools).");
        }
        return Optional.empty();
    }

    private static @Nullable Path first(List<Path> folders, String... names) {
        return Stream.of(names)
                .flatMap(name -> folders.stream().map(folder -> folder.resolve(name)))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst()
                .orElse(null);
    }
}

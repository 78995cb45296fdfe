// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A file system of its own that can be filled: a tmpfs, which only root may mount. */
final class SmallDisk implements AutoCloseable {

    private static final byte[] BLOCK = new byte[64 * 1024];

    private final Path folder;
    private final Path ballast;

    private SmallDisk(Path folder) {
        this.folder = folder;
        this.ballast = folder.resolve("ballast");
    }

    /** Whether this process may mount one. */
    static boolean isPossible() {
        try {
            Path folder = Files.createTempDirectory("drover-small-disk");
            boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.toString());
            if (mounted) {
                run("umount", folder.toString());
            }
            Files.delete(folder);
            return mounted;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes away what a run that was cut off has left. */
    static void forget(Path folder) {
        run("umount", "-l", folder.toString());
    }

    static SmallDisk mount(Path folder, int megabytes) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m,mode=700", "tmpfs", folder.toString())) {
            throw new IllegalStateException("no tmpfs could be mounted at " + folder);
        }
        return new SmallDisk(folder);
    }

    /** Leaves not one byte. */
    void fill() {
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(BLOCK);
            }
        } catch (IOException e) {
            // It is full: that is the end.
        }
    }

    void makeRoom() {
        try {
            Files.deleteIfExists(ballast);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (!run("umount", folder.toString())) {
            forget(folder);
        }
    }

    private static boolean run(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during " + command[0], e);
        }
    }
}

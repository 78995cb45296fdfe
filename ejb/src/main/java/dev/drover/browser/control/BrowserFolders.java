// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** The folders of the browser room below the data folder. Those for temporary files are emptied at start and at end. */
final class BrowserFolders {

    private static final System.Logger LOG = System.getLogger(BrowserFolders.class.getName());

    /** Where Playwright 1.62 looks for the ffmpeg that encodes videos (browsers.json of the driver). */
    private static final String FFMPEG_FOLDER = "ffmpeg-1011";

    private final Path data;

    BrowserFolders(Path data) {
        this.data = data.toAbsolutePath().normalize();
    }

    /** The records of started processes. */
    Path processes() {
        return data.resolve("node/processes");
    }

    /** The Playwright driver of each version that ran here. */
    Path driver() {
        return data.resolve("node/playwright");
    }

    /** A new folder for the temporary files of a driver and its browser; whoever ends them deletes it. */
    Path ofDriver(String owner) {
        return created(owner + "-");
    }

    /** A new folder for the recordings of a run; its files outlive the run until their owner moves them. */
    Path ofRecording() {
        return created("recording-");
    }

    /** A new file among the temporary ones, which is its owner's from now on. */
    Path ofFile(String prefix, String suffix) throws IOException {
        return Files.createTempFile(existing(temporary()), prefix, suffix);
    }

    private Path created(String prefix) {
        try {
            return Files.createTempDirectory(existing(temporary()), prefix);
        } catch (IOException e) {
            throw new UncheckedIOException("no new folder in " + temporary(), e);
        }
    }

    /**
     * A folder in which Playwright finds the machine's own ffmpeg; null when there is none, or when Playwright has been
     * told by {@code PLAYWRIGHT_BROWSERS_PATH} where its browsers are.
     */
    @Nullable
    Path playwrightBrowsers(@Nullable Path ffmpeg) {
        if (ffmpeg == null || System.getenv("PLAYWRIGHT_BROWSERS_PATH") != null) {
            return null;
        }
        Path browsers = data.resolve("node/playwright/browsers");
        Path link = browsers.resolve(FFMPEG_FOLDER).resolve("ffmpeg-linux");
        synchronized (BrowserFolders.class) {
            try {
                existing(browsers.resolve(FFMPEG_FOLDER));
                if (!Files.exists(link)) {
                    Files.deleteIfExists(link); // It led to an ffmpeg that has been removed.
                    Files.createSymbolicLink(link, ffmpeg);
                }
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "DROVER2008 no videos, since " + link + " cannot be made", e);
                return null;
            }
        }
        return browsers;
    }

    void removeTemporary() {
        delete(temporary());
    }

    private Path temporary() {
        return data.resolve("tmp/browser");
    }

    private static Path existing(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be created", e);
        }
    }

    /** Deletes a folder with all that is in it; what cannot be deleted is left for the next time. */
    static void delete(Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e) throws IOException {
                    Files.deleteIfExists(dir);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (NoSuchFileException e) {
            // Nothing was there.
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "DROVER2009 cannot delete all of " + folder, e);
        }
    }
}

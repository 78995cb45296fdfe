// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The processes that the browser room has started, each a small file named by its pid that holds when it started, so
 * that a later server of the same data folder can end what a killed one left, and no process that merely got its pid.
 */
final class ProcessLedger {

    private static final System.Logger LOG = System.getLogger(ProcessLedger.class.getName());

    private final Path folder;

    ProcessLedger(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be created", e);
        }
    }

    void record(ProcessHandle process) {
        try {
            Files.writeString(file(process), startOf(process).orElse(""));
        } catch (IOException e) {
            throw new UncheckedIOException("process " + process.pid() + " cannot be recorded in " + folder, e);
        }
    }

    boolean knows(ProcessHandle process) {
        return Files.exists(file(process));
    }

    void forget(ProcessHandle process) {
        try {
            Files.deleteIfExists(file(process));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "DROVER2007 cannot delete " + file(process), e);
        }
    }

    /** Kills what is recorded and still runs, with all of its descendants; to be called before anything is started. */
    int reap() {
        int killed = 0;
        for (Path file : recorded()) {
            Optional<ProcessHandle> orphan = orphan(file);
            if (orphan.isPresent()) {
                List<ProcessHandle> tree = Stream.concat(
                                orphan.stream(), orphan.get().descendants())
                        .toList();
                tree.forEach(ProcessHandle::destroyForcibly);
                killed += tree.size();
            }
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException(file + " cannot be deleted", e);
            }
        }
        return killed;
    }

    private List<Path> recorded() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be read", e);
        }
    }

    private static Optional<ProcessHandle> orphan(Path file) {
        try {
            String start = Files.readString(file);
            return ProcessHandle.of(Long.parseLong(file.getFileName().toString()))
                    .filter(process -> startOf(process).filter(start::equals).isPresent());
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> startOf(ProcessHandle process) {
        return process.info().startInstant().map(Object::toString);
    }

    private Path file(ProcessHandle process) {
        return folder.resolve(Long.toString(process.pid()));
    }
}

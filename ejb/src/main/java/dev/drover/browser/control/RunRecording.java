// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Tracing;
import dev.drover.browser.control.BrowserOptions.Keep;
import dev.drover.browser.control.RunOutcome.Recorded;
import dev.drover.task.control.ArtifactKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Records a run as it is planned: Playwright's trace, a video of each page, and the network as HAR. */
final class RunRecording {

    private static final System.Logger LOG = System.getLogger(RunRecording.class.getName());

    private final RecordingPlan plan;
    private final long mostBytes;
    private final Path folder;
    private final boolean signedIn;

    private RunRecording(RecordingPlan plan, long mostBytes, Path folder, boolean signedIn) {
        this.plan = plan;
        this.mostBytes = mostBytes;
        this.folder = folder;
        this.signedIn = signedIn;
    }

    /**
     * @param mostBytes of a file that is kept
     * @param signedIn whether the context begins with a storage state
     */
    static RunRecording of(RecordingPlan plan, long mostBytes, BrowserFolders folders, boolean signedIn) {
        return new RunRecording(plan, mostBytes, folders.ofRecording(), signedIn);
    }

    void applyTo(Browser.NewContextOptions context, BrowserOptions options) {
        if (plan.video() != Keep.NEVER) {
            context.setRecordVideoDir(videos());
            BrowserOptions.Viewport viewport = options.viewport();
            if (viewport != null) {
                context.setRecordVideoSize(viewport.width(), viewport.height());
            }
        }
        if (plan.har() != Keep.NEVER) {
            context.setRecordHarPath(har());
        }
    }

    void start(BrowserContext context) {
        if (plan.trace() != Keep.NEVER) {
            context.tracing()
                    .start(new Tracing.StartOptions().setScreenshots(true).setSnapshots(true));
        }
    }

    List<Recorded> finish(BrowserContext context, boolean failed) {
        try {
            if (plan.trace() != Keep.NEVER) {
                Tracing.StopOptions stop = new Tracing.StopOptions();
                context.tracing().stop(isKept(plan.trace(), failed) ? stop.setPath(trace()) : stop);
            }
            context.close(); // The video and the HAR are complete after this.
        } catch (PlaywrightException e) {
            LOG.log(System.Logger.Level.INFO, "DROVER2006 a recording is not complete", e);
        }
        return salvage(failed);
    }

    List<Recorded> salvage(boolean failed) {
        List<Recorded> kept = new ArrayList<>();
        try {
            if (isKept(plan.trace(), failed)) {
                if (signedIn && Files.exists(trace())) {
                    TraceFile.removeStorageState(trace());
                }
                keep(kept, trace(), ArtifactKind.TRACE, "trace.zip", "application/zip");
            }
            if (isKept(plan.har(), failed)) {
                keep(kept, har(), ArtifactKind.HAR, "network.har", "application/json");
            }
            if (isKept(plan.video(), failed)) {
                int number = 1;
                for (Path video : recordedVideos()) {
                    String name = number == 1 ? "video.webm" : "video-" + number + ".webm";
                    keep(kept, video, ArtifactKind.VIDEO, name, "video/webm");
                    number++;
                }
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "DROVER2010 a recording cannot be kept", e);
        }
        discard();
        return kept;
    }

    void discard() {
        BrowserFolders.delete(folder);
    }

    private static boolean isKept(Keep keep, boolean failed) {
        return RecordingPlan.isKept(keep, failed);
    }

    /** Files of their own beside the folder, which goes: whoever takes a file leaves nothing behind. */
    private void keep(List<Recorded> kept, Path file, ArtifactKind kind, String name, String contentType)
            throws IOException {
        long size = Files.exists(file) ? Files.size(file) : 0;
        if (size > mostBytes) {
            LOG.log(System.Logger.Level.INFO, "DROVER2015 {0} of a run is too large to be kept: {1} bytes", name, size);
        } else if (size > 0) {
            Path own = folder.resolveSibling(folder.getFileName() + "-" + name);
            Files.move(file, own);
            kept.add(new Recorded(kind, name, contentType, own));
        }
    }

    private List<Path> recordedVideos() throws IOException {
        if (!Files.isDirectory(videos())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(videos())) {
            return files.sorted((a, b) -> createdAt(a).compareTo(createdAt(b))).toList();
        }
    }

    private static java.nio.file.attribute.FileTime createdAt(Path file) {
        try {
            return (java.nio.file.attribute.FileTime) Files.getAttribute(file, "creationTime");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path trace() {
        return folder.resolve("trace.zip");
    }

    private Path har() {
        return folder.resolve("network.har");
    }

    private Path videos() {
        return folder.resolve("videos");
    }
}

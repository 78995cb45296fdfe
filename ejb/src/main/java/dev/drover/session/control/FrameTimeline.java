// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.control;

import static java.util.Objects.requireNonNull;

import dev.drover.browser.control.PageAction;
import dev.drover.host.control.LivingNodes;
import dev.drover.security.control.Caller;
import dev.drover.session.entity.BrowserSession;
import dev.drover.session.entity.SessionStore;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.ErrorCode;
import dev.drover.system.control.NodeIdentity;
import dev.drover.system.control.Transactions;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;

/**
 * What the pages of sessions looked like: a picture every few seconds as long as a session is used, the newest so many of
 * each. They are files of the node that has the session, {@code DATA_ROOT/node/frames/{session}/{milliseconds}.jpg}, and go
 * with the session's row.
 */
@ApplicationScoped
public class FrameTimeline {

    private static final Logger LOG = System.getLogger(FrameTimeline.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int QUALITY = 50;
    private static final String KIND = ".jpg";

    /** One of them. */
    public record Frame(Instant takenAt, long bytes) {

        public Frame {
            requireNonNull(takenAt, "takenAt");
        }
    }

    private Sessions sessions;
    private LiveViews views;
    private SessionStore store;
    private SessionSettings settings;
    private Transactions transactions;
    private NodeIdentity node;
    private Clock clock;
    private Path folder;

    @Resource
    private ManagedExecutorService threads;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected FrameTimeline() {}

    @Inject
    @SuppressWarnings("NullAway.Init") // the executor is injected later
    public FrameTimeline(
            Sessions sessions,
            LiveViews views,
            SessionStore store,
            SessionSettings settings,
            Transactions transactions,
            NodeIdentity node,
            Clock clock) {
        this.sessions = sessions;
        this.views = views;
        this.store = store;
        this.settings = settings;
        this.transactions = transactions;
        this.node = node;
        this.clock = clock;
        this.folder = node.dataRoot().resolve("node/frames");
    }

    /**
     * Those of a time, the oldest first; of too many the newest.
     *
     * @throws DroverException {@link ErrorCode#NOT_FOUND}, {@link ErrorCode#UNAVAILABLE} when they are on another node
     */
    public List<Frame> list(Caller caller, UUID id, Instant since, int most) {
        Path of = folderOf(caller, id);
        try {
            List<Frame> frames = files(of).stream()
                    .map(FrameTimeline::frame)
                    .filter(frame -> frame.bytes() > 0 && !frame.takenAt().isBefore(since))
                    .toList();
            return frames.subList(Math.max(0, frames.size() - most), frames.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The picture of one of them, as a JPEG.
     *
     * @throws DroverException as {@link #list}, and where there is no such frame, or no longer
     */
    public byte[] read(Caller caller, UUID id, Instant takenAt) {
        try {
            return Files.readAllBytes(folderOf(caller, id).resolve(takenAt.toEpochMilli() + KIND));
        } catch (NoSuchFileException e) {
            throw new DroverException(ErrorCode.NOT_FOUND, "There is no such frame, or no longer.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path folderOf(Caller caller, UUID id) {
        BrowserSession session = sessions.get(caller, id).session();
        if (!session.node().equals(node.name())) {
            throw new DroverException(
                    ErrorCode.UNAVAILABLE,
                    "The node " + session.node() + ", which has the frames, does not answer.",
                    LivingNodes.SILENCE);
        }
        return folder.resolve(id.toString());
    }

    /** Takes the next one of each session that was used since its last one. */
    void take(Collection<LiveSession> live) {
        for (LiveSession session : live) {
            if (session.beginFrame(settings.framesInterval())) {
                begin(session);
            }
        }
    }

    private void begin(LiveSession session) {
        try {
            threads.execute(() -> take(session));
        } catch (RejectedExecutionException e) {
            session.endFrame(false);
            LOG.log(Level.DEBUG, "there was no thread for a frame", e);
        }
    }

    private void take(LiveSession session) {
        Instant now = clock.instant();
        CompletableFuture<byte[]> picture = session.devTools().isPresent()
                ? views.picture(session)
                : session.browser()
                        .act(PATIENCE, new PageAction.Screenshot(false, QUALITY))
                        .thenApply(answer -> (byte[]) requireNonNull(answer.value(), "picture"));
        CompletableFuture<Void> unused = picture.thenAccept(jpeg -> keep(session.id(), now, jpeg))
                .whenComplete((done, failure) -> {
                    session.endFrame(failure == null);
                    if (failure != null) {
                        LOG.log(Level.DEBUG, "a frame was not kept", failure);
                    }
                });
    }

    private void keep(UUID id, Instant at, byte[] jpeg) {
        try {
            Path of = Files.createDirectories(folder.resolve(id.toString()));
            Path unfinished = of.resolve("unfinished");
            Files.write(unfinished, jpeg);
            Files.move(unfinished, of.resolve(at.toEpochMilli() + KIND), StandardCopyOption.ATOMIC_MOVE);
            List<Path> all = files(of);
            for (Path old : all.subList(0, Math.max(0, all.size() - settings.framesKept()))) {
                Files.deleteIfExists(old);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes those of sessions that nobody knows any more. */
    void sweep() {
        try {
            List<UUID> kept = folders();
            Set<UUID> known = new HashSet<>(transactions.resultInNew(() -> store.known(kept)));
            for (UUID id : kept) {
                if (!known.contains(id)) {
                    delete(folder.resolve(id.toString()));
                }
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "DROVER6005 frames of ended sessions could not be deleted", e);
        }
    }

    private List<UUID> folders() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(one -> UUID.fromString(String.valueOf(one.getFileName())))
                    .toList();
        }
    }

    private static void delete(Path of) throws IOException {
        try (Stream<Path> all = Files.list(of)) {
            for (Path file : all.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(of);
    }

    /** The oldest first. */
    private static List<Path> files(Path of) throws IOException {
        if (!Files.isDirectory(of)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(of)) {
            return all.filter(file -> file.toString().endsWith(KIND))
                    .sorted(Comparator.comparing(FrameTimeline::takenAt))
                    .toList();
        }
    }

    private static Frame frame(Path file) {
        return new Frame(takenAt(file), file.toFile().length());
    }

    private static Instant takenAt(Path file) {
        String name = String.valueOf(file.getFileName());
        return Instant.ofEpochMilli(Long.parseLong(name.substring(0, name.length() - KIND.length())));
    }
}

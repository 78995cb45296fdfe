// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What X servers leave in the folder for temporary files: the lock of a display, which holds the pid of its server, and its
 * socket. Servers of other programs are left alone.
 */
final class XSockets {

    private static final System.Logger LOG = System.getLogger(XSockets.class.getName());

    private final Path temporary;

    /** @param temporary {@code /tmp}, which is written into every X server and client */
    XSockets(Path temporary) {
        this.temporary = temporary;
    }

    /**
     * A new folder for a display and its browser, with a short path: Chromium has a socket in its temporary folder, and
     * paths of sockets are at most 107 bytes long (unix(7)).
     */
    Path newFolder(int display) throws IOException {
        return Files.createTempDirectory(temporary, folderName(display));
    }

    private static String folderName(int display) {
        return "drover-display-" + display + "-";
    }

    Path lock(int display) {
        return temporary.resolve(".X" + display + "-lock");
    }

    Path socket(int display) {
        return temporary.resolve(".X11-unix/X" + display);
    }

    /** Whether a server has the display, of whichever program. */
    boolean isTaken(int display) {
        return pid(display).flatMap(ProcessHandle::of).isPresent() || answers(display);
    }

    /** Whether nothing on this machine has the port, on loopback or on all addresses. */
    static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** Removes what a server has left that ran with this pid and is dead. */
    void removeOf(int display, long pid) {
        if (pid(display).filter(holder -> holder == pid).isPresent()) {
            remove(display);
        }
    }

    /**
     * Removes what a dead server has left, whoever it was of.
     *
     * @param age how old it is at least: an X server that starts takes over what is left as well
     * @return whether anything was
     */
    boolean removeIfDead(int display, Duration age) {
        Path left = Files.exists(lock(display)) ? lock(display) : socket(display);
        try {
            if (!Files.exists(left)
                    || isTaken(display)
                    || Files.getLastModifiedTime(left)
                            .toInstant()
                            .isAfter(Instant.now().minus(age))) {
                return false;
            }
            return remove(display);
        } catch (IOException e) {
            return false; // It has gone, or is somebody else's.
        }
    }

    /** Deletes folders of a display that have been left over. */
    void deleteFolders(int display, Duration age) {
        if (isTaken(display)) {
            return;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(temporary, folderName(display) + "*")) {
            for (Path folder : folders) {
                if (Files.getLastModifiedTime(folder)
                        .toInstant()
                        .isBefore(Instant.now().minus(age))) {
                    BrowserFolders.delete(folder);
                }
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "folders of display " + display + " cannot be deleted", e);
        }
    }

    /** The socket first: without a lock, the next server would have made its own by then. */
    private boolean remove(int display) {
        try {
            boolean socket = Files.deleteIfExists(socket(display));
            boolean lock = Files.deleteIfExists(lock(display));
            return socket || lock;
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "what is left of display " + display + " is not ours", e);
            return false;
        }
    }

    private Optional<Long> pid(int display) {
        try {
            return Optional.of(Long.valueOf(Files.readString(lock(display)).strip()));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** A server of another name space of processes has a pid that is not known here. */
    private boolean answers(int display) {
        Path socket = socket(display);
        if (!Files.exists(socket)) {
            return false;
        }
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.boundary;

import dev.drover.session.boundary.FrameReader.Head;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What goes to a client: what the browser says, and between its messages what the server says itself. */
final class ClientLine {

    private static final Logger LOG = Logger.getLogger(ClientLine.class.getName());
    private static final int BUFFER = 1 << 16;
    private static final int MOST_WAITING = 10_000;
    private static final long PATIENCE_MILLISECONDS = 500;

    private final OutputStream client;
    private final ReentrantLock sending = new ReentrantLock();
    private final Queue<byte[]> waiting = new ArrayDeque<>();
    private final FrameReader fromBrowser = new FrameReader(new BrowserFrames(), false);
    private boolean inMessage;
    private boolean inFrame;

    ClientLine(OutputStream client) {
        this.client = new BufferedOutputStream(client, BUFFER);
    }

    /** Whether nobody sends at this moment. */
    boolean isFree() {
        return !sending.isLocked();
    }

    /** Passes on some bytes of the browser, and returns when the client has taken them. */
    void pass(byte[] bytes, int count) throws IOException {
        sending.lock();
        try {
            fromBrowser.take(bytes, 0, count);
            client.flush();
        } finally {
            sending.unlock();
        }
    }

    /** Says a message of its own, and returns when the client has taken it. Not for those whose messages are passed on. */
    void say(int opcode, byte[] bytes, int count) throws IOException {
        sending.lock();
        try {
            inFrame = true;
            client.write(FrameReader.head(Head.of(opcode, count), false));
            client.write(bytes, 0, count);
            inFrame = false;
            sayWhatWaits();
            client.flush();
        } finally {
            sending.unlock();
        }
    }

    /** Says something as soon as the browser's message is at its end. */
    void insert(int opcode, byte[] payload) throws IOException {
        sending.lock();
        try {
            if (waiting.size() >= MOST_WAITING) {
                throw new IOException("the client reads no answers");
            }
            byte[] head = FrameReader.head(Head.of(opcode, payload.length), false);
            byte[] frame = new byte[head.length + payload.length];
            System.arraycopy(head, 0, frame, 0, head.length);
            System.arraycopy(payload, 0, frame, head.length, payload.length);
            waiting.add(frame);
            if (!inMessage && !inFrame) {
                sayWhatWaits();
                client.flush();
            }
        } finally {
            sending.unlock();
        }
    }

    /** The last thing that is said, where it fits in between two frames. */
    void farewell(byte[] payload) {
        try {
            if (sending.tryLock(PATIENCE_MILLISECONDS, TimeUnit.MILLISECONDS)) {
                try {
                    if (!inFrame) {
                        client.write(FrameReader.head(Head.of(FrameReader.CLOSE, payload.length), false));
                        client.write(payload);
                        client.flush();
                    }
                } finally {
                    sending.unlock();
                }
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.FINE, "a client was gone when its connection was to be closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sayWhatWaits() throws IOException {
        for (byte[] next = waiting.poll(); next != null; next = waiting.poll()) {
            client.write(next);
        }
    }

    private final class BrowserFrames implements FrameReader.Frames {

        @Override
        public void begin(Head head) throws IOException {
            inFrame = true;
            client.write(FrameReader.head(head, false));
        }

        @Override
        public void payload(Head head, byte[] bytes, int offset, int count) throws IOException {
            client.write(bytes, offset, count);
        }

        @Override
        public void end(Head head) throws IOException {
            inFrame = false;
            if (!head.isControl()) {
                inMessage = !head.last();
            }
            if (!inMessage) {
                sayWhatWaits();
            }
        }
    }
}

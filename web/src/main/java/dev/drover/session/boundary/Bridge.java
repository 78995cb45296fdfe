// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.boundary;

import dev.drover.session.boundary.FrameReader.Head;
import dev.drover.session.control.ClientGuard;
import dev.drover.session.control.ClientMessage;
import dev.drover.session.control.LiveSession;
import dev.drover.session.control.Ruling;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Joins a client's connection with one to a browser, frame by frame, or to its display, byte by byte. Either side is read
 * only as fast as the other one takes: what comes from the browser goes on as it is, byte for byte; what comes from the
 * client is put together first, looked at, and sent before more is read. What goes to a display and comes from it is not
 * looked at. Nothing of any size is held in memory.
 */
final class Bridge implements Passage, LiveSession.Connection {

    static final int NORMAL = 1000;
    static final int GOING_AWAY = 1001;
    static final int PROTOCOL_ERROR = 1002;
    static final int MALFORMED = 1007;
    static final int TOO_BIG = 1009;

    private static final Logger LOG = Logger.getLogger(Bridge.class.getName());

    /** In bytes; Chromium itself takes 100 MB. */
    private static final long LARGEST_MESSAGE = 256L << 20;

    private static final int BUFFER = 1 << 16;
    private static final int LONGEST_REASON = 123;

    private final Closeable clientConnection;
    private final Line browser;
    private final LiveSession session;
    private final ClientGuard guard;
    private final Runnable ended;
    private final ClientMessage message;
    private final FrameReader fromClient = new FrameReader(new ClientFrames(), true);
    private final ClientLine toClient;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Runnable leave = () -> {};
    private volatile long lastSign = System.nanoTime();

    /** @param ended is called when the client closes the browser, which ends the session */
    Bridge(
            OutputStream client,
            Closeable clientConnection,
            Line browser,
            LiveSession session,
            ClientGuard guard,
            Runnable ended) {
        this.toClient = new ClientLine(client);
        this.clientConnection = clientConnection;
        this.browser = browser;
        this.session = session;
        this.guard = guard;
        this.ended = ended;
        this.message = new ClientMessage(session.files(), LARGEST_MESSAGE);
    }

    /** From now on it ends with the session. */
    void join() {
        leave = session.join(this);
        session.seen();
    }

    @Override
    public void take(byte[] bytes, int offset, int count) {
        lastSign = System.nanoTime();
        try {
            fromClient.take(bytes, offset, count);
        } catch (ProtocolException e) {
            close(PROTOCOL_ERROR, "These are no WebSocket frames.");
        } catch (IOException e) {
            LOG.log(Level.FINE, "what a client said did not reach its browser", e);
            close(GOING_AWAY, "The browser is gone.");
        }
    }

    @Override
    public void listen() {
        byte[] buffer = new byte[BUFFER];
        try {
            for (int read = browser.input().read(buffer);
                    read >= 0;
                    read = browser.input().read(buffer)) {
                if (browser.isFramed()) {
                    toClient.pass(buffer, read);
                } else {
                    toClient.say(FrameReader.BINARY, buffer, read);
                }
                lastSign = System.nanoTime();
                session.seen();
            }
            close(GOING_AWAY, "The browser closed the connection.");
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.FINE, "what a browser said did not reach its client", e);
            close(GOING_AWAY, "The connection broke.");
        }
    }

    /** Since when nothing has shown that the client is there. */
    Duration silence() {
        return Duration.ofNanos(System.nanoTime() - lastSign);
    }

    /** Asks the client for a sign, unless something is being sent, which will give one. */
    void ping() {
        if (toClient.isFree()) {
            tell(FrameReader.PING, new byte[0]);
        }
    }

    @Override
    public void sessionEnded(String reason) {
        close(GOING_AWAY, "The session has ended: " + reason + ".");
    }

    /** Ends both connections, and tells the client why where a frame of its own fits in. */
    void close(int code, String reason) {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        leave.run();
        browser.close();
        toClient.farewell(closing(code, reason));
        try {
            clientConnection.close();
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.FINE, "the connection of a client was closed already", e);
        }
    }

    @Override
    public void clientGone() {
        close(NORMAL, "");
        try {
            message.clear();
        } catch (IOException e) {
            LOG.log(Level.FINE, "it ends with the session's files", e);
        }
    }

    private void rule() throws IOException {
        session.seen();
        switch (guard.rule(message)) {
            case Ruling.Pass pass -> {
                OutputStream to = browser.output();
                to.write(FrameReader.head(Head.of(FrameReader.TEXT, message.length()), true));
                message.writeTo(to);
            }
            case Ruling.Replace replace -> toBrowser(FrameReader.TEXT, bytes(replace.message()));
            case Ruling.Answer answer -> answer(answer.message());
            case Ruling.End end -> {
                answer(end.message());
                ended.run();
            }
            case Ruling.Malformed malformed -> close(MALFORMED, "This is no message of the browser's protocol.");
        }
    }

    private void toBrowser(int opcode, byte[] payload) throws IOException {
        byte[] head = FrameReader.head(Head.of(opcode, payload.length), true);
        byte[] frame = Arrays.copyOf(head, head.length + payload.length);
        System.arraycopy(payload, 0, frame, head.length, payload.length);
        browser.output().write(frame);
    }

    private void answer(String text) {
        tell(FrameReader.TEXT, bytes(text));
    }

    private void tell(int opcode, byte[] payload) {
        try {
            toClient.insert(opcode, payload);
        } catch (IOException e) {
            close(GOING_AWAY, "The connection broke.");
        }
    }

    private static byte[] closing(int code, String reason) {
        byte[] text = shortened(reason);
        byte[] payload = new byte[2 + text.length];
        payload[0] = (byte) (code >> 8);
        payload[1] = (byte) code;
        System.arraycopy(text, 0, payload, 2, text.length);
        return payload;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** As many whole characters as fit a close frame (RFC 6455, 5.5). */
    private static byte[] shortened(String reason) {
        String text = reason;
        while (bytes(text).length > LONGEST_REASON) {
            text = text.substring(0, text.length() - 1);
        }
        return bytes(text);
    }

    /** What the client says. Controls go on at once, messages when they are whole. */
    private final class ClientFrames implements FrameReader.Frames {

        private final ByteArrayOutputStream control = new ByteArrayOutputStream();

        @Override
        public void begin(Head head) {
            control.reset();
        }

        @Override
        public void payload(Head head, byte[] bytes, int offset, int count) throws IOException {
            if (head.isControl()) {
                control.write(bytes, offset, count);
            } else if (!browser.isFramed()) {
                browser.output().write(bytes, offset, count);
            } else if (!message.add(bytes, offset, count)) {
                close(TOO_BIG, "The message is too large.");
                throw new IOException("a message of more than " + LARGEST_MESSAGE + " bytes");
            }
        }

        @Override
        public void end(Head head) throws IOException {
            if (head.opcode() == FrameReader.PONG) {
                return; // It answers our own ping: browsers send none.
            }
            if (!browser.isFramed()) {
                endOfBytes(head);
            } else if (head.isControl()) {
                toBrowser(head.opcode(), control.toByteArray());
            } else if (head.last()) {
                rule();
                message.clear();
            }
        }

        /** Where nobody behind it knows of frames, the bridge itself answers the client. */
        private void endOfBytes(Head head) {
            switch (head.opcode()) {
                case FrameReader.PING -> tell(FrameReader.PONG, control.toByteArray());
                case FrameReader.CLOSE -> close(NORMAL, "");
                default -> session.seen();
            }
        }
    }
}

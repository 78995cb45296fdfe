// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Many WebSockets that hear the same, read by one thread that does no more than it must, since it shares the machine with
 * the server.
 */
final class Audience implements AutoCloseable {

    /** What is done with a frame, which lies between two places of a buffer that is used again afterwards. */
    @FunctionalInterface
    interface Ear {
        void hear(byte[] bytes, int from, int to);
    }

    /** One connection's place in its stream of frames, which end anywhere in what a read returns. */
    private static final class Listener {
        private final byte[] bytes = new byte[64 * 1024];
        private final ByteBuffer buffer = ByteBuffer.wrap(bytes);
    }

    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\"job_completed\"".getBytes(StandardCharsets.US_ASCII);

    private final Selector selector = Selector.open();
    private final Ear ear;
    private int listening;

    Audience(int port, String path, String token, int size, Ear ear) throws IOException {
        this.ear = ear;
        byte[] handshake = EventSocket.handshake(path, token);
        for (int i = 0; i < size; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.write(ByteBuffer.wrap(handshake));
            Listener listener = new Listener();
            awaitUpgrade(channel, listener);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, listener);
            listening++;
        }
    }

    /** Reads until every listener has heard the end of the job. */
    void listen(int atMostSeconds) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(atMostSeconds);
        for (SelectionKey key : List.copyOf(selector.keys())) {
            take(key);
        }
        while (listening > 0) {
            if (System.nanoTime() > end) {
                throw new IOException(listening + " listeners still wait for the end of the job");
            }
            selector.select(this::read, 1_000);
        }
    }

    private void read(SelectionKey key) {
        Listener listener = (Listener) key.attachment();
        try {
            int read = ((SocketChannel) key.channel()).read(listener.buffer);
            if (read < 0) {
                leave(key);
            } else {
                take(key);
            }
        } catch (IOException e) {
            leave(key);
        }
    }

    private void leave(SelectionKey key) {
        if (key.isValid()) {
            key.cancel();
            listening--;
        }
    }

    /** Takes the whole frames out of the buffer and leaves the rest. */
    private void take(SelectionKey key) {
        Listener listener = (Listener) key.attachment();
        ByteBuffer buffer = listener.buffer;
        buffer.flip();
        boolean over = false;
        while (!over && buffer.remaining() >= 2) {
            int start = buffer.position();
            int length = buffer.get(start + 1) & 0x7f;
            int header = length < 126 ? 2 : 4; // No event of this benchmark has more than 64 KB.
            if (buffer.remaining() < header) {
                break;
            }
            if (length == 126) {
                length = buffer.getShort(start + 2) & 0xffff;
            }
            if (buffer.remaining() < header + length) {
                break;
            }
            int opcode = buffer.get(start) & 0x0f;
            int from = start + header;
            int to = from + length;
            over = opcode == CLOSE || (opcode == TEXT && find(END, listener.bytes, from, to) >= 0);
            if (opcode == TEXT && !over) {
                ear.hear(listener.bytes, from, to);
            }
            buffer.position(start + header + length);
        }
        buffer.compact();
        if (over) {
            leave(key);
        }
    }

    private static void awaitUpgrade(SocketChannel channel, Listener listener) throws IOException {
        ByteBuffer buffer = listener.buffer;
        int end = -1;
        while (end < 0) {
            if (channel.read(buffer) < 0) {
                throw new IOException("the server closed a connection instead of upgrading it");
            }
            end = find(HEAD_END, listener.bytes, 0, buffer.position());
        }
        String head = new String(listener.bytes, 0, end, StandardCharsets.US_ASCII);
        if (!head.startsWith("HTTP/1.1 101")) {
            throw new IOException("no WebSocket: " + head.lines().findFirst().orElse(""));
        }
        buffer.flip().position(end + HEAD_END.length);
        buffer.compact();
    }

    /** Where something begins in a part of a buffer; negative where it is not. */
    static int find(byte[] sought, byte[] bytes, int from, int to) {
        for (int i = from; i <= to - sought.length; i++) {
            int j = 0;
            while (j < sought.length && sought[j] == bytes[i + j]) {
                j++;
            }
            if (j == sought.length) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}

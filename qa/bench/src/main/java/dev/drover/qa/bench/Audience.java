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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Many WebSockets that hear the same, read by one thread that does no more than it must, since it shares the machine with
 * the server.
 */
final class Audience implements AutoCloseable {

    /**
     * What was heard.
     *
     * @param seconds from the first progress report to the last
     * @param latencies in milliseconds, from the time that a report carries; empty unless they were asked for
     */
    record Heard(long deliveries, double seconds, List<Double> latencies) {
        double perSecond() {
            return deliveries / seconds;
        }
    }

    /** One connection's place in its stream of frames, which end anywhere in what a read returns. */
    private static final class Listener {
        private final byte[] bytes = new byte[64 * 1024];
        private final ByteBuffer buffer = ByteBuffer.wrap(bytes);
    }

    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PROGRESS = "Report ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\"job_completed\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TIMESTAMP = "\"timestamp\":\"".getBytes(StandardCharsets.US_ASCII);

    private final Selector selector = Selector.open();
    private final boolean timed;
    private final List<Double> latencies = new ArrayList<>();
    private int listening;
    private long deliveries;
    private long first;
    private long last;

    /** @param timed whether the time on every report is compared with the clock */
    Audience(int port, String path, String token, int size, boolean timed) throws IOException {
        this.timed = timed;
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
    Heard listen(int atMostSeconds) throws IOException {
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
        return new Heard(deliveries, (last - first) / 1e9, latencies);
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
            over = opcode == CLOSE
                    || (opcode == TEXT && heard(listener.bytes, start + header, start + header + length));
            buffer.position(start + header + length);
        }
        buffer.compact();
        if (over) {
            leave(key);
        }
    }

    /** Counts a progress report; tells whether this was the end of the job instead. */
    private boolean heard(byte[] bytes, int from, int to) {
        if (find(PROGRESS, bytes, from, to) < 0) {
            return find(END, bytes, from, to) >= 0;
        }
        last = System.nanoTime();
        if (deliveries == 0) {
            first = last;
        }
        deliveries++;
        if (timed) {
            int at = find(TIMESTAMP, bytes, from, to) + TIMESTAMP.length;
            int end = at;
            while (bytes[end] != '"') {
                end++;
            }
            Instant sent = Instant.parse(new String(bytes, at, end - at, StandardCharsets.US_ASCII));
            latencies.add(sent.until(Instant.now(), ChronoUnit.NANOS) / 1e6);
        }
        return false;
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

    private static int find(byte[] sought, byte[] bytes, int from, int to) {
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

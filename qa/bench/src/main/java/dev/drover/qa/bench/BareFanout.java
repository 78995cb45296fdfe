// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The least that a server can do to send one job's progress to many WebSockets: frames of the same size, one write for
 * each, from one thread, without a database, a broker, security or a queue.
 */
public final class BareFanout {

    private BareFanout() {}

    /** Arguments: listeners, reports, milliseconds between them. Says its port, waits for a line, sends, and ends. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int size = Integer.parseInt(arguments[0]);
        int reports = Integer.parseInt(arguments[1]);
        long pause = Long.parseLong(arguments[2]);
        List<SocketChannel> listeners = new ArrayList<>();
        try (ServerSocketChannel server =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), size)) {
            System.out.println(((InetSocketAddress) server.getLocalAddress()).getPort());
            while (listeners.size() < size) {
                listeners.add(upgrade(server.accept()));
            }
        }
        if (System.in.read() < 0) {
            return;
        }
        for (int i = 1; i <= reports; i++) {
            sendAll(listeners, report(i, reports));
            if (pause > 0) {
                Thread.sleep(pause);
            }
        }
        sendAll(listeners, "{\"event_type\":\"job_completed\"}");
        System.out.println("done");
        for (SocketChannel listener : listeners) {
            listener.close();
        }
    }

    /** As long as one of Drover. */
    private static String report(int number, int of) {
        return ("{\"event_type\":\"status_update\",\"seq\":%d,\"job_id\":\"0198c0de-0000-7000-8000-000000000000\","
                        + "\"user_id\":\"admin\",\"task\":\"noop\",\"timestamp\":\"%s\",\"data\":{\"status\":\"working\","
                        + "\"job_status\":\"running\",\"message\":\"Report %d of %d\",\"progress\":%.12f}}")
                .formatted(number, Instant.now(), number, of, 100.0 * number / of);
    }

    private static SocketChannel upgrade(SocketChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        ByteBuffer request = ByteBuffer.allocate(4096);
        while (!new String(request.array(), 0, request.position(), StandardCharsets.US_ASCII).contains("\r\n\r\n")) {
            if (channel.read(request) < 0) {
                throw new IOException("a listener left before it began");
            }
        }
        write(channel, """
                HTTP/1.1 101 Switching Protocols\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                \r
                """.getBytes(StandardCharsets.US_ASCII));
        return channel;
    }

    private static void sendAll(List<SocketChannel> listeners, String text) throws IOException {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 4);
        frame.put((byte) 0x81);
        if (payload.length < 126) {
            frame.put((byte) payload.length);
        } else {
            frame.put((byte) 126).putShort((short) payload.length);
        }
        frame.put(payload).flip();
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        for (SocketChannel listener : listeners) {
            write(listener, bytes);
        }
    }

    private static void write(SocketChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}

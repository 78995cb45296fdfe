// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.boundary;

import java.io.IOException;
import java.net.ProtocolException;

/** Takes WebSocket frames (RFC 6455, 5.2) out of a stream of bytes that comes in pieces of any size. */
final class FrameReader {

    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final int LONGEST_HEAD = 14;

    /** What is told of the frames. */
    interface Frames {

        /** A frame begins. */
        void begin(Head head) throws IOException;

        /** Some of its payload, without its mask; may be changed. */
        void payload(Head head, byte[] bytes, int offset, int count) throws IOException;

        /** Its payload has come. */
        void end(Head head) throws IOException;
    }

    /**
     * How a frame begins.
     *
     * @param last whether its message ends with it
     */
    record Head(int opcode, boolean last, long length) {

        boolean isControl() {
            return opcode >= CLOSE;
        }

        static Head of(int opcode, long length) {
            return new Head(opcode, true, length);
        }
    }

    private final Frames frames;
    private final boolean masked;
    private final byte[] head = new byte[LONGEST_HEAD];
    private int headBytes;
    private Head current = new Head(TEXT, true, 0);
    private long left;
    private int maskAt;
    private boolean inPayload;

    /** @param masked whether the other side is a client, which has to mask */
    FrameReader(Frames frames, boolean masked) {
        this.frames = frames;
        this.masked = masked;
    }

    /** @throws ProtocolException when they are no frames */
    void take(byte[] bytes, int offset, int count) throws IOException {
        int at = offset;
        int end = offset + count;
        while (at < end) {
            if (!inPayload) {
                head[headBytes++] = bytes[at++];
                if (headBytes >= 2 && headBytes == headLength()) {
                    begin();
                }
            } else {
                int part = (int) Math.min(left, end - at);
                unmask(bytes, at, part);
                frames.payload(current, bytes, at, part);
                at += part;
                left -= part;
                endIfWhole();
            }
        }
    }

    private void begin() throws IOException {
        current = parsed();
        left = current.length();
        maskAt = 0;
        inPayload = true;
        frames.begin(current);
        endIfWhole();
    }

    private void endIfWhole() throws IOException {
        if (left == 0) {
            inPayload = false;
            headBytes = 0;
            frames.end(current);
        }
    }

    private int headLength() throws ProtocolException {
        boolean hasMask = (head[1] & 0x80) != 0;
        if (hasMask != masked || (head[0] & 0x70) != 0) {
            throw new ProtocolException("not a frame of this side, or of an extension");
        }
        int size = head[1] & 0x7f;
        return 2 + (size == 127 ? 8 : size == 126 ? 2 : 0) + (masked ? 4 : 0);
    }

    private Head parsed() throws ProtocolException {
        int size = head[1] & 0x7f;
        int bytes = size == 127 ? 8 : size == 126 ? 2 : 0;
        long length = bytes == 0 ? size : 0;
        for (int i = 0; i < bytes; i++) {
            length = (length << 8) | (head[2 + i] & 0xff);
        }
        Head parsed = new Head(head[0] & 0x0f, (head[0] & 0x80) != 0, length);
        if (length < 0 || (parsed.isControl() && (length > 125 || !parsed.last()))) {
            throw new ProtocolException("not a frame");
        }
        return parsed;
    }

    private void unmask(byte[] bytes, int offset, int count) {
        if (!masked) {
            return;
        }
        int key = headBytes - 4;
        for (int i = 0; i < count; i++) {
            bytes[offset + i] ^= head[key + (maskAt++ & 3)];
        }
    }

    /** The beginning of a frame; that of a client has the mask that changes nothing. */
    static byte[] head(Head frame, boolean masked) {
        long length = frame.length();
        int size = length < 126 ? 0 : length <= 0xffff ? 2 : 8;
        byte[] head = new byte[2 + size + (masked ? 4 : 0)];
        head[0] = (byte) ((frame.last() ? 0x80 : 0) | frame.opcode());
        head[1] = (byte) ((masked ? 0x80 : 0) | (size == 0 ? (int) length : size == 2 ? 126 : 127));
        for (int i = 0; i < size; i++) {
            head[2 + i] = (byte) (length >>> (8 * (size - 1 - i)));
        }
        return head;
    }
}

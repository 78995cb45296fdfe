// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control.egress;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Passes the body of a request on, byte for byte, and stops where it ends (RFC 9112, 6.3 and 7.1). */
final class RequestBody {

    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[16 * 1024];

    RequestBody(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    void pass(RequestHead head) throws IOException {
        String encoding = head.header("Transfer-Encoding");
        String length = head.header("Content-Length");
        if (encoding != null) {
            passChunks();
        } else if (length != null) {
            passBytes(number(length, 10));
        }
    }

    private void passChunks() throws IOException {
        long size;
        do {
            String line = line();
            int extension = line.indexOf(';');
            size = number((extension < 0 ? line : line.substring(0, extension)).strip(), 16);
            if (size > 0) {
                passBytes(size + 2);
            }
        } while (size > 0);
        String trailer;
        do {
            trailer = line();
        } while (!trailer.isEmpty());
        out.flush();
    }

    private String line() throws IOException {
        StringBuilder text = new StringBuilder(16);
        int next;
        do {
            next = in.read();
            if (next < 0 || text.length() > 8192) {
                throw new ProtocolException("a chunk does not end");
            }
            out.write(next);
            text.append((char) next);
        } while (next != '\n');
        return text.toString().strip();
    }

    private void passBytes(long count) throws IOException {
        long left = count;
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new EOFException("the body ended early");
            }
            out.write(buffer, 0, read);
            left -= read;
        }
        out.flush();
    }

    private static long number(@Nullable String text, int radix) throws ProtocolException {
        try {
            long value = Long.parseLong(String.valueOf(text).strip(), radix);
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new ProtocolException("not a length: "
                + new String(String.valueOf(text).getBytes(StandardCharsets.US_ASCII), StandardCharsets.US_ASCII));
    }
}

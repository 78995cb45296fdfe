// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.boundary;

import dev.drover.system.control.DroverException;
import dev.drover.system.control.ErrorCode;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Refuses bodies that are too large: by their announced length at once, others where the limit is passed. */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class BodyLimit implements ContainerRequestFilter {

    static final int MEGABYTES = 10;
    static final int BYTES = MEGABYTES * 1024 * 1024;

    @Override
    public void filter(ContainerRequestContext request) {
        String method = request.getMethod();
        if (method.equals("GET") || method.equals("HEAD")) {
            return;
        }
        String announced = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        if (announced == null) {
            request.setEntityStream(new Limited(request.getEntityStream()));
        } else if (isTooLarge(announced)) {
            throw tooLarge();
        }
    }

    private static boolean isTooLarge(String length) {
        try {
            return Long.parseLong(length.strip()) > BYTES;
        } catch (NumberFormatException e) {
            return true;
        }
    }

    private static DroverException tooLarge() {
        return new DroverException(ErrorCode.BODY_TOO_LARGE, "A body may have " + MEGABYTES + " megabytes.");
    }

    private static final class Limited extends FilterInputStream {

        private long left = BYTES;

        Limited(InputStream body) {
            super(body);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int read) {
            left -= read;
            if (left < 0) {
                throw tooLarge();
            }
        }
    }
}

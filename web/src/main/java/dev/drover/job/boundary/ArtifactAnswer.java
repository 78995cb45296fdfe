// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.boundary;

import dev.drover.job.control.ArtifactStorage;
import dev.drover.job.entity.Artifact;
import dev.drover.system.control.ErrorCode;
import dev.drover.system.control.ProblemDocument;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way to a client. What a page gave to the browser is not to be trusted: its type is not guessed, and what
 * could run scripts in the name of this server comes as a download, and sandboxed where a browser shows it all the same.
 */
final class ArtifactAnswer {

    private static final Logger LOG = Logger.getLogger(ArtifactAnswer.class.getName());
    private static final Set<String> SHOWN =
            Set.of("application/pdf", "application/json", "text/plain", "text/markdown", "text/csv");
    private static final int BUFFER = 64 * 1024;

    private final Artifact artifact;
    private final String etag;

    ArtifactAnswer(Artifact artifact) {
        this.artifact = artifact;
        this.etag = '"' + artifact.sha256() + '"';
    }

    /** Whether the caller has the content already, by what it sent as {@code If-None-Match}. */
    boolean isKnown(@Nullable String ifNoneMatch) {
        return ifNoneMatch != null
                && Arrays.stream(ifNoneMatch.split(",", -1))
                        .map(String::strip)
                        .anyMatch(tag -> tag.equals("*") || tag.equals(etag) || tag.equals("W/" + etag));
    }

    /** The part to send; all when the caller's part is of something else than what is here now. */
    ByteRange range(@Nullable String range, @Nullable String ifRange) {
        return ifRange == null || ifRange.strip().equals(etag)
                ? ByteRange.of(range, artifact.size())
                : new ByteRange.Whole();
    }

    ResponseBuilder headers(ResponseBuilder answer) {
        answer.header(HttpHeaders.ETAG, etag)
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .header("Accept-Ranges", "bytes")
                .header("X-Content-Type-Options", "nosniff")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        (isShown() ? "inline" : "attachment") + "; filename=\"" + artifact.name() + "\"");
        if (!isShown()) {
            answer.header("Content-Security-Policy", "sandbox; default-src 'none'");
        }
        return answer;
    }

    /** @param storage null leaves the content out */
    Response content(ByteRange range, @Nullable ArtifactStorage storage) throws IOException {
        long first = range instanceof ByteRange.Part part ? part.first() : 0;
        long length = range instanceof ByteRange.Part part ? part.length() : artifact.size();
        ResponseBuilder answer = headers(Response.status(range instanceof ByteRange.Part ? 206 : 200))
                .type(artifact.contentType())
                .header(HttpHeaders.CONTENT_LENGTH, length);
        if (range instanceof ByteRange.Part part) {
            answer.header("Content-Range", "bytes %d-%d/%d".formatted(part.first(), part.last(), artifact.size()));
        }
        if (storage != null) {
            InputStream content = storage.open(artifact, first);
            answer.entity((StreamingOutput) out -> copy(content, length, out));
        }
        return answer.build();
    }

    Response outside(String instance, @Nullable String traceParent) {
        String detail = "The file has %d bytes.".formatted(artifact.size());
        return Response.status(ErrorCode.RANGE_NOT_SATISFIABLE.httpStatus())
                .header("Content-Range", "bytes */" + artifact.size())
                .type(ProblemDocument.MEDIA_TYPE)
                .entity(ProblemDocument.of(ErrorCode.RANGE_NOT_SATISFIABLE, detail, List.of(), instance, traceParent)
                        .toJson())
                .build();
    }

    private boolean isShown() {
        String type = artifact.contentType().replaceFirst(";.*", "").strip();
        boolean picture = type.startsWith("image/") && !type.contains("svg");
        return picture || type.startsWith("video/") || type.startsWith("audio/") || SHOWN.contains(type);
    }

    private void copy(InputStream content, long length, OutputStream out) throws IOException {
        try (content) {
            byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(1, length))];
            for (long left = length; left > 0; ) {
                int read = content.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw new IOException("artifact " + artifact.storageKey() + " is shorter than its row says");
                }
                if (!write(out, buffer, read)) {
                    return;
                }
                left -= read;
            }
        }
    }

    private boolean write(OutputStream out, byte[] buffer, int length) {
        try {
            out.write(buffer, 0, length);
            return true;
        } catch (IOException e) {
            LOG.log(Level.FINE, "the reader of an artifact went away", e);
            return false;
        }
    }
}

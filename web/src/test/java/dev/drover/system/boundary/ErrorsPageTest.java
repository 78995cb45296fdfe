// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.system.control.ErrorCode;
import dev.drover.system.control.ProblemDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/reference/errors.md} what the error codes are; {@code -Ddrover.docs.write=true} writes it anew. */
class ErrorsPageTest {

    private static final Path PAGE = Path.of("..", "docs", "reference", "errors.md");

    @Test
    void thePageAboutErrorsIsWhatTheCodesAre() throws IOException {
        String page = page();
        if (Boolean.getBoolean("drover.docs.write")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page);
        }

        assertThat(PAGE)
                .as("stale: run mvn -pl web -am test -Dtest=ErrorsPageTest -Ddrover.docs.write=true"
                        + " -Dsurefire.failIfNoSpecifiedTests=false")
                .hasContent(page);
    }

    private static String page() {
        String head = """
                # Errors

                Written from `ErrorCode` by a test; do not edit.

                A request that cannot be answered gets a problem document (`application/problem+json`, RFC 9457):

                ```json
                {
                  "type": "%s",
                  "title": "%s",
                  "status": %d,
                  "detail": "The body does not fit.",
                  "instance": "/api/v1/jobs",
                  "code": "%s",
                  "errors": [{"pointer": "/priority", "message": "one of low, normal, high, urgent"}],
                  "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736"
                }
                ```

                `code` is for programs and never changes its meaning. `errors` is there when the body does not fit: `pointer`
                is a JSON Pointer (RFC 6901) into it, empty for the body or the address as a whole. `trace_id` is the one in
                the request's `traceparent`, else a new one; the server's log speaks of the request under it. `type` is an
                address on the server itself, which says what this page says.

                Errors of a job, once it was accepted, are in the job: `error.category`.

                | code | status | meaning | what to do |
                |---|---|---|---|
                """.formatted(
                        ProblemDocument.TYPES + ErrorCode.INVALID_REQUEST.wireName(),
                        ErrorCode.INVALID_REQUEST.title(),
                        ErrorCode.INVALID_REQUEST.httpStatus(),
                        ErrorCode.INVALID_REQUEST.wireName());
        return Arrays.stream(ErrorCode.values())
                .sorted(Comparator.comparingInt(ErrorCode::httpStatus).thenComparing(ErrorCode::wireName))
                .map(code -> "| <a id=\"%1$s\"></a>`%1$s` | %2$d | %3$s | %4$s |\n"
                        .formatted(code.wireName(), code.httpStatus(), code.title(), code.advice()))
                .collect(Collectors.joining("", head, ""));
    }
}

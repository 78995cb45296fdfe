// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.system.control.DroverException.Violation;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why a request was refused, as the caller reads it (RFC 9457).
 *
 * @param type address of a page about errors of this kind, on this server
 * @param instance path of the request
 * @param code the {@link ErrorCode} for programs
 * @param errors what in the body does not fit
 * @param traceId under which the server's log speaks of the request
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProblemDocument(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String instance,
        String code,
        List<Violation> errors,
        String traceId) {

    public static final String MEDIA_TYPE = "application/problem+json";

    /** Where the pages about errors are. */
    public static final String TYPES = "/api/v1/problems/";

    private static final Pattern TRACE_PARENT = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");

    /** @param traceParent the request's, as in W3C Trace Context; without a usable one the document gets an id of its own */
    public static ProblemDocument of(
            ErrorCode code,
            String detail,
            List<Violation> violations,
            @Nullable String instance,
            @Nullable String traceParent) {
        return new ProblemDocument(
                TYPES + code.wireName(),
                code.title(),
                code.httpStatus(),
                detail,
                instance,
                code.wireName(),
                violations,
                traceId(traceParent));
    }

    public static ProblemDocument of(ErrorCode code, String detail, @Nullable String instance) {
        return of(code, detail, List.of(), instance, null);
    }

    /** The same, where a server below has decided on the status already. */
    public ProblemDocument withStatus(int decided) {
        return new ProblemDocument(type, title, decided, detail, instance, code, errors, traceId);
    }

    public String toJson() {
        return Json.write(this);
    }

    private static String traceId(@Nullable String traceParent) {
        if (traceParent != null) {
            var matcher = TRACE_PARENT.matcher(traceParent);
            if (matcher.matches()) {
                return matcher.group(1);
            }
        }
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return "%016x%016x".formatted(random.nextLong(), random.nextLong());
    }
}

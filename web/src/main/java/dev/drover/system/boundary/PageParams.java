// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.boundary;

import dev.drover.system.control.Checks;
import dev.drover.system.control.Page;
import dev.drover.system.control.PageRequest;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which page of a list a client asks for, and the answer with that page and the {@code Link} to the next (RFC 8288). */
public class PageParams {

    private static final int MOST = 200;

    @QueryParam("limit")
    @DefaultValue("50")
    @Parameter(
            description = "1 to 200",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "200", defaultValue = "50"))
    private String limit;

    @QueryParam("cursor")
    @Parameter(description = "next_cursor of the page before")
    private @Nullable String cursor;

    @Context
    private UriInfo uri;

    @SuppressWarnings("NullAway.Init") // filled by the container
    public PageParams() {}

    @SuppressWarnings("NullAway.Init") // only an answer needs the address
    PageParams(String limit, @Nullable String cursor) {
        this.limit = limit;
        this.cursor = cursor;
    }

    /** What is asked for; the checks hear what does not fit. */
    public PageRequest request(Checks checks) {
        return new PageRequest(checks.cursor(cursor), checks.number("limit", limit, 1, MOST));
    }

    /**
     * @param id tells an item's cursor
     * @param body makes the answer's body of the documents and the cursor of the next page; that is null on the last one
     */
    public <T, D> Response answer(
            Page<T> page,
            Function<T, Object> id,
            Function<T, D> document,
            BiFunction<List<D>, @Nullable String, ?> body) {
        String next = page.next(id);
        Response.ResponseBuilder answer =
                Response.ok(body.apply(page.items().stream().map(document).toList(), next));
        if (next != null) {
            answer.link(
                    uri.getRequestUriBuilder().replaceQueryParam("cursor", next).build(), "next");
        }
        return answer.build();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.boundary;

import dev.drover.system.control.DroverException;
import dev.drover.system.control.ErrorCode;
import dev.drover.system.control.ProblemDocument;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What the {@code type} of a problem document points to. Open to everyone, since a refused caller may read it. */
@Path("/problems")
@ApplicationScoped
@PermitAll
@Tag(name = "System")
public class ProblemsResource {

    /** A kind of problem. */
    @Schema(
            name = "ProblemType",
            requiredProperties = {"type", "code", "status", "title", "advice"})
    public record ProblemType(
            @Schema(format = "uri-reference", examples = "/api/v1/problems/unknown_task")
            String type,

            @Schema(examples = "unknown_task") String code,
            @Schema(examples = "404") int status,
            @Schema(examples = "No such task") String title,

            @Schema(
                    description = "What the caller can do",
                    examples = "GET /api/v1/tasks lists the tasks of this server.")
            String advice) {

        static ProblemType of(ErrorCode code) {
            return new ProblemType(
                    ProblemDocument.TYPES + code.wireName(),
                    code.wireName(),
                    code.httpStatus(),
                    code.title(),
                    code.advice());
        }
    }

    @GET
    @Path("/{code}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "getProblemType", summary = "What a kind of problem means, and what to do")
    @APIResponse(responseCode = "200", description = "The kind of problem")
    @Extension(name = "x-problems", value = "not_found")
    public ProblemType get(@PathParam("code") @Parameter(example = "unknown_task") String code) {
        return Arrays.stream(ErrorCode.values())
                .filter(known -> known.wireName().equals(code))
                .findFirst()
                .map(ProblemType::of)
                .orElseThrow(() -> new DroverException(ErrorCode.NOT_FOUND, "There is no such kind of problem."));
    }
}

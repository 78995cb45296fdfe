// SPDX-License-Identifier: Apache-2.0
package dev.drover.testing.boundary;

import dev.drover.security.control.Caller;
import dev.drover.security.control.CallerPrincipal;
import dev.drover.system.boundary.PageParams;
import dev.drover.system.control.Checks;
import dev.drover.system.control.PageRequest;
import dev.drover.system.control.RecordIds;
import dev.drover.testing.boundary.ExecutionDocument.ExecutionPage;
import dev.drover.testing.control.Executions;
import dev.drover.testing.entity.Execution;
import dev.drover.testing.entity.ExecutionStatus;
import dev.drover.testing.entity.ExecutionStore;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What came of test cases. */
@Path("/executions")
@ApplicationScoped
@RolesAllowed(Caller.USER)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tests")
public class ExecutionsResource {

    private static final String PROBLEMS = "x-problems";

    private final Executions executions;

    @Inject
    public ExecutionsResource(Executions executions) {
        this.executions = executions;
    }

    @SuppressWarnings("NullAway") // for the container's proxy
    ExecutionsResource() {
        this(null);
    }

    @GET
    @Operation(operationId = "listExecutions", summary = "Executions, newest first")
    @APIResponse(
            responseCode = "200",
            description = "A page of executions",
            content = @Content(schema = @Schema(implementation = ExecutionPage.class)))
    @Extension(name = PROBLEMS, value = "invalid_request")
    public Response list(
            @QueryParam("test_case_id") @Parameter(description = "Of this test case") @Nullable String testCase,
            @QueryParam("status") @Parameter(description = "queued, running, completed, failed or cancelled") @Nullable
                    String status,
            @BeanParam PageParams params,
            @Context HttpServletRequest http) {
        Checks checks = new Checks();
        PageRequest request = params.request(checks);
        ExecutionStore.Filter filter = new ExecutionStore.Filter(
                RecordIds.parameter(checks, "test_case_id", testCase), status(checks, status), request.cursor());
        checks.refuseIfAny();
        return params.answer(
                request.page(executions.list(caller(http), filter, request.rows())),
                Execution::id,
                ExecutionDocument::of,
                ExecutionPage::new);
    }

    private static @Nullable ExecutionStatus status(Checks checks, @Nullable String name) {
        if (name == null || name.isEmpty()) {
            return null;
        }
        ExecutionStatus status = ExecutionStatus.ofWireName(name).orElse(null);
        if (status == null) {
            checks.violated(
                    "",
                    "status: one of "
                            + String.join(
                                    ", ",
                                    Arrays.stream(ExecutionStatus.values())
                                            .map(ExecutionStatus::wireName)
                                            .toList()));
        }
        return status;
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getExecution", summary = "One execution")
    @APIResponse(responseCode = "200", description = "The execution")
    @Extension(name = PROBLEMS, value = "not_found")
    public ExecutionDocument get(
            @PathParam("id") @Parameter(example = RecordIds.EXAMPLE) String id, @Context HttpServletRequest http) {
        return ExecutionDocument.of(executions.find(caller(http), RecordIds.parse(id)));
    }

    @GET
    @Path("/{id}/junit.xml")
    @Produces(MediaType.APPLICATION_XML)
    @Operation(
            operationId = "getExecutionReport",
            summary = "One execution, for a CI server",
            description =
                    "What did not hold is a failure, what could not be done an error; one that has not ended or was"
                            + " cancelled is skipped.")
    @APIResponse(
            responseCode = "200",
            description = "JUnit's XML",
            content = @Content(schema = @Schema(type = SchemaType.STRING)))
    @Extension(name = PROBLEMS, value = "not_found")
    public Response report(
            @PathParam("id") @Parameter(example = RecordIds.EXAMPLE) String id, @Context HttpServletRequest http) {
        return Response.ok(JUnitReport.of(executions.find(caller(http), RecordIds.parse(id))))
                .type(MediaType.APPLICATION_XML_TYPE.withCharset("UTF-8"))
                .build();
    }

    private static Caller caller(HttpServletRequest http) {
        return CallerPrincipal.require(http.getUserPrincipal());
    }
}

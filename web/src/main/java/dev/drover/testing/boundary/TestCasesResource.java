// SPDX-License-Identifier: Apache-2.0
package dev.drover.testing.boundary;

import dev.drover.security.control.Caller;
import dev.drover.security.control.CallerPrincipal;
import dev.drover.system.boundary.PageParams;
import dev.drover.system.control.Checks;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.ErrorCode;
import dev.drover.system.control.Idempotency;
import dev.drover.system.control.PageRequest;
import dev.drover.system.control.RecordIds;
import dev.drover.testing.boundary.ExecutionDocument.ExecutionPage;
import dev.drover.testing.boundary.TestCaseDocument.TestCasePage;
import dev.drover.testing.control.TestCases;
import dev.drover.testing.control.TestOrchestrator;
import dev.drover.testing.entity.Execution;
import dev.drover.testing.entity.TestCase;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What is to be tested. */
@Path("/testcases")
@ApplicationScoped
@RolesAllowed(Caller.USER)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tests")
public class TestCasesResource {

    private static final String PROBLEMS = "x-problems";
    private static final String IF_MATCH =
            "The ETag of the test case as it was read; where it is left out, any will do";

    private final TestCases testCases;
    private final TestOrchestrator orchestrator;

    @Inject
    public TestCasesResource(TestCases testCases, TestOrchestrator orchestrator) {
        this.testCases = testCases;
        this.orchestrator = orchestrator;
    }

    @SuppressWarnings("NullAway") // for the container's proxy
    TestCasesResource() {
        this(null, null);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createTestCase", summary = "Write down a test case")
    @APIResponse(
            responseCode = "201",
            description = "The test case",
            headers = {
                @Header(name = "Location", schema = @Schema(type = SchemaType.STRING)),
                @Header(name = "ETag", schema = @Schema(type = SchemaType.STRING))
            },
            content = @Content(schema = @Schema(implementation = TestCaseDocument.class)))
    @Extension(name = PROBLEMS, value = "invalid_json,invalid_request,body_too_large,unsupported_media_type")
    public Response create(@Nullable TestCaseRequest request, @Context HttpServletRequest http) {
        TestCase testCase = testCases.create(caller(http), required(request).content(), reserved(http));
        return tagged(Response.status(Response.Status.CREATED), testCase)
                .header(HttpHeaders.LOCATION, "/api/v1/testcases/" + testCase.id())
                .build();
    }

    @GET
    @Operation(operationId = "listTestCases", summary = "Test cases, newest first")
    @APIResponse(
            responseCode = "200",
            description = "A page of test cases",
            content = @Content(schema = @Schema(implementation = TestCasePage.class)))
    @Extension(name = PROBLEMS, value = "invalid_request")
    public Response list(@BeanParam PageParams params, @Context HttpServletRequest http) {
        Checks checks = new Checks();
        PageRequest request = params.request(checks);
        checks.refuseIfAny();
        return params.answer(
                request.page(testCases.list(caller(http), request.cursor(), request.rows())),
                TestCase::id,
                TestCaseDocument::of,
                TestCasePage::new);
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getTestCase", summary = "One test case")
    @APIResponse(
            responseCode = "200",
            description = "The test case",
            headers = @Header(name = "ETag", schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = TestCaseDocument.class)))
    @Extension(name = PROBLEMS, value = "not_found")
    public Response get(
            @PathParam("id") @Parameter(example = RecordIds.EXAMPLE) String id, @Context HttpServletRequest http) {
        return tagged(Response.ok(), testCases.find(caller(http), RecordIds.parse(id)))
                .build();
    }

    @PUT
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "replaceTestCase",
            summary = "Write a test case anew",
            description = "Executions that were begun before go on with the steps of then.")
    @APIResponse(
            responseCode = "200",
            description = "The test case as it is now",
            headers = @Header(name = "ETag", schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = TestCaseDocument.class)))
    @Extension(
            name = PROBLEMS,
            value = "not_found,precondition_failed,invalid_json,invalid_request,body_too_large,unsupported_media_type")
    public Response replace(
            @PathParam("id") @Parameter(example = RecordIds.EXAMPLE) String id,
            @HeaderParam("If-Match") @Parameter(description = IF_MATCH) @Nullable String ifMatch,
            @Nullable TestCaseRequest request,
            @Context HttpServletRequest http) {
        TestCase.Content content = required(request).content();
        return tagged(
                        Response.ok(),
                        testCases.replace(caller(http), RecordIds.parse(id), RecordIds.revision(ifMatch), content))
                .build();
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "removeTestCase", summary = "Remove a test case; what came of it stays")
    @APIResponse(responseCode = "204", description = "Removed")
    @Extension(name = PROBLEMS, value = "not_found,precondition_failed")
    public void remove(
            @PathParam("id") @Parameter(example = RecordIds.EXAMPLE) String id,
            @HeaderParam("If-Match") @Parameter(description = IF_MATCH) @Nullable String ifMatch,
            @Context HttpServletRequest http) {
        testCases.remove(caller(http), RecordIds.parse(id), RecordIds.revision(ifMatch));
    }

    @POST
    @Path("/{id}/run")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.WILDCARD})
    @Operation(
            operationId = "runTestCase",
            summary = "Carry a test case out",
            description =
                    "In a browser of the cluster, or on a registered host where host_id, capability or device_id is"
                            + " given. It waits for its turn as a job, whose id is that of the execution.")
    @APIResponse(
            responseCode = "202",
            description = "The execution that waits for its turn",
            headers = @Header(name = "Location", schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = ExecutionPage.class)))
    @Extension(
            name = PROBLEMS,
            value =
                    "not_found,forbidden,host_is_node,invalid_json,invalid_request,invalid_params,body_too_large,too_many_jobs,service_degraded")
    public Response run(
            @PathParam("id") @Parameter(example = RecordIds.EXAMPLE) String id,
            @Nullable RunRequest request,
            @Context HttpServletRequest http) {
        Execution execution = orchestrator.execute(
                caller(http),
                RecordIds.parse(id),
                (request == null ? RunRequest.USUAL : request).target(),
                reserved(http),
                http.getHeader("traceparent"));
        return Response.accepted(new ExecutionPage(List.of(ExecutionDocument.of(execution)), null))
                .header(HttpHeaders.LOCATION, "/api/v1/executions/" + execution.id())
                .build();
    }

    private static TestCaseRequest required(@Nullable TestCaseRequest request) {
        if (request == null) {
            throw new DroverException(ErrorCode.INVALID_JSON, "The body is empty.");
        }
        return request;
    }

    private static Response.ResponseBuilder tagged(Response.ResponseBuilder answer, TestCase testCase) {
        return answer.entity(TestCaseDocument.of(testCase)).tag(Integer.toString(testCase.revision()));
    }

    private static @Nullable UUID reserved(HttpServletRequest http) {
        return (UUID) http.getAttribute(Idempotency.RESERVED_ID);
    }

    private static Caller caller(HttpServletRequest http) {
        return CallerPrincipal.require(http.getUserPrincipal());
    }
}

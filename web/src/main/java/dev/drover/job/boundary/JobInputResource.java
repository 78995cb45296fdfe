// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.boundary;

import dev.drover.job.boundary.HumanDocument.AnswerRequest;
import dev.drover.job.control.CurrentCodes;
import dev.drover.job.control.HumanAnswers;
import dev.drover.job.control.HumanAnswers.Asked;
import dev.drover.security.control.Caller;
import dev.drover.security.control.CallerPrincipal;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.DroverException.Violation;
import dev.drover.system.control.ErrorCode;
import dev.drover.system.control.RecordIds;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What a job asks of a person, and the answer. */
@Path("/jobs/{id}/input")
@ApplicationScoped
@RolesAllowed(Caller.USER)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Jobs")
public class JobInputResource {

    private final HumanAnswers answers;
    private final CurrentCodes codes;

    @Inject
    public JobInputResource(HumanAnswers answers, CurrentCodes codes) {
        this.answers = answers;
        this.codes = codes;
    }

    @SuppressWarnings("NullAway") // for the container's proxy
    JobInputResource() {
        this(null, null);
    }

    @GET
    @Operation(
            operationId = "getJobInput",
            summary = "What a job asks of a person",
            description = "Of a job that is waiting_for_human.")
    @APIResponse(responseCode = "200", description = "The open question")
    @Extension(name = "x-problems", value = "not_found,step_over")
    public HumanDocument get(
            @PathParam("id") @Parameter(example = RecordIds.EXAMPLE) String id, @Context HttpServletRequest http) {
        return document(answers.open(CallerPrincipal.require(http.getUserPrincipal()), RecordIds.parse(id)));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "answerJob",
            summary = "Answer what a job asks",
            description = "The job goes on with it. Too late, or for a job that asks nothing: step_over.")
    @APIResponse(responseCode = "200", description = "The answer was taken")
    @Extension(
            name = "x-problems",
            value = "not_found,step_over,invalid_json,invalid_request,body_too_large,unsupported_media_type")
    public HumanDocument answer(
            @PathParam("id") @Parameter(example = RecordIds.EXAMPLE) String id,
            @Nullable AnswerRequest request,
            @Context HttpServletRequest http) {
        Caller caller = CallerPrincipal.require(http.getUserPrincipal());
        if (request == null) {
            throw new DroverException(ErrorCode.INVALID_JSON, "The body is empty.");
        }
        return document(answers.answer(caller, RecordIds.parse(id), step(request.stepId()), request.answer()));
    }

    private static @Nullable UUID step(@Nullable String id) {
        try {
            return id == null ? null : UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw new DroverException(
                    ErrorCode.INVALID_REQUEST,
                    "The request does not fit.",
                    List.of(new Violation("/step_id", "the step_id of the question")));
        }
    }

    private HumanDocument document(Asked asked) {
        Instant now = Instant.now();
        return HumanDocument.of(
                asked, now, answers.link(asked), codes.of(asked.job().id(), now).orElse(null));
    }
}

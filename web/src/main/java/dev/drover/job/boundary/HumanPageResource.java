// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.boundary;

import dev.drover.job.boundary.HumanDocument.AnswerRequest;
import dev.drover.job.control.CurrentCodes;
import dev.drover.job.control.HumanAnswers;
import dev.drover.job.control.HumanAnswers.Asked;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.ErrorCode;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What stands behind the page of a link: it shows one question and takes its answer. The link is all that is needed. */
@Path("/human/{token}")
@ApplicationScoped
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "People")
public class HumanPageResource {

    private static final String EXAMPLE = "AZgMjn86fMG0pSxbjR8OagAAAABpfZuA";

    private final HumanAnswers answers;
    private final CurrentCodes codes;

    @Inject
    public HumanPageResource(HumanAnswers answers, CurrentCodes codes) {
        this.answers = answers;
        this.codes = codes;
    }

    @SuppressWarnings("NullAway") // for the container's proxy
    HumanPageResource() {
        this(null, null);
    }

    @GET
    @Operation(operationId = "getQuestion", summary = "The question behind a link, with the code to scan as it is now")
    @APIResponse(responseCode = "200", description = "The question, also when it is answered")
    @Extension(name = "x-problems", value = "not_found")
    public HumanDocument get(@PathParam("token") @Parameter(example = EXAMPLE) String token) {
        return document(answers.ofLink(token));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "answerQuestion", summary = "Answer the question behind a link")
    @APIResponse(responseCode = "200", description = "The answer was taken")
    @Extension(
            name = "x-problems",
            value = "not_found,step_over,invalid_json,invalid_request,body_too_large,unsupported_media_type")
    public HumanDocument answer(
            @PathParam("token") @Parameter(example = EXAMPLE) String token, @Nullable AnswerRequest request) {
        if (request == null) {
            throw new DroverException(ErrorCode.INVALID_JSON, "The body is empty.");
        }
        return document(answers.answerByLink(token, request.answer()));
    }

    private HumanDocument document(Asked asked) {
        Instant now = Instant.now();
        return HumanDocument.of(
                asked, now, null, codes.of(asked.job().id(), now).orElse(null));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.boundary;

import dev.drover.event.control.EventHub;
import dev.drover.job.boundary.HumanDocument.AnswerRequest;
import dev.drover.job.control.CurrentCodes;
import dev.drover.job.control.HumanAnswers;
import dev.drover.job.control.HumanAnswers.Asked;
import dev.drover.job.entity.Job;
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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
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
    private final EventHub hub;

    @Inject
    public HumanPageResource(HumanAnswers answers, CurrentCodes codes, EventHub hub) {
        this.answers = answers;
        this.codes = codes;
        this.hub = hub;
    }

    @SuppressWarnings("NullAway") // for the container's proxy
    HumanPageResource() {
        this(null, null, null);
    }

    @GET
    @Operation(
            operationId = "getQuestion",
            summary = "The question behind a link, with the code to scan as it is now",
            description =
                    "With Accept: text/event-stream, a stream until the job ends: qr_code_update with each new code,"
                            + " changed when something else of the job did.")
    @APIResponse(
            responseCode = "200",
            description = "The question, also when it is answered; or a stream",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = HumanDocument.class)),
                @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(type = SchemaType.STRING))
            })
    @Extension(name = "x-problems", value = "not_found")
    public HumanDocument get(@PathParam("token") @Parameter(example = EXAMPLE) String token) {
        return document(answers.ofLink(token));
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(hidden = true)
    public void follow(@PathParam("token") String token, @Context SseEventSink stream, @Context Sse sse) {
        Job job = answers.ofLink(token).job();
        LinkSink sink = new LinkSink(stream, sse);
        if (job.status().isTerminal()) {
            sink.end();
        } else {
            hub.follow(job.id(), job.lastSeq(), sink);
        }
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

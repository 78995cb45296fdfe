// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.boundary;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.job.control.HumanAnswers.Asked;
import dev.drover.system.control.RecordIds;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A question of a job to a person, as API clients and the page behind its link read it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "HumanStep",
        requiredProperties = {
            "step_id",
            "job_id",
            "task",
            "kind",
            "prompt",
            "choices",
            "asked_at",
            "deadline",
            "state",
            "is_open",
            "job_status",
            "progress"
        })
public record HumanDocument(
        @Schema(format = "uuid") String stepId,

        @Schema(format = "uuid", examples = RecordIds.EXAMPLE)
        String jobId,

        @Schema(examples = "booking") String task,

        @Schema(enumeration = {"qr_login", "confirm", "text", "choose", "take_over"})
        String kind,

        @Schema(examples = "Scan the code with the BankID app.")
        String prompt,

        @Schema(description = "What may be chosen; empty for other kinds")
        List<String> choices,

        Instant askedAt,

        @Schema(description = "Until when an answer is taken")
        Instant deadline,

        @Schema(
                enumeration = {"open", "answered", "went_on", "expired"},
                description = "went_on: the site did, without an answer")
        String state,

        @Schema(description = "Whether an answer would be taken now")
        boolean isOpen,

        @Schema(description = "The status of the job", examples = "waiting_for_human")
        String jobStatus,

        @Schema(description = "The task's own word for where it is") @Nullable
        String stage,

        @Schema(minimum = "0", maximum = "100", description = "Percent")
        double progress,

        @Schema(
                description = "Of the page that needs no account; not there itself",
                examples = "/human/AZgMjn86fMG0pSxb")
        @Nullable
        String url,

        @JsonRawValue
        @Schema(
                type = SchemaType.OBJECT,
                implementation = Object.class,
                description = "The code to scan, as in the latest qr_code_update, unless it has expired")
        @Nullable
        String qrCode) {

    /** An answer to a question. */
    @Schema(name = "HumanAnswer", requiredProperties = "answer", examples = "{\"answer\": true}")
    public record AnswerRequest(
            @Schema(
                    implementation = Object.class,
                    description =
                            "confirm: true or false; text: a text; choose: one of choices; qr_login: false, to give"
                                    + " up; take_over: true to hand the page back, false to give up",
                    examples = "true")
            @Nullable
            JsonNode answer,

            @Schema(format = "uuid", description = "The question that is meant; the open one where nothing is said")
            @Nullable
            String stepId) {}

    static HumanDocument of(Asked asked, Instant now, @Nullable String url, @Nullable String qrCode) {
        boolean open = asked.isOpen(now);
        return new HumanDocument(
                asked.step().id().toString(),
                asked.job().id().toString(),
                asked.job().task(),
                asked.step().kind(),
                asked.step().prompt(),
                asked.choices(),
                asked.step().askedAt(),
                asked.step().deadline(),
                asked.step().state().wireName(),
                open,
                asked.job().status().wireName(),
                asked.job().stage(),
                asked.job().progress(),
                url,
                open ? qrCode : null);
    }
}

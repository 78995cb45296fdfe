// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.browser.control.live.LivePage;
import dev.drover.job.entity.HumanStep;
import dev.drover.job.entity.HumanStepQueries;
import dev.drover.job.entity.HumanStepState;
import dev.drover.job.entity.Job;
import dev.drover.job.entity.JobQueries;
import dev.drover.job.entity.JobStatus;
import dev.drover.job.entity.JobWrite;
import dev.drover.security.control.Caller;
import dev.drover.security.entity.Scope;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.DroverException.Violation;
import dev.drover.system.control.ErrorCode;
import dev.drover.system.control.Json;
import dev.drover.task.control.HumanRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What people do with the questions of jobs: look at them and answer, as users or by a link. */
@ApplicationScoped
public class HumanAnswers {

    private static final String BY_LINK = "link";

    private JobQueries jobs;
    private HumanStepQueries steps;
    private HumanLinks links;
    private HumanDesk desk;
    private JobLedger ledger;
    private Clock clock;

    /** A question with its job as both stand now. */
    public record Asked(HumanStep step, Job job) {

        /** Whether an answer would still be taken. */
        public boolean isOpen(java.time.Instant now) {
            return step.state() == HumanStepState.OPEN
                    && step.deadline().isAfter(now)
                    && job.status() == JobStatus.WAITING_FOR_HUMAN
                    && job.attempt() == step.attempt();
        }

        public List<String> choices() {
            List<String> choices = new ArrayList<>();
            Json.read(step.choices()).forEach(choice -> choices.add(choice.asText()));
            return choices;
        }
    }

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected HumanAnswers() {}

    @Inject
    public HumanAnswers(
            JobQueries jobs, HumanStepQueries steps, HumanLinks links, HumanDesk desk, JobLedger ledger, Clock clock) {
        this.jobs = jobs;
        this.steps = steps;
        this.links = links;
        this.desk = desk;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * What a job asks now.
     *
     * @throws DroverException when the caller has no such job, or it waits for nobody
     */
    public Asked open(Caller caller, UUID jobId) {
        Job job = jobs.find(caller.scope(), jobId)
                .orElseThrow(
                        () -> new DroverException(ErrorCode.NOT_FOUND, "There is no such job, or it is not yours."));
        return steps.latest(jobId)
                .map(step -> new Asked(step, job))
                .filter(asked -> asked.isOpen(clock.instant()))
                .orElseThrow(() -> new DroverException(
                        ErrorCode.STEP_OVER,
                        "The job waits for nobody: it is " + job.status().wireName() + "."));
    }

    /** Where the question can be answered without an account. */
    public String link(Asked asked) {
        return links.address(asked.step());
    }

    /**
     * Answers a job's question.
     *
     * @param step the question that the answer is meant for; null for the one that is open
     * @throws DroverException when it does not fit, or comes too late
     */
    public Asked answer(Caller caller, UUID jobId, @Nullable UUID step, @Nullable JsonNode answer) {
        Asked asked = open(caller, jobId);
        if (step != null && !step.equals(asked.step().id())) {
            throw new DroverException(ErrorCode.STEP_OVER, "The job asks something else by now.");
        }
        return answer(asked, answer, caller.owner().user());
    }

    /**
     * The question behind a link, also once it is answered.
     *
     * @throws DroverException when the link is not one of this server's or has expired
     */
    public Asked ofLink(String token) {
        return links.stepOf(token)
                .flatMap(steps::find)
                .flatMap(this::withJob)
                .orElseThrow(() -> new DroverException(
                        ErrorCode.NOT_FOUND, "This link is not a link of this server, or too old."));
    }

    private Optional<Asked> withJob(HumanStep step) {
        return jobs.find(Scope.EVERYTHING, step.jobId()).map(job -> new Asked(step, job));
    }

    /**
     * The page that whoever has the link may use to answer; nothing when the question is none of that kind, or not open.
     *
     * @throws DroverException as {@link #ofLink}
     */
    public Optional<LivePage> pageOf(String token) {
        return desk.page(ofLink(token).step().id());
    }

    /**
     * The node on which the question of a link is open, where it is not this one.
     *
     * @throws DroverException as {@link #ofLink}
     */
    public Optional<String> otherNodeOf(String token) {
        Asked asked = ofLink(token);
        return asked.isOpen(clock.instant()) && !desk.isOpen(asked.step().id())
                ? Optional.ofNullable(asked.job().node())
                : Optional.empty();
    }

    public Asked answerByLink(String token, @Nullable JsonNode answer) {
        return answer(ofLink(token), answer, BY_LINK);
    }

    private Asked answer(Asked asked, @Nullable JsonNode answer, String by) {
        Optional<String> objection = answer == null
                ? Optional.of("is required")
                : HumanRequest.objection(
                        HumanRequest.Kind.ofWireName(asked.step().kind()), asked.choices(), answer);
        if (answer == null || objection.isPresent()) {
            throw new DroverException(
                    ErrorCode.INVALID_REQUEST,
                    "The answer does not fit the question.",
                    List.of(new Violation("/answer", objection.orElse("is required"))));
        }
        String json = answer.toString();
        UUID id = asked.step().id();
        if (!ledger.writeAndWait(new JobWrite.Answer(id, json, by, clock.instant()))) {
            throw new DroverException(ErrorCode.STEP_OVER, "The question was answered already, or is too old.");
        }
        desk.answered(id, json);
        return steps.find(id).flatMap(this::withJob).orElse(asked);
    }
}

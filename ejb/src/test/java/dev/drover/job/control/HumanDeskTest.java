// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.drover.event.entity.EventType;
import dev.drover.job.entity.HumanStep;
import dev.drover.job.entity.HumanStepState;
import dev.drover.job.entity.JobStatus;
import dev.drover.job.entity.Lane;
import dev.drover.system.control.Json;
import dev.drover.task.control.HumanAnswer;
import dev.drover.task.control.HumanRequest;
import dev.drover.task.control.TaskContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How an attempt asks a person and goes on. */
@Timeout(30)
class HumanDeskTest {

    private static final Duration LONG = Duration.ofSeconds(50);

    @Test
    void anAnswerReachesTheTaskAndTheJobGoesOn() throws Exception {
        JobRoom room = new JobRoom(context -> answer(context, HumanRequest.choose("Which?", List.of("a", "b"), LONG)));
        CompletableFuture<Void> run = room.runBeside(Lane.PLAIN, 1, 3);
        HumanStep step = room.ledger.asked();
        assertThat(step.kind()).isEqualTo("choose");
        assertThat(step.choices()).isEqualTo("[\"a\",\"b\"]");
        assertThat(room.desk.size()).isEqualTo(1);

        room.desk.answered(step.id(), "\"b\"");
        run.get(10, TimeUnit.SECONDS);

        assertThat(room.ledger.wentOn().state()).isEqualTo(HumanStepState.ANSWERED);
        assertThat(room.ledger.settled().result()).isEqualTo("\"given b\"");
        assertThat(room.desk.size()).isZero();
    }

    @Test
    void theQuestionIsAnEventWithAllThatIsNeededToAnswer() throws Exception {
        JobRoom room = new JobRoom(context -> {
            context.progress("asking", 40, "Asking");
            return answer(context, HumanRequest.confirm("Go on?", LONG));
        });
        CompletableFuture<Void> run = room.runBeside(Lane.PLAIN, 1, 3);
        HumanStep step = room.ledger.asked();
        room.desk.answered(step.id(), "true");
        run.get(10, TimeUnit.SECONDS);

        JsonNode data = Json.read(room.ledger.notice(EventType.HUMAN_REQUIRED).data());

        assertThat(data.path("status").asText()).isEqualTo("asking");
        assertThat(data.path("job_status").asText()).isEqualTo("waiting_for_human");
        assertThat(data.path("kind").asText()).isEqualTo("confirm");
        assertThat(data.path("prompt").asText()).isEqualTo("Go on?");
        assertThat(data.path("url").asText()).isEqualTo("/human/" + step.id());
        assertThat(Instant.parse(data.path("deadline").asText())).isEqualTo(step.deadline());
        assertThat(data.path("progress").asDouble()).isEqualTo(40);
    }

    @Test
    void pastTheDeadlineTheTaskDecides() throws Exception {
        JobRoom room = new JobRoom(context -> answer(context, HumanRequest.text("Name?", Duration.ofMillis(300))));

        room.run(Lane.PLAIN, 1, 3);

        assertThat(room.ledger.wentOn().state()).isEqualTo(HumanStepState.EXPIRED);
        assertThat(room.ledger.settled().result()).isEqualTo("\"too late\"");
    }

    @Test
    void theSiteMayGoOnByItself() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        JobRoom room = new JobRoom(
                context -> said(context.human(HumanRequest.qrLogin("Scan.", LONG), () -> looks.incrementAndGet() > 2)));

        room.run(Lane.PLAIN, 1, 3);

        assertThat(room.ledger.wentOn().state()).isEqualTo(HumanStepState.WENT_ON);
        assertThat(room.ledger.settled().result()).isEqualTo("\"went on\"");
    }

    @Test
    void aJobThatWaitsIsCancelledAtOnce() throws Exception {
        JobRoom room = new JobRoom(context -> answer(context, HumanRequest.confirm("Go on?", LONG)));
        CompletableFuture<Void> run = room.runBeside(Lane.PLAIN, 1, 3);
        room.ledger.asked();

        room.running.cancel(room.jobId(), false);
        run.get(5, TimeUnit.SECONDS);

        assertThat(room.ledger.settled().status()).isEqualTo(JobStatus.CANCELLED);
    }

    /** As many wait as may, so that some are left to work. */
    @Test
    void oneTooManyComesAgainLaterAtNoCost() throws Exception {
        JobRoom room = new JobRoom(context -> answer(context, HumanRequest.confirm("Go on?", LONG)));
        int most = room.settings.plainConcurrency() - 1;
        List<CompletableFuture<Void>> waiting = IntStream.range(0, most)
                .mapToObj(i -> CompletableFuture.runAsync(() -> room.run(Lane.PLAIN, 1, 3), task -> Thread.ofVirtual()
                        .start(task)))
                .toList();
        Awaitility.await().until(() -> room.desk.size() == most);
        assertThat(room.desk.isFull(Lane.PLAIN)).isTrue();
        assertThat(room.desk.isFull(Lane.BROWSER)).isFalse();

        room.run(Lane.PLAIN, 3, 3);

        assertThat(room.ledger.parked().error().code()).isEqualTo("no_place_to_wait");
        assertThat(room.dispatched).hasSize(1);
        room.ledger.questions().forEach(step -> room.desk.answered(step.id(), "true"));
        CompletableFuture.allOf(waiting.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);
    }

    @Test
    void onlyAnAnswerOfTheKindFits() {
        assertThat(HumanRequest.objection(HumanRequest.Kind.CONFIRM, List.of(), BooleanNode.TRUE))
                .isEmpty();
        assertThat(HumanRequest.objection(HumanRequest.Kind.CONFIRM, List.of(), TextNode.valueOf("yes")))
                .isPresent();
        assertThat(HumanRequest.objection(HumanRequest.Kind.CHOOSE, List.of("a"), TextNode.valueOf("b")))
                .isPresent();
        assertThat(HumanRequest.objection(HumanRequest.Kind.CHOOSE, List.of("a"), TextNode.valueOf("a")))
                .isEmpty();
        assertThat(HumanRequest.objection(HumanRequest.Kind.TEXT, List.of(), TextNode.valueOf(" ")))
                .isPresent();
        assertThat(HumanRequest.objection(HumanRequest.Kind.QR_LOGIN, List.of(), BooleanNode.FALSE))
                .isEmpty();
        assertThat(HumanRequest.objection(HumanRequest.Kind.QR_LOGIN, List.of(), BooleanNode.TRUE))
                .isPresent();
    }

    private static JsonNode answer(TaskContext context, HumanRequest request) throws InterruptedException {
        return said(context.human(request));
    }

    private static JsonNode said(HumanAnswer answer) {
        return TextNode.valueOf(
                switch (answer) {
                    case HumanAnswer.Given given -> "given " + given.value().asText();
                    case HumanAnswer.WentOn wentOn -> "went on";
                    case HumanAnswer.TooLate tooLate -> "too late";
                });
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.webhook.control.MailRoom.Row;
import dev.drover.webhook.control.Post.Answered;
import dev.drover.webhook.control.Post.Letter;
import dev.drover.webhook.control.Post.Unanswered;
import dev.drover.webhook.entity.DeliveryAttempt;
import dev.drover.webhook.entity.DeliveryStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CourierTest {

    private static final String STATUS = "status_update";

    private final MailRoom room = new MailRoom();
    private final UUID job = UUID.fromString("01980c8e-7f3a-7cc1-b4a5-2c5b8d1f0e6a");

    @Test
    void theEventsOfAJobGoInTheirOrder() {
        Row third = room.event(job, 3, STATUS);
        room.event(job, 1, STATUS);
        room.event(job, 2, STATUS);

        room.courier.work(third.stream());

        assertThat(room.post.bodies()).containsExactly("{\"seq\":1}", "{\"seq\":2}", "{\"seq\":3}");
        assertThat(room.ended)
                .containsExactly(DeliveryStatus.DELIVERED, DeliveryStatus.DELIVERED, DeliveryStatus.DELIVERED);
    }

    @Test
    void whatFailsHoldsUpWhatIsBehindItUntilItIsTaken() {
        Row first = room.event(job, 1, STATUS);
        room.event(job, 2, STATUS);
        room.post.answer(500);

        room.courier.work(first.stream());
        room.courier.work(first.stream());
        assertThat(room.post.bodies()).as("it is not due yet").containsExactly("{\"seq\":1}");
        assertThat(first.nextAt()).isBetween(after(Duration.ofSeconds(5)), after(Duration.ofSeconds(6)));
        room.clock.step(Duration.ofSeconds(6));
        room.courier.work(first.stream());

        assertThat(room.post.bodies()).containsExactly("{\"seq\":1}", "{\"seq\":1}", "{\"seq\":2}");
        assertThat(room.rows.attempts).extracting(DeliveryAttempt::answerStatus).containsExactly(500, 200, 200);
    }

    @Test
    void aReceiverWhoseBreakerIsOpenIsLeftAloneAndNoAttemptCounts() {
        Row row = room.event(job, 1, STATUS);
        room.leftAloneUntil = after(Duration.ofSeconds(30));

        room.courier.work(row.stream());

        assertThat(room.post.bodies()).isEmpty();
        assertThat(row.attempts).isZero();
        assertThat(row.nextAt()).isEqualTo(after(Duration.ofSeconds(30)));
    }

    @Test
    void theBreakerHearsHowEachAttemptWent() {
        Row row = room.event(job, 1, STATUS);
        room.post.answer(503);

        room.courier.work(row.stream());
        room.clock.step(Duration.ofMinutes(1));
        room.courier.work(row.stream());

        assertThat(room.visits).containsExactly("shop.example.com HTTP_STATUS http_503", "shop.example.com well");
    }

    @Test
    void everyAttemptHasTheSameIdAndATimeAndSignatureOfItsOwn() {
        Row row = room.event(job, 1, STATUS);
        room.post.answer(503);

        room.courier.work(row.stream());
        room.clock.step(Duration.ofSeconds(6));
        room.courier.work(row.stream());

        List<Letter> letters = room.post.letters;
        assertThat(letters).hasSize(2).allSatisfy(letter -> {
            String time = letter.headers().get("webhook-timestamp");
            assertThat(letter.headers()).containsEntry("webhook-id", row.id().toString());
            assertThat(letter.headers())
                    .containsEntry(
                            "webhook-signature",
                            Signature.header(
                                    List.of(MailRoom.SECRET),
                                    row.id().toString(),
                                    Instant.ofEpochSecond(Long.parseLong(String.valueOf(time))),
                                    letter.body()));
            assertThat(letter.headers().get("traceparent"))
                    .matches("00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-01");
        });
        assertThat(letters.get(0).headers().get("webhook-timestamp"))
                .isNotEqualTo(letters.get(1).headers().get("webhook-timestamp"));
    }

    @Test
    void afterItsLastAttemptADeliveryMakesWayForTheNext() {
        Row first = room.event(job, 1, STATUS);
        room.event(job, 2, STATUS);
        room.post.answer(500, 500, 500);

        for (int i = 0; i < 3; i++) {
            room.courier.work(first.stream());
            room.clock.step(Duration.ofMinutes(10));
        }

        assertThat(first.status()).isEqualTo(DeliveryStatus.FAILED);
        assertThat(first.error).isEqualTo("http_status");
        assertThat(room.post.bodies()).endsWith("{\"seq\":1}", "{\"seq\":2}").hasSize(4);
    }

    @Test
    void whatCanNeverBeSentFailsAtOnce() {
        Row row = room.event(job, 1, STATUS);
        room.post.next.add(new Unanswered("refused_address", "Not there.", true));

        room.courier.work(row.stream());

        assertThat(row.status()).isEqualTo(DeliveryStatus.FAILED);
        assertThat(row.error).isEqualTo("refused_address");
    }

    @Test
    void aReceiverThatIsGoneIsJudgedSo() {
        Row row = room.event(job, 1, STATUS);
        room.post.answer(410);

        room.courier.work(row.stream());

        assertThat(row.status()).isEqualTo(DeliveryStatus.DISCARDED);
        assertThat(room.judged).singleElement().satisfies(verdict -> assertThat(verdict.isGone())
                .isTrue());
    }

    @Test
    void aRedirectIsAFailureAndIsTriedAgain() {
        Row row = room.event(job, 1, STATUS);
        room.post.answer(302);

        room.courier.work(row.stream());

        assertThat(row.status()).isEqualTo(DeliveryStatus.PENDING);
        assertThat(row.error).isEqualTo("redirect");
    }

    @Test
    void aReceiverThatWantsToBeLeftAloneIsLeftAloneByAllStreams() {
        Row row = room.event(job, 1, STATUS);
        Row other = room.event(UUID.randomUUID(), 1, STATUS);
        room.post.next.add(new Answered(429, "", Duration.ofMinutes(2)));

        room.courier.work(row.stream());
        room.courier.work(other.stream());

        assertThat(room.post.letters).hasSize(1);
        assertThat(row.nextAt()).isEqualTo(after(Duration.ofMinutes(2)));
        assertThat(other.nextAt()).isEqualTo(after(Duration.ofMinutes(2)));
        assertThat(other.attempts()).as("that was no attempt").isZero();
    }

    @Test
    void whoIsTurnedAwayFromABusyReceiverIsCalledWhenThereIsRoom() {
        Row first = room.event(job, 1, STATUS);
        Row second = room.event(UUID.randomUUID(), 1, STATUS);
        room.post.meanwhile = () -> {
            room.post.meanwhile = () -> {};
            room.courier.work(second.stream());
            assertThat(room.post.letters).as("the receiver is not known yet").hasSize(1);
        };

        room.courier.work(first.stream());

        assertThat(room.dispatched).containsExactly(second.stream());
    }

    @Test
    void aCodeThatANewerOneFollowsIsNotSent() {
        Row old = room.event(job, 1, "qr_code_update");
        room.event(job, 2, STATUS);
        room.event(job, 3, "qr_code_update");

        room.courier.work(old.stream());

        assertThat(old.status()).isEqualTo(DeliveryStatus.SUPERSEDED);
        assertThat(room.post.bodies()).containsExactly("{\"seq\":2}", "{\"seq\":3}");
    }

    @Test
    void whatNobodyIsThereForIsDiscarded() {
        Row row = room.event(job, 1, STATUS);
        room.elsewhere = new Targets.Nobody("endpoint_disabled");

        room.courier.work(row.stream());

        assertThat(row.status()).isEqualTo(DeliveryStatus.DISCARDED);
        assertThat(room.post.letters).isEmpty();
    }

    @Test
    void anAttemptThatWasTakenOverChangesNothing() {
        Row row = room.event(job, 1, STATUS);
        room.post.meanwhile = () -> row.attempts++;

        room.courier.work(row.stream());

        assertThat(row.status()).isEqualTo(DeliveryStatus.PENDING);
        assertThat(room.rows.attempts).isEmpty();
        assertThat(room.judged).isEmpty();
    }

    @Test
    void afterAWhileAStreamMakesWayForOthers() {
        Row first = room.event(job, 1, STATUS);
        for (int seq = 2; seq <= 30; seq++) {
            room.event(job, seq, STATUS);
        }

        room.courier.work(first.stream());

        assertThat(room.post.letters).hasSize(20);
        assertThat(room.dispatched).containsExactly(first.stream());
    }

    private Instant after(Duration duration) {
        return room.clock.instant().plus(duration);
    }
}

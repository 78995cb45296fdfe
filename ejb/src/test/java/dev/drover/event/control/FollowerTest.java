// SPDX-License-Identifier: Apache-2.0
package dev.drover.event.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.event.entity.EventType;
import dev.drover.security.entity.Owner;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** A follower of one job between what lies in the database and what comes. */
class FollowerTest {

    private static final UUID JOB = UUID.fromString("01980c8e-7f3a-7cc1-b4a5-2c5b8d1f0e6a");

    private static final Instant SOON = Instant.parse("2999-01-01T00:00:00Z");
    private static final Instant PAST = Instant.EPOCH;

    private final List<Integer> sent = new ArrayList<>();
    private boolean ended;
    private final Queue<Runnable> reads = new ArrayDeque<>();
    private final List<EventFrame> inDatabase = new ArrayList<>();

    private final EventSink sink = new EventSink() {
        @Override
        public void send(EventFrame frame, Done done) {
            sent.add(frame.seq());
            done.completed(true);
        }

        @Override
        public void end() {
            ended = true;
        }
    };

    private final Subscriber.Replay replay = new Subscriber.Replay() {
        @Override
        public List<EventFrame> after(int seq) {
            return inDatabase.stream().filter(frame -> frame.seq() > seq).toList();
        }

        @Override
        public Executor executor() {
            return reads::add;
        }
    };

    /** A follower is in the hub before it begins to read: else an event between the two would be lost. */
    @Test
    void aLiveEventDoesNotOvertakeTheReplay() {
        inDatabase.addAll(List.of(frame(1), frame(2), frame(3)));
        Subscriber follower = new Subscriber(sink, replay, 0);

        follower.offer(frame(3));
        follower.offer(frame(4));
        assertThat(sent).isEmpty();
        follower.catchUp();
        runReads();

        assertThat(sent).containsExactly(1, 2, 3, 4);
    }

    @Test
    void aFollowerThatComesBackGetsWhatItHasNotSeen() {
        inDatabase.addAll(List.of(frame(1), frame(2), frame(3)));
        Subscriber follower = new Subscriber(sink, replay, 2);

        follower.catchUp();
        runReads();
        follower.offer(frame(2));
        follower.offer(frame(4));

        assertThat(sent).containsExactly(3, 4);
    }

    @Test
    void theEndOfAJobEndsItsFollower() {
        inDatabase.addAll(List.of(frame(1), end(2)));
        Subscriber follower = new Subscriber(sink, replay, 0);

        follower.catchUp();
        runReads();

        assertThat(sent).containsExactly(1, 2);
        assertThat(ended).isTrue();
    }

    @Test
    void anEndThatAReplayOfTheJobFollowsIsNotTheEnd() {
        inDatabase.addAll(List.of(frame(1), end(2), frame(3)));
        Subscriber follower = new Subscriber(sink, replay, 0);

        follower.catchUp();
        runReads();
        assertThat(ended).isFalse();
        follower.offer(end(4));

        assertThat(sent).containsExactly(1, 2, 3, 4);
        assertThat(ended).isTrue();
    }

    @Test
    void anEndThatFillsAPageIsTheEndWhenNothingFollows() {
        for (int seq = 1; seq < Subscriber.REPLAY_PAGE; seq++) {
            inDatabase.add(frame(seq));
        }
        inDatabase.add(end(Subscriber.REPLAY_PAGE));
        Subscriber follower = new Subscriber(sink, replay, 0);

        follower.catchUp();
        runReads();

        assertThat(sent).hasSize(Subscriber.REPLAY_PAGE);
        assertThat(ended).isTrue();
    }

    /** A code is of use for seconds: of all that lie in the database at most the last is worth a look. */
    @Test
    void oneWhoComesLateGetsTheCurrentCodeAloneAndNoneThatExpired() {
        inDatabase.addAll(List.of(frame(1), code(2, SOON), code(3, SOON), frame(4), code(5, SOON)));
        Subscriber late = new Subscriber(sink, replay, 0);
        late.catchUp();
        runReads();
        assertThat(sent).containsExactly(1, 4, 5);

        sent.clear();
        inDatabase.add(code(6, PAST));
        Subscriber later = new Subscriber(sink, replay, 0);
        later.catchUp();
        runReads();
        later.offer(frame(7));

        assertThat(sent).containsExactly(1, 4, 7);
    }

    @Test
    void aPageOfOldCodesIsReadOnce() {
        for (int seq = 1; seq <= Subscriber.REPLAY_PAGE; seq++) {
            inDatabase.add(code(seq, PAST));
        }
        inDatabase.add(end(Subscriber.REPLAY_PAGE + 1));
        Subscriber follower = new Subscriber(sink, replay, 0);

        follower.catchUp();
        runReads();

        assertThat(sent).containsExactly(Subscriber.REPLAY_PAGE + 1);
        assertThat(ended).isTrue();
    }

    @Test
    void aSlowReaderGetsOnlyTheLatestCode() {
        List<EventSink.Done> inFlight = new ArrayList<>();
        Subscriber slow = new Subscriber(
                new EventSink() {
                    @Override
                    public void send(EventFrame frame, Done done) {
                        sent.add(frame.seq());
                        inFlight.add(done);
                    }

                    @Override
                    public void end() {}
                },
                replay,
                0);
        slow.catchUp();
        runReads();

        List.of(frame(1), code(2, SOON), code(3, SOON), code(4, PAST), frame(5), code(6, SOON))
                .forEach(slow::offer);
        while (!inFlight.isEmpty()) {
            inFlight.removeFirst().completed(true);
        }

        assertThat(sent).containsExactly(1, 5, 6);
    }

    /** An exception of one reader's connection ended the thread that deals events out to all readers of a node. */
    @Test
    void aReaderWhoseConnectionThrowsIsLetGoAndDisturbsNobody() {
        boolean[] closed = {false};
        Subscriber broken = new Subscriber(
                new EventSink() {
                    @Override
                    public void send(EventFrame frame, Done done) {
                        throw new IllegalArgumentException("not this one");
                    }

                    @Override
                    public void end() {}
                },
                replay,
                0);
        broken.onClose(() -> closed[0] = true);
        broken.catchUp();
        runReads();

        broken.offer(frame(1));

        assertThat(closed[0]).isTrue();
    }

    private static EventFrame code(int seq, Instant expiresAt) {
        return new EventFrame(
                JOB,
                seq,
                EventType.QR_CODE_UPDATE,
                new Owner("default", "alice"),
                "booking",
                Map.of(),
                "{\"seq\":" + seq + "}",
                expiresAt);
    }

    private void runReads() {
        while (!reads.isEmpty()) {
            reads.remove().run();
        }
    }

    private static EventFrame frame(int seq) {
        return frame(seq, EventType.LOG);
    }

    private static EventFrame end(int seq) {
        return frame(seq, EventType.JOB_COMPLETED);
    }

    private static EventFrame frame(int seq, EventType type) {
        return new EventFrame(
                JOB, seq, type, new Owner("default", "alice"), "screenshot", Map.of(), "{\"seq\":" + seq + "}");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.host.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.host.control.HostClient.Answer;
import dev.drover.host.entity.Host;
import dev.drover.host.entity.HostKind;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.ErrorCode;
import dev.drover.system.control.ManualClock;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HostDispatcherTest {

    private final Machines machines = new Machines();
    private final ManualClock clock = new ManualClock();
    private final HostDispatcher dispatcher = new HostDispatcher(machines, clock);

    /** Answers in the place of machines. */
    private static final class Machines extends HostClient {

        private final Map<String, IOException> broken = new HashMap<>();
        private final Map<String, Integer> statuses = new HashMap<>();
        private final Map<String, Runnable> during = new HashMap<>();
        private final List<String> asked = new ArrayList<>();

        @Override
        Answer post(String url, String path, String json) throws IOException {
            asked.add(url);
            during.getOrDefault(url, () -> {}).run();
            IOException problem = broken.get(url);
            if (problem != null) {
                throw problem;
            }
            return new Answer(statuses.getOrDefault(url, 200), "application/json", url);
        }
    }

    private static Host host(String name) {
        return new Host(
                name,
                HostKind.FOREIGN,
                new Host.Facts(name, "available", "[]", "[]", "[]", "", null, 0, 0, null),
                Instant.EPOCH);
    }

    private final List<Host> hosts = List.of(host("a"), host("b"), host("c"));

    private String any() {
        return dispatcher.askAny(hosts, "/do", "{}").answer().body();
    }

    @Test
    void equalsAreAskedInTurn() {
        assertThat(List.of(any(), any(), any(), any())).containsExactly("a", "b", "c", "a");
    }

    @Test
    void theOneOfWhichTheLeastIsWantedIsAsked() {
        List<String> meanwhile = new ArrayList<>();
        machines.during.put("a", () -> {
            machines.during.remove("a");
            for (int i = 0; i < 6; i++) {
                meanwhile.add(any());
            }
        });

        assertThat(any()).isEqualTo("a");
        assertThat(meanwhile).hasSize(6).doesNotContain("a").contains("b", "c");
    }

    @Test
    void whenOneRefusesOrIsGoneTheNextOneIsAsked() {
        machines.broken.put("a", new ConnectException("refused"));
        machines.statuses.put("b", 503);

        assertThat(any()).isEqualTo("c");
        assertThat(machines.asked).containsExactly("a", "b", "c");

        machines.broken.put("a", new HttpConnectTimeoutException("silence"));
        machines.asked.clear();
        assertThat(any()).isEqualTo("c");
    }

    @Test
    void whoeverTookTheRequestAndSaysNothingMayStillDoIt() {
        machines.broken.put("a", new HttpTimeoutException("no answer"));

        assertThatThrownBy(this::any).isInstanceOfSatisfying(DroverException.class, e -> assertThat(e.code())
                .isEqualTo(ErrorCode.HOST_UNREACHABLE));
        assertThat(machines.asked).containsExactly("a");
    }

    @Test
    void oneThatFailedIsTheLastForAWhile() {
        machines.broken.put("a", new ConnectException("refused"));
        assertThat(any()).isEqualTo("b");
        machines.broken.clear();
        machines.asked.clear();

        assertThat(List.of(any(), any(), any(), any())).doesNotContain("a");

        clock.step(HostDispatcher.DISTRUST.plusSeconds(1));
        assertThat(List.of(any(), any(), any())).contains("a");
    }

    @Test
    void aRefusalOfAllIsWhatTheCallerGets() {
        hosts.forEach(host -> machines.statuses.put(host.name(), 429));

        assertThat(dispatcher.askAny(hosts, "/do", "{}").answer().status()).isEqualTo(429);
        assertThat(machines.asked).hasSize(3);
    }

    @Test
    void whenNoneAnswersTheReasonIsTold() {
        hosts.forEach(host -> machines.broken.put(host.name(), new ConnectException("refused")));

        assertThatThrownBy(this::any).hasMessageContaining("refused").isInstanceOf(DroverException.class);
    }
}

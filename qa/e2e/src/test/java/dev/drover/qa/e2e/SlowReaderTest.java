// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** One who does not read holds up nobody, and can have everything in the end. */
@EndToEnd
class SlowReaderTest {

    private static final int REPORTS = 5000;

    private final Api api;

    SlowReaderTest(Api api) {
        this.api = api;
    }

    @Test
    void theOthersAndTheJobDoNotWait() {
        // Time enough to open the sockets before anything happens.
        String id = api.submit("{task: 'noop', params: {progress: %d}, not_before: '%s'}"
                .formatted(REPORTS, Instant.now().plusSeconds(3)));
        try (Feed slow = Feed.openWithoutReading(api, "/ws/jobs/" + id);
                Feed quick = Feed.open(api, "/ws/jobs/" + id)) {
            assertThat(quick.closeCode()).isEqualTo(1000);
            assertThat(slow.events()).isEmpty();

            List<JsonNode> all = api.events(id);
            assertThat(all).hasSizeGreaterThan(REPORTS);
            assertThat(quick.events().getLast()).isEqualTo(all.getLast());

            slow.startReading();
            slow.closeCode();
            assertThat(slow.numbers()).isSorted().doesNotHaveDuplicates();
            assertThat(caughtUp(id, slow)).containsAll(numbers(all));
        }
    }

    /** What the slow reader has after it came back for what it knows to be missing. */
    private SortedSet<Integer> caughtUp(String id, Feed slow) {
        SortedSet<Integer> seen = new TreeSet<>(slow.numbers());
        int gap = 0;
        while (seen.contains(gap + 1)) {
            gap++;
        }
        try (Feed again = Feed.open(api, "/ws/jobs/" + id + "?after=" + gap)) {
            assertThat(again.closeCode()).isEqualTo(1000);
            seen.addAll(again.numbers());
        }
        return seen;
    }

    private static List<Integer> numbers(List<JsonNode> events) {
        List<Integer> numbers = new ArrayList<>();
        events.forEach(event -> numbers.add(event.path("seq").asInt()));
        return numbers;
    }
}

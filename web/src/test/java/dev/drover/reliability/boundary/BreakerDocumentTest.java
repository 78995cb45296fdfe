// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.reliability.control.BreakerView;
import dev.drover.reliability.control.SiteThresholds;
import dev.drover.reliability.entity.BreakerState;
import dev.drover.system.control.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BreakerDocumentTest {

    private static final SiteThresholds USUAL = new SiteThresholds(50, 10, 20, Duration.ofSeconds(30), 3, 8, 20);
    private static final Instant OPENED = Instant.parse("2026-11-22T10:00:00Z");

    @Test
    void aPageShowsAllBreakersAndCountsThem() {
        JsonNode page = Json.MAPPER.valueToTree(BreakerDocument.Page.of(List.of(
                new BreakerView("site:a", BreakerState.OPEN, 2 / 3.0, 12, OPENED, OPENED.plusSeconds(30), 1, USUAL),
                new BreakerView("site:b", BreakerState.CLOSED, 0, 0, null, null, 0, USUAL))));

        assertThat(page.at("/summary").toString()).isEqualTo("{\"total\":2,\"closed\":1,\"open\":1,\"half_open\":0}");
        JsonNode open = page.at("/items/0");
        assertThat(open.at("/name").asText()).isEqualTo("site:a");
        assertThat(open.at("/state").asText()).isEqualTo("open");
        assertThat(open.at("/failure_rate").asDouble()).isEqualTo(66.7);
        assertThat(open.at("/calls").asInt()).isEqualTo(12);
        assertThat(open.at("/retry_at").asText()).isEqualTo("2026-11-22T10:00:30Z");
        assertThat(open.at("/thresholds/open_seconds").asDouble()).isEqualTo(30);
        assertThat(open.at("/thresholds/window_calls").asInt()).isEqualTo(20);
        assertThat(page.at("/items/1").has("opened_at")).isFalse();
    }
}

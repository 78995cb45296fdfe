// SPDX-License-Identifier: Apache-2.0
package dev.drover.event.control;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.drover.event.entity.EventType;
import dev.drover.event.entity.JobEvent;
import dev.drover.system.control.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns events into the JSON that API clients read. */
public final class EventFrames {

    private EventFrames() {}

    public static EventFrame frame(JobEvent event, Map<String, String> labels) {
        return new EventFrame(
                event.jobId(),
                event.seq(),
                event.type(),
                event.owner(),
                event.task(),
                labels,
                json(event),
                expiresAt(event));
    }

    /** Whether what the event says is still of use. */
    public static boolean isCurrent(JobEvent event, Instant now) {
        Instant expiresAt = expiresAt(event);
        return expiresAt == null || expiresAt.isAfter(now);
    }

    /** Codes are of use for seconds; all other events for good. */
    private static @Nullable Instant expiresAt(JobEvent event) {
        if (event.type() != EventType.QR_CODE_UPDATE) {
            return null;
        }
        String expiresAt = Json.read(event.data()).path("expires_at").asText("");
        return expiresAt.isEmpty() ? null : Instant.parse(expiresAt);
    }

    /** {@code data} is JSON already and goes in as it is. */
    public static String json(JobEvent event) {
        StringWriter text = new StringWriter(256 + event.data().length());
        try (JsonGenerator json = Json.MAPPER.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("event_type", event.type().wireName());
            json.writeNumberField("seq", event.seq());
            json.writeStringField("job_id", event.jobId().toString());
            json.writeStringField("user_id", event.owner().user());
            json.writeStringField("task", event.task());
            json.writeStringField("timestamp", event.occurredAt().toString());
            json.writeFieldName("data");
            json.writeRawValue(event.data());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import dev.drover.event.control.EventFrames;
import dev.drover.event.entity.EventQueries;
import dev.drover.event.entity.EventType;
import dev.drover.event.entity.JobEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The QR codes that jobs show now, for whoever asks instead of following. */
@ApplicationScoped
public class CurrentCodes {

    private EventQueries events;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected CurrentCodes() {}

    @Inject
    public CurrentCodes(EventQueries events) {
        this.events = events;
    }

    /** The {@code data} of the job's latest {@code qr_code_update}; nothing when it has expired. */
    public Optional<String> of(UUID job, Instant now) {
        return events.latest(job, EventType.QR_CODE_UPDATE)
                .filter(event -> EventFrames.isCurrent(event, now))
                .map(JobEvent::data);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.boundary;

import dev.drover.session.control.FrameTimeline.Frame;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A picture of the timeline of a session. */
@Schema(
        name = "SessionFrame",
        requiredProperties = {"taken_at", "size_bytes", "image_url"})
public record FrameDocument(
        Instant takenAt,

        long sizeBytes,

        @Schema(
                description = "A JPEG, for those who may see the session",
                examples = "/api/v1/sessions/01980c8e-7f3a-7cc1-b4a5-2c5b8d1f0e6a/frames/1795370400000")
        String imageUrl) {

    /** A timeline. */
    @Schema(name = "SessionTimeline", requiredProperties = "items")
    public record FramePage(
            @Schema(description = "The oldest first") List<FrameDocument> items) {}

    static List<FrameDocument> of(UUID session, List<Frame> frames) {
        return frames.stream()
                .map(frame -> new FrameDocument(
                        frame.takenAt(),
                        frame.bytes(),
                        "/api/v1/sessions/" + session + "/frames/"
                                + frame.takenAt().toEpochMilli()))
                .toList();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.boundary;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.session.control.FrameTimeline.Frame;
import dev.drover.system.control.Checks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Which of the pictures that a host has kept are wanted. Registered hosts get it as it came. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "RestartImagesRequest", examples = """
                {"device_id": "01980c8e-7f3a-7cc1-b4a5-2c5b8d1f0e6a", "timeframe_minutes": 5, "max_frames": 100}""")
public record RestartImagesRequest(
        @Schema(
                maxLength = 128,
                description = "Of a node: a session; where nothing is said, the caller's that was used last there")
        @Nullable
        String deviceId,

        @Schema(minimum = "1", maximum = "1440", defaultValue = "5") @Nullable
        Integer timeframeMinutes,

        @Schema(minimum = "1", maximum = "1000", defaultValue = "100", description = "The newest so many") @Nullable
        Integer maxFrames,

        @Schema(minimum = "0", maximum = "100000", description = "Of those, from which on; the oldest is 0") @Nullable
        Integer startIndex,

        @Schema(minimum = "1", maximum = "1000", description = "Of those, how many") @Nullable
        Integer batchSize) {

    static final RestartImagesRequest NOTHING = new RestartImagesRequest(null, null, null, null, null);

    private static final int MINUTES = 5;
    private static final int FRAMES = 100;
    private static final int MOST_FRAMES = 1000;

    /** They are there, or there are none. */
    @Schema(
            name = "RestartImages",
            requiredProperties = {"success", "frames"})
    public record RestartImages(
            boolean success,

            @Schema(description = "The oldest first") List<FrameDocument> frames) {}

    /** @throws dev.drover.system.control.DroverException that names everything that does not fit */
    void check() {
        Checks checks = new Checks();
        checks.text("/device_id", deviceId, 128);
        checks.within("/timeframe_minutes", timeframeMinutes, 1, (int)
                Duration.ofDays(1).toMinutes());
        checks.within("/max_frames", maxFrames, 1, MOST_FRAMES);
        checks.within("/start_index", startIndex, 0, 100_000);
        checks.within("/batch_size", batchSize, 1, MOST_FRAMES);
        checks.refuseIfAny();
    }

    Instant since(Instant now) {
        return now.minus(Duration.ofMinutes(timeframeMinutes == null ? MINUTES : timeframeMinutes));
    }

    int most() {
        return maxFrames == null ? FRAMES : maxFrames;
    }

    /** The wanted part. */
    List<Frame> of(List<Frame> frames) {
        int from = Math.min(startIndex == null ? 0 : startIndex, frames.size());
        int to = batchSize == null ? frames.size() : Math.min(frames.size(), from + batchSize);
        return frames.subList(from, to);
    }
}

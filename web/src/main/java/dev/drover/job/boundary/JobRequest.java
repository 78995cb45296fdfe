// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.boundary;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A wish for a job. Whatever is left out is the task's or the server's default. */
@Schema(name = "JobRequest", requiredProperties = "task", examples = """
                {"task": "screenshot", "params": {"url": "https://example.com/", "full_page": true},
                 "priority": "high", "timeout_seconds": 30, "labels": {"team": "shop"}}""")
public record JobRequest(
        @Schema(description = "Name of the task; GET /tasks lists them", examples = "screenshot") @Nullable
        String task,

        @Schema(
                type = SchemaType.OBJECT,
                implementation = Object.class,
                description = "As params_schema of the task says")
        @Nullable
        ObjectNode params,

        @Schema(
                enumeration = {"low", "normal", "high", "urgent"},
                description = "normal where nothing is said")
        @Nullable
        String priority,

        @Nullable BrowserRequest browser,

        @Nullable RecordRequest record,

        @Schema(
                maxLength = 100,
                description = "Name of a captured session: the page is signed in as the session was that it comes from",
                examples = "shop-as-ada")
        @Nullable
        String capturedSession,

        @Schema(minimum = "1", description = "Of one attempt; the task has a default") @Nullable
        Integer timeoutSeconds,

        @Schema(minimum = "1", maximum = "100") @Nullable Integer maxAttempts,

        @Schema(format = "date-time", description = "The job does not start before", examples = "2026-01-31T06:00:00Z")
        @Nullable
        String notBefore,

        @Schema(minimum = "1", description = "How long the job is kept after its end") @Nullable
        Integer ttlSeconds,

        @Schema(
                format = "uri",
                maxLength = 2000,
                description = "Is told what happens to the job, signed with the secret of the server: status_update,"
                        + " qr_code_update, human_required, job_completed and booking_completed")
        @Nullable
        String webhookUrl,

        @Schema(description = "Up to 32 words of your own, to find the job by", examples = "{\"team\": \"shop\"}")
        @Nullable
        Map<String, @Nullable String> labels,

        @Schema(maxLength = 128, description = "In whose name; only administrators may name another user") @Nullable
        String userId) {

    /** What the job asks of its browser. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "BrowserRequest")
    public record BrowserRequest(
            @Schema(
                    enumeration = {"chromium", "firefox", "webkit"},
                    description = "Never replaced by another")
            @Nullable
            String engine,

            @Schema(description = "Where nothing is said, as the server is set: true unless changed") @Nullable
            Boolean headless,

            @Nullable ViewportRequest viewport,

            @Schema(description = "BCP 47", examples = "sv-SE") @Nullable
            String locale,

            @Schema(description = "IANA name", examples = "Europe/Stockholm") @Nullable
            String timezone,

            @Nullable GeolocationRequest geolocation,

            @Schema(maxLength = 500) @Nullable String userAgent,

            @Schema(description = "http, https or socks5 URI", examples = "http://proxy.example.com:3128") @Nullable
            String proxy) {}

    /** Size of the visible part of the page, in CSS pixels. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(
            name = "Viewport",
            requiredProperties = {"width", "height"})
    public record ViewportRequest(
            @Schema(minimum = "1", maximum = "7680", examples = "1280") @Nullable
            Integer width,

            @Schema(minimum = "1", maximum = "7680", examples = "720") @Nullable
            Integer height) {}

    /** Where the browser says it is, in degrees; accuracy in metres. */
    @Schema(
            name = "Geolocation",
            requiredProperties = {"latitude", "longitude"})
    public record GeolocationRequest(
            @Schema(minimum = "-90", maximum = "90", examples = "59.33") @Nullable
            Double latitude,

            @Schema(minimum = "-180", maximum = "180", examples = "18.07") @Nullable
            Double longitude,

            @Schema(minimum = "0", description = "0 where nothing is said") @Nullable
            Double accuracy) {}

    /** What to record of every attempt, and when to keep it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "RecordRequest")
    public record RecordRequest(
            @Schema(
                    enumeration = {"never", "on_failure", "always"},
                    description = "Where nothing is said: never of the first attempt, on_failure of all others")
            @Nullable
            String trace,

            @Schema(
                    enumeration = {"never", "on_failure", "always"},
                    description = "never where nothing is said")
            @Nullable
            String video,

            @Schema(
                    enumeration = {"never", "on_failure", "always"},
                    description = "never where nothing is said")
            @Nullable
            String har,

            @Schema(
                    enumeration = {"never", "on_failure", "always"},
                    description = "Console, requests, last picture and last document of the pages; where nothing is"
                            + " said, as the server is set: on_failure unless changed")
            @Nullable
            String log) {}
}

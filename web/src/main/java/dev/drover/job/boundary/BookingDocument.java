// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.boundary;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.job.boundary.JobDocument.JobErrorDocument;
import dev.drover.job.entity.Job;
import dev.drover.job.entity.JobError;
import dev.drover.system.control.Json;
import dev.drover.system.control.RecordIds;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How a booking stands, in the words of its events. Fields without a value are left out. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "Booking",
        requiredProperties = {"job_id", "user_id", "status", "job_status", "message", "progress", "created_at"},
        examples = """
                {"job_id": "01980c8e-7f3a-7cc1-b4a5-2c5b8d1f0e6a", "user_id": "user-123", "status": "authenticating",
                 "job_status": "waiting_for_human", "message": "Waiting for BankID authentication", "progress": 25.0,
                 "created_at": "2026-01-31T06:00:00Z"}""")
public record BookingDocument(
        @Schema(format = "uuid", examples = RecordIds.EXAMPLE)
        String jobId,

        @Schema(examples = "user-123") String userId,

        @Schema(
                description = "Where the booking is, as in status_update: initializing, authenticating, searching,"
                        + " booking, confirming; before and after, the status of its job",
                examples = "authenticating")
        String status,

        @Schema(description = "The status of its job", examples = "waiting_for_human")
        String jobStatus,

        @Schema(examples = "Waiting for BankID authentication")
        String message,

        @Schema(minimum = "0", maximum = "100", description = "Percent")
        double progress,

        @JsonRawValue
        @Schema(
                type = SchemaType.OBJECT,
                implementation = Object.class,
                description = "The code to scan, as in the latest qr_code_update, unless it has expired")
        @Nullable
        String qrCode,

        @JsonRawValue
        @Schema(
                type = SchemaType.OBJECT,
                implementation = Object.class,
                description = "booking_id, confirmation_number, exam_date, exam_time and location, once it is made")
        @Nullable
        String bookingResult,

        @JsonRawValue
        @Schema(
                type = SchemaType.ARRAY,
                implementation = Object.class,
                description = "What is free, where auto_book is false")
        @Nullable
        String slots,

        @Nullable JobErrorDocument error,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {

    /** What is to be booked. */
    @Schema(
            name = "BookingRequest",
            requiredProperties = {"user_id", "license_type", "exam_type", "locations", "date_ranges"},
            examples = """
                    {"user_id": "user-123", "license_type": "B", "exam_type": "Körprov", "locations": ["Stockholm", "Uppsala"],
                     "date_ranges": [{"start": "2031-02-01", "end": "2031-02-15"}],
                     "webhook_url": "https://your-app.com/webhook", "auto_book": true, "priority": "normal"}""")
    public record BookingRequest(
            @Schema(maxLength = 128, examples = "user-123") @Nullable
            String userId,

            @Schema(description = "AM, A1, A2, A, B, B96, BE, C1, C1E, C, CE, D1, D1E, D or DE", examples = "B")
            @Nullable
            String licenseType,

            @Schema(description = "Körprov or Kunskapsprov", examples = "Körprov") @Nullable
            String examType,

            @Schema(description = "1 to 20; of two times on one day, the place that is named first wins") @Nullable
            List<@Nullable String> locations,

            @Schema(description = "1 to 20; an earlier one is preferred to a later one") @Nullable
            List<@Nullable DateRange> dateRanges,

            @Schema(format = "uri", maxLength = 2000, description = "Gets every event of the booking") @Nullable
            String webhookUrl,

            @Schema(description = "false only reports what is free; true where nothing is said") @Nullable
            Boolean autoBook,

            @Schema(
                    enumeration = {"low", "normal", "high", "urgent"},
                    description = "normal where nothing is said")
            @Nullable
            String priority,

            @Schema(description = "YYYYMMDD-NNNN, where the site wants to know who logs in; it is kept with the job")
            @Nullable
            String personNumber) {}

    /** Days, both ends included. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(
            name = "DateRange",
            requiredProperties = {"start", "end"})
    public record DateRange(
            @Schema(format = "date", examples = "2031-02-01") @Nullable
            String start,

            @Schema(format = "date", examples = "2031-02-15") @Nullable
            String end) {}

    static BookingDocument of(Job job, @Nullable String qrCode) {
        String stage = job.stage();
        String said = job.message();
        JobError error = job.error();
        String result = job.result();
        JsonNode read = Json.read(result == null ? "{}" : result);
        boolean goesOn = job.status().isActive();
        return new BookingDocument(
                job.id().toString(),
                job.owner().user(),
                goesOn && stage != null ? stage : job.status().wireName(),
                job.status().wireName(),
                said == null ? "" : said,
                job.progress(),
                goesOn ? qrCode : null,
                part(read, "booking_result"),
                part(read, "slots"),
                error == null
                        ? null
                        : new JobErrorDocument(error.category(), error.code(), error.message(), error.recovery()),
                job.createdAt(),
                job.startedAt(),
                job.finishedAt());
    }

    private static @Nullable String part(JsonNode result, String name) {
        return result.has(name) ? result.get(name).toString() : null;
    }
}

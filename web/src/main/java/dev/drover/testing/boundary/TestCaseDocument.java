// SPDX-License-Identifier: Apache-2.0
package dev.drover.testing.boundary;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.system.control.Json;
import dev.drover.testing.entity.TestCase;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A test case as API clients read it. */
@Schema(
        name = "TestCase",
        requiredProperties = {"id", "name", "description", "steps", "user_id", "revision", "created_at", "updated_at"})
public record TestCaseDocument(
        UUID id,

        @Schema(examples = "The front page greets") String name,

        @Schema(
                description = "Empty where nobody has said what it is for",
                examples = "As a visitor without an account")
        String description,

        @Schema(
                type = SchemaType.ARRAY,
                implementation = Object.class,
                examples = "[{\"action\": \"goto\", \"url\": \"https://example.com/\"}]")
        JsonNode steps,

        @Schema(description = "Whose test case it is", examples = "admin")
        String userId,

        @Schema(description = "Grows with every change; in double quotes it is the ETag", examples = "1")
        int revision,

        Instant createdAt,

        Instant updatedAt) {

    /** Some test cases, the newest first. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "TestCasePage", requiredProperties = "items")
    public record TestCasePage(
            List<TestCaseDocument> items,

            @Schema(description = "For the next page; left out on the last one") @Nullable
            String nextCursor) {}

    static TestCaseDocument of(TestCase testCase) {
        TestCase.Content content = testCase.content();
        return new TestCaseDocument(
                testCase.id(),
                content.name(),
                content.description(),
                Json.read(content.steps()),
                testCase.owner().user(),
                testCase.revision(),
                testCase.createdAt(),
                testCase.updatedAt());
    }
}

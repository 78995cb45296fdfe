// SPDX-License-Identifier: Apache-2.0
package dev.drover.testing.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.drover.system.control.Checks;
import dev.drover.testing.entity.TestCase;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What somebody writes of a test case. */
@Schema(
        name = "TestCaseRequest",
        requiredProperties = {"name", "steps"},
        examples = """
                {"name": "The front page greets", "description": "As a visitor without an account",
                 "steps": [{"action": "goto", "url": "https://example.com/"},
                           {"action": "expect_text", "selector": "h1", "text": "Example Domain"}]}""")
public record TestCaseRequest(
        @Schema(maxLength = LONGEST_NAME) @Nullable String name,

        @Schema(maxLength = LONGEST_DESCRIPTION) @Nullable String description,

        @Schema(
                type = SchemaType.ARRAY,
                implementation = Object.class,
                minItems = 1,
                maxItems = MOST_STEPS,
                description =
                        "Objects with an action each: in the words of the task script for a browser, in its own for a"
                                + " registered host. Whether they fit is seen when the test case is carried out")
        @Nullable
        ArrayNode steps) {

    static final int LONGEST_NAME = 200;
    static final int LONGEST_DESCRIPTION = 2000;
    static final int MOST_STEPS = 500;

    private static final int LONGEST_ACTION = 64;

    /** @throws dev.drover.system.control.DroverException that names everything that does not fit */
    TestCase.Content content() {
        Checks checks = new Checks();
        String required = checks.required("/name", name);
        if (!required.isEmpty()) {
            checks.text("/name", required, LONGEST_NAME);
        }
        if (description != null && description.length() > LONGEST_DESCRIPTION) {
            checks.violated("/description", "a text of up to " + LONGEST_DESCRIPTION + " characters");
        }
        checkSteps(checks);
        checks.refuseIfAny();
        return new TestCase.Content(required, description == null ? "" : description, String.valueOf(steps));
    }

    private void checkSteps(Checks checks) {
        if (steps == null || steps.isEmpty() || steps.size() > MOST_STEPS) {
            checks.violated("/steps", "a list of 1 to " + MOST_STEPS + " steps");
            return;
        }
        for (int i = 0; i < steps.size(); i++) {
            JsonNode action = steps.get(i).path("action");
            if (!action.isTextual()
                    || action.asText().isBlank()
                    || action.asText().length() > LONGEST_ACTION) {
                checks.violated(
                        "/steps/" + i, "an object with an action, a text of 1 to " + LONGEST_ACTION + " characters");
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control;

import com.fasterxml.jackson.databind.JsonNode;

/** What came of asking a person. */
public sealed interface HumanAnswer {

    /** A person has answered; the value fits the kind of the question. */
    record Given(JsonNode value) implements HumanAnswer {}

    /** The site went on by itself: nobody needs to answer any more. */
    record WentOn() implements HumanAnswer {}

    /** The deadline passed. What that means is the task's to decide. */
    record TooLate() implements HumanAnswer {}
}

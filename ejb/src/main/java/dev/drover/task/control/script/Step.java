// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.script;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One step of a script, as its author wrote it. Selectors are what Playwright understands. */
public sealed interface Step {

    StepHead head();

    /** Goes to an address; a relative one counts from the page that is open. */
    record Goto(StepHead head, Template url, String waitUntil) implements Step {}

    record Click(StepHead head, Template selector, String button, int count) implements Step {}

    /** Replaces what stands in a field. */
    record Fill(StepHead head, Template selector, Template value) implements Step {}

    /** Chooses options by value or by what they show. */
    record Select(StepHead head, Template selector, List<Template> values) implements Step {
        public Select {
            values = List.copyOf(values);
        }
    }

    record Check(StepHead head, Template selector, boolean checked) implements Step {}

    /** Presses a key ({@code Enter}, {@code Control+A}), on an element or wherever the focus is. */
    record Press(StepHead head, Template key, @Nullable Template selector) implements Step {}

    record Hover(StepHead head, Template selector) implements Step {}

    /** Puts files into a file field. Their content comes with the script; nothing is read from the server. */
    record Upload(StepHead head, Template selector, List<InlineFile> files) implements Step {
        public Upload {
            files = List.copyOf(files);
        }
    }

    /**
     * @param state {@code visible}, {@code hidden}, {@code attached} or {@code detached}
     */
    record WaitFor(StepHead head, Template selector, String state) implements Step {}

    record ExpectText(StepHead head, Template selector, Template text, Match match) implements Step {}

    record ExpectVisible(StepHead head, Template selector, boolean visible) implements Step {}

    record ExpectUrl(StepHead head, Template url, Match match) implements Step {}

    /**
     * @param file its name without an ending; by default the step's index
     */
    record Screenshot(
            StepHead head, @Nullable String file, @Nullable Template selector, boolean fullPage) implements Step {}

    /**
     * Reads fields into the script's result and into variables of their names.
     *
     * @param pointer of the fields in the script, for messages
     * @param append whether lists grow by what is read, instead of being replaced
     */
    record Extract(StepHead head, ObjectNode fields, String pointer, boolean append) implements Step {}

    /** Gives a variable a value; text in it is filled in. */
    record SetVariable(StepHead head, String variable, JsonNode value) implements Step {}

    record IfVisible(StepHead head, Template selector, List<Step> steps, List<Step> otherwise) implements Step {
        public IfVisible {
            steps = List.copyOf(steps);
            otherwise = List.copyOf(otherwise);
        }
    }

    /**
     * @param times at most
     * @param whileVisible an element without which there is no further round
     */
    record Repeat(StepHead head, int times, @Nullable Template whileVisible, List<Step> steps) implements Step {
        public Repeat {
            steps = List.copyOf(steps);
        }
    }

    /** A file that comes with the script. */
    record InlineFile(
            String name,
            String contentType,
            @Nullable Template text,
            @Nullable String base64) {}
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.script;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.task.control.script.Step.Check;
import dev.drover.task.control.script.Step.Click;
import dev.drover.task.control.script.Step.ExpectText;
import dev.drover.task.control.script.Step.ExpectUrl;
import dev.drover.task.control.script.Step.ExpectVisible;
import dev.drover.task.control.script.Step.Extract;
import dev.drover.task.control.script.Step.Fill;
import dev.drover.task.control.script.Step.Goto;
import dev.drover.task.control.script.Step.Hover;
import dev.drover.task.control.script.Step.IfVisible;
import dev.drover.task.control.script.Step.InlineFile;
import dev.drover.task.control.script.Step.Press;
import dev.drover.task.control.script.Step.Repeat;
import dev.drover.task.control.script.Step.Screenshot;
import dev.drover.task.control.script.Step.Select;
import dev.drover.task.control.script.Step.SetVariable;
import dev.drover.task.control.script.Step.Upload;
import dev.drover.task.control.script.Step.WaitFor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads a script from JSON that is valid against the schema of the task {@code script}. */
public final class ScriptParser {

    private static final double USUAL_SECONDS = 10;

    /** An optional banner that is not there costs its whole wait at every run. */
    private static final double SECONDS_TO_DECIDE = 1;

    private ScriptParser() {}

    public static Script parse(ObjectNode json) {
        ObjectNode variables =
                json.get("variables") instanceof ObjectNode given ? given : JsonNodeFactory.instance.objectNode();
        return new Script(textIfAny(json, "start_url"), variables, steps(json.get("steps"), "", "/steps"));
    }

    private static List<Step> steps(@Nullable JsonNode list, String parent, String pointer) {
        List<Step> steps = new ArrayList<>();
        if (list != null) {
            for (int i = 0; i < list.size(); i++) {
                steps.add(step(list.get(i), parent + (i + 1), pointer + "/" + i));
            }
        }
        return steps;
    }

    private static Step step(JsonNode json, String index, String pointer) {
        StepHead head = head(json, index);
        return switch (head.action()) {
            case "goto" ->
                new Goto(head, text(json, "url"), json.path("wait_until").asText("load"));
            case "click" ->
                new Click(
                        head,
                        text(json, "selector"),
                        json.path("button").asText("left"),
                        json.path("count").asInt(1));
            case "fill" -> new Fill(head, text(json, "selector"), text(json, "value"));
            case "select" -> new Select(head, text(json, "selector"), texts(json.get("value")));
            case "check" ->
                new Check(head, text(json, "selector"), json.path("checked").asBoolean(true));
            case "press" -> new Press(head, text(json, "key"), textIfAny(json, "selector"));
            case "hover" -> new Hover(head, text(json, "selector"));
            case "upload" -> new Upload(head, text(json, "selector"), files(json.get("files")));
            case "wait_for" ->
                new WaitFor(head, text(json, "selector"), json.path("state").asText("visible"));
            case "expect_text" ->
                new ExpectText(
                        head, new Template(json.path("selector").asText("body")), text(json, "text"), match(json));
            case "expect_visible" ->
                new ExpectVisible(
                        head, text(json, "selector"), json.path("visible").asBoolean(true));
            case "expect_url" -> new ExpectUrl(head, text(json, "url"), match(json));
            case "screenshot" ->
                new Screenshot(
                        head,
                        json.hasNonNull("file") ? json.get("file").asText() : null,
                        textIfAny(json, "selector"),
                        json.path("full_page").asBoolean());
            case "extract" ->
                new Extract(
                        head,
                        (ObjectNode) json.get("fields"),
                        pointer + "/fields",
                        json.path("append").asBoolean());
            case "set" -> new SetVariable(head, json.get("variable").asText(), json.get("value"));
            case "if_visible" ->
                new IfVisible(
                        head,
                        text(json, "selector"),
                        steps(json.get("steps"), index + ".", pointer + "/steps"),
                        steps(json.get("else"), index + ".else.", pointer + "/else"));
            case "repeat" ->
                new Repeat(
                        head,
                        json.get("times").asInt(),
                        textIfAny(json, "while_visible"),
                        steps(json.get("steps"), index + ".", pointer + "/steps"));
            default -> throw new IllegalArgumentException(pointer + ": no such action: " + head.action());
        };
    }

    private static StepHead head(JsonNode json, String index) {
        String action = json.path("action").asText();
        double seconds = json.path("timeout_seconds")
                .asDouble(action.equals("if_visible") || action.equals("repeat") ? SECONDS_TO_DECIDE : USUAL_SECONDS);
        return new StepHead(
                index,
                action,
                json.hasNonNull("name") ? json.get("name").asText() : null,
                target(json),
                Duration.ofMillis(Math.round(seconds * 1000)));
    }

    private static @Nullable String target(JsonNode json) {
        for (String field : List.of("selector", "url", "variable", "key", "while_visible")) {
            if (json.hasNonNull(field)) {
                return json.get(field).asText();
            }
        }
        return null;
    }

    private static Template text(JsonNode json, String field) {
        return new Template(json.get(field).asText());
    }

    private static @Nullable Template textIfAny(JsonNode json, String field) {
        return json.hasNonNull(field) ? text(json, field) : null;
    }

    private static List<Template> texts(JsonNode oneOrMany) {
        List<Template> texts = new ArrayList<>();
        if (oneOrMany.isArray()) {
            oneOrMany.forEach(item -> texts.add(new Template(item.asText())));
        } else {
            texts.add(new Template(oneOrMany.asText()));
        }
        return texts;
    }

    private static Match match(JsonNode json) {
        return Match.valueOf(json.path("match").asText("contains").toUpperCase(Locale.ROOT));
    }

    private static List<InlineFile> files(JsonNode list) {
        List<InlineFile> files = new ArrayList<>();
        list.forEach(file -> files.add(new InlineFile(
                file.get("name").asText(),
                file.path("content_type").asText("application/octet-stream"),
                textIfAny(file, "text"),
                file.hasNonNull("base64") ? file.get("base64").asText() : null)));
        return files;
    }
}

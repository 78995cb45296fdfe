// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Writes the reference of all tasks as Markdown from their descriptors. */
final class TasksReference {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final StringBuilder out = new StringBuilder();

    static String of(List<RegisteredTask> tasks) {
        TasksReference reference = new TasksReference();
        reference.head(tasks);
        tasks.forEach(task -> reference.task(task.descriptor()));
        return reference.out.toString();
    }

    private void head(List<RegisteredTask> tasks) {
        out.append("""
                # Tasks

                <!-- Written by TasksReferenceTest from the tasks' descriptors. Change those and run:
                     mvn -pl ejb -am test -Dtest=TasksReferenceTest -Dsurefire.failIfNoSpecifiedTests=false -Ddrover.docs.write=true -->

                What a job can ask for with `POST /api/v1/jobs` `{"task": …, "params": {…}}`, or with the parameters alone as
                the body of `POST /api/v1/jobs/{task}`. `GET /api/v1/tasks` answers with the same and with the JSON Schemas.
                Fields that a task does not know are refused. A team adds tasks of its own as [jars](../guide/own-tasks.md).

                """);
        table("Task", "What it does");
        tasks.forEach(task -> row(
                "[`" + task.name() + "`](#" + task.name() + ")",
                firstSentence(task.descriptor().description())));
        out.append('\n');
    }

    private void task(TaskDescriptor task) {
        out.append("## ").append(task.name()).append("\n\n");
        out.append(task.description()).append("\n\n");
        table("", "");
        row("Engines", task.engines().isEmpty() ? "needs no browser" : String.join(", ", task.engines()));
        row("Stages", codes(task.stages()));
        row("Time for one attempt", task.defaultTimeout().toSeconds() + " s, unless the job says otherwise");
        out.append("\n### Parameters of ").append(task.name()).append("\n\n");
        fields(task.paramsSchema(), task.name());
        task.paramsSchema().path("$defs").properties().forEach(definition -> {
            out.append("\n#### ")
                    .append(task.name())
                    .append(": ")
                    .append(definition.getKey())
                    .append("\n\n");
            definition(definition.getValue(), task.name());
        });
        out.append("\n### Example of ")
                .append(task.name())
                .append("\n\n```json\n")
                .append(job(task))
                .append("\n```\n\n");
    }

    private void definition(JsonNode schema, String task) {
        if (schema.has("description")) {
            out.append(schema.get("description").asText()).append("\n\n");
        }
        if (schema.has("properties")) {
            fields(schema, task);
            String variants = StreamSupport.stream(schema.path("allOf").spliterator(), false)
                    .map(variant -> reference(variant.path("then"), task))
                    .collect(Collectors.joining(", "));
            if (!variants.isEmpty()) {
                out.append("\nWhat else it has depends on the action: ")
                        .append(variants)
                        .append(".\n");
            }
        } else {
            out.append(upperFirst(type(schema, task))).append(".\n");
        }
    }

    private void fields(JsonNode schema, String task) {
        table("Field", "Type", "Default", "Description");
        fields(schema, "", task);
    }

    private void fields(JsonNode schema, String prefix, String task) {
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        schema.path("properties").properties().forEach(property -> {
            JsonNode field = property.getValue();
            String name = prefix + property.getKey();
            row(
                    "`" + name + "`",
                    type(field, task),
                    required.contains(property.getKey())
                            ? "**required**"
                            : field.has("default") ? "`" + field.get("default").asText() + "`" : "",
                    field.path("description").asText());
            fields(field, name + ".", task);
        });
    }

    private static String type(JsonNode field, String task) {
        if (field.has("$ref")) {
            return reference(field, task);
        }
        if (field.has("allOf")) {
            return type(field.get("allOf").get(0), task);
        }
        if (field.has("const")) {
            return "`" + field.get("const").asText() + "`";
        }
        if (field.has("enum")) {
            List<String> values = new ArrayList<>();
            field.get("enum").forEach(value -> values.add(value.asText()));
            return codes(values);
        }
        if (field.path("type").isArray()) {
            return StreamSupport.stream(field.get("type").spliterator(), false)
                    .map(JsonNode::asText)
                    .collect(Collectors.joining(" or "));
        }
        return switch (field.path("type").asText("any")) {
            case "array" -> "list of " + type(field.path("items"), task) + range(field, "minItems", "maxItems");
            case "object" ->
                field.path("additionalProperties").has("$ref")
                        ? "object with any names, each a " + type(field.get("additionalProperties"), task)
                        : "object";
            case "integer" -> "integer" + range(field, "minimum", "maximum");
            case "number" -> "number" + range(field, "minimum", "maximum");
            default -> field.path("type").asText("any");
        };
    }

    private static String range(JsonNode field, String least, String most) {
        return field.has(least) && field.has(most)
                ? ", " + field.get(least).asText() + "–" + field.get(most).asText()
                : "";
    }

    private static String reference(JsonNode field, String task) {
        String name = field.get("$ref").asText().replaceFirst(".*/", "");
        return "[" + name + "](#" + task + "-" + name + ")";
    }

    private static String job(TaskDescriptor task) {
        ObjectNode job = JSON.createObjectNode().put("task", task.name());
        job.set("params", task.example());
        try {
            return JSON.writeValueAsString(job);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void table(String... titles) {
        row(titles);
        out.append("|").append(" --- |".repeat(titles.length)).append('\n');
    }

    private void row(String... cells) {
        out.append('|');
        for (String cell : cells) {
            out.append(' ').append(cell.replace("|", "\\|")).append(" |");
        }
        out.append('\n');
    }

    private static String codes(List<String> words) {
        return words.stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
    }

    private static String firstSentence(String text) {
        int end = text.indexOf(". ");
        return end < 0 ? text : text.substring(0, end + 1);
    }

    private static String upperFirst(String text) {
        return text.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + text.substring(1);
    }
}

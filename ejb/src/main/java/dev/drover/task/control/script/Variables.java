// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.script;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.TaskFailure;

/** The variables of a run. A dotted name goes into records and lists: {@code rows.0.title}. */
final class Variables {

    private final ObjectNode values;

    Variables(ObjectNode initial) {
        this.values = initial.deepCopy();
    }

    void set(String name, JsonNode value) {
        values.set(name, value);
    }

    String fillIn(Template template) {
        return template.filledIn(this::text);
    }

    /** The value with every text in it filled in. */
    JsonNode fillIn(JsonNode value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (value.isTextual()) {
            return nodes.textNode(fillIn(new Template(value.asText())));
        }
        if (value instanceof ObjectNode object) {
            ObjectNode filled = nodes.objectNode();
            object.properties().forEach(entry -> filled.set(entry.getKey(), fillIn(entry.getValue())));
            return filled;
        }
        if (value instanceof ArrayNode array) {
            ArrayNode filled = nodes.arrayNode();
            array.forEach(item -> filled.add(fillIn(item)));
            return filled;
        }
        return value;
    }

    private String text(String name) {
        JsonNode value = values;
        for (String part : name.split("\\.", -1)) {
            value = value.isArray() && part.matches("\\d{1,9}") ? value.path(Integer.parseInt(part)) : value.path(part);
        }
        if (value.isMissingNode()) {
            throw new TaskFailure(
                    ErrorCategory.INVALID_INPUT,
                    "unknown_variable",
                    "There is no variable '%s' here. Set it in an earlier step, or write $${ for a literal ${."
                            .formatted(name));
        }
        return value.isNull() ? "" : value.isValueNode() ? value.asText() : value.toString();
    }
}

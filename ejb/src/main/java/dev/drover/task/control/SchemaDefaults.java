// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The {@code default} values of a schema's top-level properties, and of the properties of objects directly in them. What
 * lies deeper (in lists, behind {@code $ref} or conditions) is the task's own business, since a default there would
 * depend on which branch applies.
 */
final class SchemaDefaults {

    private final Map<String, JsonNode> values = new LinkedHashMap<>();
    private final Map<String, SchemaDefaults> inside = new LinkedHashMap<>();

    private SchemaDefaults() {}

    static SchemaDefaults of(JsonNode schema) {
        SchemaDefaults defaults = new SchemaDefaults();
        schema.path("properties").properties().forEach(property -> {
            JsonNode value = property.getValue().get("default");
            if (value != null) {
                defaults.values.put(property.getKey(), value);
            }
            SchemaDefaults nested = of(property.getValue());
            if (!nested.values.isEmpty() || !nested.inside.isEmpty()) {
                defaults.inside.put(property.getKey(), nested);
            }
        });
        return defaults;
    }

    /** The given object where it lacks nothing, else a copy with what it lacked. */
    ObjectNode fillIn(ObjectNode object) {
        return isComplete(object) ? object : filled(object);
    }

    private boolean isComplete(ObjectNode object) {
        return values.keySet().stream().allMatch(object::has)
                && inside.entrySet().stream()
                        .allMatch(entry -> !(object.get(entry.getKey()) instanceof ObjectNode nested)
                                || entry.getValue().isComplete(nested));
    }

    private ObjectNode filled(ObjectNode object) {
        ObjectNode copy = object.objectNode();
        copy.setAll(object);
        values.forEach((name, value) -> {
            if (!copy.has(name)) {
                copy.set(name, value.deepCopy());
            }
        });
        inside.forEach((name, defaults) -> {
            if (object.get(name) instanceof ObjectNode nested) {
                copy.set(name, defaults.fillIn(nested));
            }
        });
        return copy;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import dev.drover.task.control.ParamsCheck.Violation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Checks parameters against one JSON Schema (2020-12, {@code format} asserted), which is compiled once. Safe for use by
 * many threads; a check of ordinary parameters takes some microseconds, since every submitted job waits for it.
 */
public final class ParamsValidator {

    private static final int MOST_VIOLATIONS = 50;

    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaRegistryConfig(SchemaRegistryConfig.builder()
                    .formatAssertionsEnabled(true)
                    .errorMessageKeyword("errorMessage")
                    .pathType(PathType.JSON_POINTER)
                    .locale(Locale.ROOT)
                    .build()));

    private final Schema schema;
    private final SchemaDefaults defaults;

    /**
     * @param schema is not changed afterwards
     * @throws com.networknt.schema.SchemaException when it is no usable schema
     */
    public ParamsValidator(ObjectNode schema) {
        this.schema = REGISTRY.getSchema(schema);
        this.schema.initializeValidators();
        this.defaults = SchemaDefaults.of(schema);
    }

    /** What is wrong with a schema itself, measured by the meta-schema of 2020-12; empty when nothing is. */
    static List<Violation> flawsOf(ObjectNode schema) {
        Schema meta = REGISTRY.getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));
        return violations(meta.validate(schema));
    }

    /** Checks the parameters, which stay as they are: what is accepted is a copy wherever a default was missing. */
    public ParamsCheck check(JsonNode params) {
        if (!(params instanceof ObjectNode object)) {
            return new ParamsCheck.Refused(List.of(new Violation("", "must be an object")));
        }
        List<Error> errors = schema.validate(object);
        return errors.isEmpty()
                ? new ParamsCheck.Accepted(defaults.fillIn(object))
                : new ParamsCheck.Refused(violations(errors));
    }

    private static List<Violation> violations(List<Error> errors) {
        Set<Violation> violations = new LinkedHashSet<>();
        for (Error error : errors) {
            violations.add(new Violation(pointer(error), message(error)));
        }
        List<Violation> sorted = new ArrayList<>(violations);
        sorted.sort(Comparator.comparing(Violation::pointer));
        return sorted.size() > MOST_VIOLATIONS ? sorted.subList(0, MOST_VIOLATIONS) : sorted;
    }

    private static String pointer(Error error) {
        String where = error.getInstanceLocation().toString();
        boolean namesField =
                switch (error.getKeyword()) {
                    case "required", "additionalProperties", "unevaluatedProperties", "dependentRequired" -> true;
                    case "propertyNames" -> error.getProperty() != null;
                    default -> false;
                };
        return namesField ? where + "/" + escape(error.getProperty()) : where;
    }

    private static String message(Error error) {
        Object[] arguments = error.getArguments();
        return switch (error.getKeyword()) {
            case "required" -> "is required";
            case "dependentRequired" -> "is required beside " + arguments[arguments.length - 1];
            case "additionalProperties", "unevaluatedProperties" -> "is not a known field";
            case "type" -> "must be %s, not %s".formatted(arguments[1], arguments[0]);
            case "enum" -> "must be one of " + listed(error.getSchemaNode());
            case "false" -> "does not go with the other fields here";
            case "const" -> "must be " + error.getSchemaNode();
            case "minimum" -> "must be at least " + arguments[0];
            case "maximum" -> "must be at most " + arguments[0];
            default -> error.getMessage();
        };
    }

    private static String listed(JsonNode values) {
        List<String> words = new ArrayList<>();
        values.forEach(value -> words.add(value.asText()));
        return String.join(", ", words);
    }

    /** A name as part of a pointer (RFC 6901, section 3). */
    private static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}

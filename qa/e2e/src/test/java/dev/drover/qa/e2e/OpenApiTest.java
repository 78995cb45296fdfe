// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The description of the API is the one that is checked in, and complete. {@code -Ddrover.docs.write=true} checks in what
 * the server says.
 */
@EndToEnd
class OpenApiTest {

    private static final Path CHECKED_IN = Path.of("../../web/src/main/openapi/openapi.yaml");
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");

    private record Operation(String name, JsonNode node) {
        @Override
        public String toString() {
            return name;
        }
    }

    private final String description;
    private final JsonNode served;

    OpenApiTest(Api api) throws IOException {
        this.description =
                api.send(HttpRequest.newBuilder(api.uri("//openapi")).build()).text();
        this.served = new YAMLMapper().readTree(description);
    }

    @Test
    void whatTheServerServesIsWhatIsCheckedIn() throws IOException {
        if (Boolean.getBoolean("drover.docs.write")) {
            write();
        }
        JsonNode checkedIn = new YAMLMapper().readTree(Files.readString(CHECKED_IN));

        for (String part : List.of("openapi", "info", "paths", "components", "security")) {
            assertThat(served.path(part))
                    .as(part + ": -Ddrover.docs.write=true takes it over into " + CHECKED_IN)
                    .isEqualTo(checkedIn.path(part));
        }
    }

    @Test
    void everyOperationHasANameOfItsOwnAndASummary() {
        List<Operation> operations = operations();

        assertThat(operations).hasSizeGreaterThan(12).allSatisfy(operation -> {
            assertThat(operation.node().path("operationId").asText()).isNotEmpty();
            assertThat(operation.node().path("summary").asText()).isNotEmpty();
        });
        assertThat(operations)
                .extracting(operation -> operation.node().path("operationId").asText())
                .doesNotHaveDuplicates();
    }

    @Test
    void everyOperationNamesItsErrorsWithAnExampleOfEach() {
        assertThat(operations()).allSatisfy(operation -> {
            Map<String, JsonNode> errors = errors(operation);
            assertThat(errors).containsKey("500");
            assertThat(errors.containsKey("401")).as("401").isNotEqualTo(isOpen(operation));
            assertThat(errors).allSatisfy((status, answer) -> assertThat(answer.path("content")
                            .path("application/problem+json")
                            .path("examples"))
                    .isNotEmpty());
        });
    }

    @Test
    void whatTakesABodyShowsWhatMayStandInIt() {
        assertThat(operations())
                .filteredOn(operation -> operation.node().has("requestBody"))
                .hasSizeGreaterThan(3)
                .allSatisfy(operation -> {
                    JsonNode schema = operation
                            .node()
                            .path("requestBody")
                            .path("content")
                            .path("application/json")
                            .path("schema");
                    JsonNode resolved = schema.has("$ref")
                            ? served.at(schema.path("$ref").asText().substring(1))
                            : schema;
                    assertThat(resolved.path("type").asText()).isEqualTo("object");
                    assertThat(resolved.findValues("examples")).isNotEmpty();
                });
    }

    private void write() throws IOException {
        String header = Files.readAllLines(CHECKED_IN).stream()
                .takeWhile(line -> line.startsWith("#"))
                .collect(Collectors.joining("\n"));
        Files.writeString(CHECKED_IN, header + "\n" + description.strip() + "\n");
    }

    private static Map<String, JsonNode> errors(Operation operation) {
        Map<String, JsonNode> errors = new TreeMap<>();
        operation.node().path("responses").properties().forEach(answer -> {
            if (answer.getKey().startsWith("4") || answer.getKey().startsWith("5")) {
                errors.put(answer.getKey(), answer.getValue());
            }
        });
        return errors;
    }

    /** To callers without a token. */
    private static boolean isOpen(Operation operation) {
        JsonNode security = operation.node().path("security");
        return security.isArray() && security.isEmpty();
    }

    private List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        served.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    if (METHODS.contains(method.getKey())) {
                        operations.add(new Operation(method.getKey() + " " + path.getKey(), method.getValue()));
                    }
                }));
        return operations;
    }
}

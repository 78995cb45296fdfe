// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.boundary;

import dev.drover.system.control.ErrorCode;
import dev.drover.system.control.ProblemDocument;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.examples.Example;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/**
 * Writes into the OpenAPI document what is the same for every operation: the token, the problem documents with their
 * codes, and the header that makes a POST repeatable. An operation names the codes of its own in {@code x-problems}.
 */
public class OpenApiConventions implements OASFilter {

    private static final String PROBLEMS = "x-problems";
    private static final String PROBLEM = "Problem";
    private static final String TOKEN = "token";
    private static final Set<String> OPEN_TO_ALL = Set.of("getProblemType", "getQuestion", "answerQuestion");

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.info(OASFactory.createInfo()
                .title("Drover")
                .version("v1")
                .description("Automation jobs in real browsers: submit them, follow them, get results and files."
                        + " Timestamps are RFC 3339 in UTC, errors are problem documents (RFC 9457).")
                .license(OASFactory.createLicense().name("Apache-2.0").identifier("Apache-2.0")));
        Components components =
                document.getComponents() == null ? OASFactory.createComponents() : document.getComponents();
        document.components(components);
        components
                .addSchema("Violation", violation())
                .addSchema(PROBLEM, problem())
                .addSecurityScheme(
                        TOKEN,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .description("The API token of the server."));
        for (ErrorCode code : ErrorCode.values()) {
            components.addExample(code.wireName(), example(code));
        }
        document.security(List.of(OASFactory.createSecurityRequirement().addScheme(TOKEN)));
        document.getPaths().getPathItems().values().forEach(OpenApiConventions::complete);
    }

    /** An object of which nothing more is said holds anything; readers of schemas take it for one that is empty. */
    @Override
    public Schema filterSchema(Schema schema) {
        boolean isObject = schema.getType() != null && schema.getType().contains(SchemaType.OBJECT);
        boolean isOpen = schema.getProperties() == null && schema.getAdditionalPropertiesSchema() == null;
        return isObject && isOpen && schema.getRef() == null
                ? schema.additionalPropertiesSchema(OASFactory.createSchema().booleanSchema(true))
                : schema;
    }

    private static void complete(PathItem path) {
        path.getOperations().forEach((method, operation) -> {
            Set<ErrorCode> codes = own(operation);
            codes.add(ErrorCode.INTERNAL);
            codes.add(ErrorCode.UNAVAILABLE);
            if (OPEN_TO_ALL.contains(operation.getOperationId())) {
                operation.security(List.of());
            } else {
                codes.add(ErrorCode.UNAUTHENTICATED);
                codes.add(ErrorCode.FORBIDDEN);
            }
            if (method == PathItem.HttpMethod.POST) {
                codes.add(ErrorCode.IDEMPOTENCY_IN_FLIGHT);
                codes.add(ErrorCode.IDEMPOTENCY_KEY_REUSED);
                operation.addParameter(idempotencyKey());
            }
            // The scanner takes an operation's extensions for those of its parts too.
            operation.getResponses().removeExtension(PROBLEMS);
            operation.getResponses().getAPIResponses().values().forEach(answer -> answer.removeExtension(PROBLEMS));
            if (operation.getRequestBody() != null) {
                operation.getRequestBody().removeExtension(PROBLEMS);
            }
            if (operation.getParameters() != null) {
                operation.getParameters().forEach(parameter -> parameter.removeExtension(PROBLEMS));
            }
            answers(codes).forEach((status, answer) -> operation.getResponses().addAPIResponse(status, answer));
        });
    }

    private static Set<ErrorCode> own(Operation operation) {
        Set<ErrorCode> codes = EnumSet.noneOf(ErrorCode.class);
        Object named = operation.getExtensions() == null
                ? null
                : operation.getExtensions().get(PROBLEMS);
        if (named != null) {
            Arrays.stream(named.toString().split(",", -1))
                    .map(name -> ErrorCode.valueOf(name.strip().toUpperCase(Locale.ROOT)))
                    .forEach(codes::add);
            operation.removeExtension(PROBLEMS);
        }
        return codes;
    }

    /** One answer for each status, with an example for each code. */
    private static Map<String, APIResponse> answers(Set<ErrorCode> codes) {
        Map<Integer, List<ErrorCode>> byStatus =
                codes.stream().collect(Collectors.groupingBy(ErrorCode::httpStatus, TreeMap::new, Collectors.toList()));
        Map<String, APIResponse> answers = new TreeMap<>();
        byStatus.forEach((status, ofStatus) -> {
            MediaType content = OASFactory.createMediaType()
                    .schema(OASFactory.createSchema().ref(PROBLEM));
            ofStatus.forEach(code -> content.addExample(
                    code.wireName(), OASFactory.createExample().ref(code.wireName())));
            answers.put(
                    status.toString(),
                    OASFactory.createAPIResponse()
                            .description(ofStatus.stream()
                                    .map(code -> code.wireName() + ": " + code.title())
                                    .collect(Collectors.joining("; ")))
                            .content(OASFactory.createContent().addMediaType(ProblemDocument.MEDIA_TYPE, content)));
        });
        return answers;
    }

    private static Example example(ErrorCode code) {
        Map<String, Object> problem = new TreeMap<>();
        problem.put("type", ProblemDocument.TYPES + code.wireName());
        problem.put("title", code.title());
        problem.put("status", code.httpStatus());
        problem.put("detail", code.advice());
        problem.put("code", code.wireName());
        problem.put("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736");
        return OASFactory.createExample().summary(code.title()).value(problem);
    }

    private static Parameter idempotencyKey() {
        return OASFactory.createParameter()
                .name("Idempotency-Key")
                .in(Parameter.In.HEADER)
                .description("Any text of up to 255 characters. Within 24 hours the same key with the same request gets"
                        + " the same answer, marked Idempotency-Replayed: true, and nothing is done twice.")
                .schema(text().maxLength(255))
                .example("order-4711");
    }

    private static Schema problem() {
        return OASFactory.createSchema()
                .addType(SchemaType.OBJECT)
                .description("Why a request was refused (RFC 9457)")
                .required(List.of("type", "title", "status", "detail", "code", "trace_id"))
                .addProperty(
                        "type", text().format("uri-reference").description("Where this kind of problem is explained"))
                .addProperty("title", text())
                .addProperty("status", OASFactory.createSchema().addType(SchemaType.INTEGER))
                .addProperty("detail", text())
                .addProperty("instance", text().format("uri-reference"))
                .addProperty(
                        "code",
                        text().description("For programs")
                                .enumeration(Arrays.stream(ErrorCode.values())
                                        .map(ErrorCode::wireName)
                                        .map(Object.class::cast)
                                        .toList()))
                .addProperty(
                        "errors",
                        OASFactory.createSchema()
                                .addType(SchemaType.ARRAY)
                                .items(OASFactory.createSchema().ref("Violation")))
                .addProperty("trace_id", text().description("The server's log speaks of the request under it"));
    }

    private static Schema violation() {
        return OASFactory.createSchema()
                .addType(SchemaType.OBJECT)
                .description("One thing in a request that does not fit")
                .required(List.of("pointer", "message"))
                .addProperty("pointer", text().description("JSON Pointer (RFC 6901) into the body"))
                .addProperty("message", text());
    }

    private static Schema text() {
        return OASFactory.createSchema().addType(SchemaType.STRING);
    }
}

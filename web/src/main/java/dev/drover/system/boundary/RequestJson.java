// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.boundary;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.DroverException.Violation;
import dev.drover.system.control.ErrorCode;
import dev.drover.system.control.Json;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bodies of requests, and takes nothing that it was not told of: no unknown or repeated field, no number where
 * a text belongs, nothing after the end. Whatever does not fit is named by its JSON Pointer (RFC 6901).
 */
final class RequestJson {

    private static final ObjectMapper MAPPER = ((JsonMapper) Json.MAPPER)
            .rebuild()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual, texts -> texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    private static final int LONGEST_MESSAGE = 200;

    private final Map<Type, ObjectReader> readers = new ConcurrentHashMap<>();

    /**
     * The value in the body; null when the body is empty or {@code null}.
     *
     * @throws DroverException when the body is not JSON or does not fit the type
     * @throws IOException when the body cannot be read
     */
    @Nullable
    Object read(Type type, InputStream body) throws IOException {
        ObjectReader reader = readers.computeIfAbsent(type, t -> MAPPER.readerFor(MAPPER.constructType(t)));
        try (JsonParser parser = reader.createParser(body)) {
            if (parser.nextToken() == null) {
                return null;
            }
            Object value = reader.readValue(parser);
            if (parser.nextToken() != null) {
                throw new DroverException(ErrorCode.INVALID_JSON, "Something follows the end of the JSON.");
            }
            return value;
        } catch (MismatchedInputException e) {
            throw new DroverException(ErrorCode.INVALID_REQUEST, "The body does not fit.", List.of(violation(e)));
        } catch (JsonMappingException e) {
            // What reading the body threw comes out of the data binding wrapped.
            if (e.getCause() instanceof DroverException refused) {
                throw refused;
            }
            if (e.getCause() instanceof InputCoercionException tooLarge) {
                Violation violation =
                        new Violation(pointer(e.getPath()), "must be " + nameOf(tooLarge.getTargetType()));
                throw new DroverException(ErrorCode.INVALID_REQUEST, "The body does not fit.", List.of(violation));
            }
            if (e.getCause() instanceof JsonProcessingException broken) {
                throw notJson(broken);
            }
            if (e.getCause() instanceof IOException unreadable) {
                throw unreadable;
            }
            throw notJson(e);
        } catch (JsonProcessingException e) {
            throw notJson(e);
        } catch (CharConversionException e) {
            throw new DroverException(ErrorCode.INVALID_JSON, "The body is not UTF-8.");
        }
    }

    private static DroverException notJson(JsonProcessingException e) {
        var where = e.getLocation();
        String place = where == null ? "" : " (line %d, column %d)".formatted(where.getLineNr(), where.getColumnNr());
        // Jackson adds where it began to read, and what: neither is for the caller.
        String message = e.getOriginalMessage().replaceFirst("(?s) \\((start marker|\\[Source).*", "");
        return new DroverException(ErrorCode.INVALID_JSON, abbreviated(message) + place);
    }

    private static String abbreviated(String message) {
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "…";
    }

    private static Violation violation(MismatchedInputException e) {
        String pointer = pointer(e.getPath());
        if (e instanceof UnrecognizedPropertyException unknown) {
            Collection<Object> known = unknown.getKnownPropertyIds();
            return new Violation(
                    pointer,
                    known == null || known.isEmpty()
                            ? "is not known"
                            : "is not known; known are "
                                    + String.join(
                                            ", ",
                                            known.stream()
                                                    .map(String::valueOf)
                                                    .sorted()
                                                    .toList()));
        }
        return new Violation(pointer, "must be " + nameOf(e.getTargetType()));
    }

    private static String pointer(List<JsonMappingException.Reference> path) {
        StringBuilder pointer = new StringBuilder();
        for (JsonMappingException.Reference step : path) {
            pointer.append('/');
            if (step.getFieldName() == null) {
                pointer.append(step.getIndex());
            } else {
                pointer.append(step.getFieldName().replace("~", "~0").replace("/", "~1"));
            }
        }
        return pointer.toString();
    }

    private static String nameOf(@Nullable Class<?> type) {
        if (type == null) {
            return "of another type";
        }
        JavaType java = MAPPER.constructType(type);
        if (type == String.class) {
            return "a text";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (type == Integer.class || type == Long.class || type == int.class || type == long.class) {
            return "a whole number" + (type == Integer.class || type == int.class ? " of at most 2147483647" : "");
        }
        if (Number.class.isAssignableFrom(type) || type == double.class) {
            return "a number";
        }
        if (java.isCollectionLikeType() || type.isArray() || ArrayNode.class.isAssignableFrom(type)) {
            return "a list";
        }
        return JsonNode.class.equals(type) ? "JSON" : "an object";
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.boundary;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.DroverException.Violation;
import dev.drover.system.control.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestJsonTest {

    record Inner(@Nullable Integer wholeNumber, @Nullable Double number) {}

    record Outer(
            @Nullable String text,
            @Nullable Boolean flag,
            @Nullable Inner inner,
            @Nullable ObjectNode anything,
            @Nullable List<Inner> list,
            @Nullable Map<String, String> texts) {}

    private final RequestJson json = new RequestJson();

    @Test
    void whatFitsIsReadInSnakeCase() throws IOException {
        Outer outer = read("{\"text\": \"ü\", \"inner\": {\"whole_number\": 7}, \"anything\": {\"a\": [1, null]}}");

        assertThat(outer.text()).isEqualTo("ü");
        assertThat(outer.inner()).isEqualTo(new Inner(7, null));
        assertThat(outer.anything()).hasToString("{\"a\":[1,null]}");
    }

    @Test
    void anEmptyBodyIsNothing() throws IOException {
        assertThat(json.read(Outer.class, body(""))).isNull();
        assertThat(json.read(Outer.class, body("  \n"))).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"nope\": 1}                         | /nope               | is not known",
                "{\"inner\": {\"nope\": 1}}            | /inner/nope         | is not known",
                "{\"list\": [{}, {\"a/b~c\": 1}]}      | /list/1/a~1b~0c     | is not known",
                "{\"text\": 5}                         | /text               | must be a text",
                "{\"text\": true}                      | /text               | must be a text",
                "{\"text\": {}}                        | /text               | must be a text",
                "{\"flag\": \"true\"}                  | /flag               | must be true or false",
                "{\"inner\": {\"whole_number\": \"5\"}}| /inner/whole_number | must be a whole number",
                "{\"inner\": {\"whole_number\": 5.5}}  | /inner/whole_number | must be a whole number",
                "{\"inner\": {\"whole_number\": 99999999999}} | /inner/whole_number | must be a whole number",
                "{\"inner\": {\"number\": \"x\"}}      | /inner/number       | must be a number",
                "{\"inner\": []}                       | /inner              | must be an object",
                "{\"anything\": [1]}                   | /anything           | must be an object",
                "{\"list\": {}}                        | /list               | must be a list",
                "{\"texts\": {\"a\": 1}}               | /texts/a            | must be a text",
                "[]                                    | ``                  | must be an object",
                "\"text\"                              | ``                  | must be an object",
            })
    void whatDoesNotFitIsNamedByItsPointer(String body, String pointer, String message) {
        DroverException refused = refused(body);

        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(refused.violations()).extracting(Violation::pointer).containsExactly(pointer);
        assertThat(refused.violations().getFirst().message()).startsWith(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"text\": }",
                "{\"text\": \"a\", \"text\": \"b\"}",
                "{\"anything\": {\"a\": 1, \"a\": 2}}",
                "{} {}",
                "nonsense",
                "{'text': 'a'}",
                "{\"text\": \"unfinished",
            })
    void whatIsNotJsonIsSaidToBeNone(String body) {
        assertThat(refused(body).code()).isEqualTo(ErrorCode.INVALID_JSON);
    }

    @Test
    void bytesThatAreNotUtf8AreNotJson() {
        InputStream latin1 = new ByteArrayInputStream("{\"text\": \"\u00fc\"}".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> json.read(Outer.class, latin1))
                .isInstanceOfSatisfying(
                        DroverException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_JSON));
    }

    @Test
    void nestingThatWouldOverflowTheStackIsRefused() {
        String deep = "{\"anything\": " + "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000) + "}";

        assertThat(refused(deep).code()).isEqualTo(ErrorCode.INVALID_JSON);
    }

    @Test
    void whatTheStreamThrowsComesOut() {
        InputStream tooLarge = new SequenceInputStream(body("{\"text\": \"a"), new InputStream() {
            @Override
            public int read() {
                throw new DroverException(ErrorCode.BODY_TOO_LARGE, "too large");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                return read();
            }
        });

        assertThatThrownBy(() -> json.read(Outer.class, tooLarge))
                .isInstanceOfSatisfying(
                        DroverException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BODY_TOO_LARGE));
    }

    private Outer read(String body) throws IOException {
        return (Outer) requireNonNull(json.read(Outer.class, body(body)), "no body");
    }

    private DroverException refused(String body) {
        return requireNonNull(
                catchThrowableOfType(DroverException.class, () -> json.read(Outer.class, body(body))), "not refused");
    }

    private static InputStream body(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}

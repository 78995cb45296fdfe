// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.system.control.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a viewer does, in the words of the DevTools protocol. */
class LiveInputTest {

    @Test
    void aLetterIsTypedAndAKeyIsOnlyPressed() {
        LiveInput letter = key("a", 65, 0);
        LiveInput enter = key("Enter", 13, 0);
        LiveInput tab = key("Tab", 9, 0);

        assertThat(letter.method()).isEqualTo("Input.dispatchKeyEvent");
        assertThat(letter.params().path("type").asText()).isEqualTo("keyDown");
        assertThat(letter.params().path("text").asText()).isEqualTo("a");
        assertThat(enter.params().path("text").asText()).isEqualTo("\r");
        assertThat(tab.params().path("type").asText()).isEqualTo("rawKeyDown");
        assertThat(tab.params().has("text")).isFalse();
        assertThat(tab.params().path("windowsVirtualKeyCode").asInt()).isEqualTo(9);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 10})
    void aShortcutTypesNothing(int modifiers) {
        LiveInput shortcut = key("a", 65, modifiers);

        assertThat(shortcut.params().path("type").asText()).isEqualTo("rawKeyDown");
        assertThat(shortcut.params().has("text")).isFalse();
        assertThat(shortcut.params().path("modifiers").asInt()).isEqualTo(modifiers);
    }

    @Test
    void aWheelTurnsBothWays() {
        LiveInput wheel =
                said("{\"type\":\"mouse\",\"event\":\"wheel\",\"x\":10,\"y\":20,\"delta_x\":-3,\"delta_y\":120}");

        assertThat(wheel.params().path("type").asText()).isEqualTo("mouseWheel");
        assertThat(wheel.params().path("deltaX").asDouble()).isEqualTo(-3);
        assertThat(wheel.params().path("deltaY").asDouble()).isEqualTo(120);
    }

    @Test
    void everyFingerHasItsPlace() {
        LiveInput touch = said("{\"type\":\"touch\",\"event\":\"start\",\"points\":[{\"x\":1,\"y\":2,\"id\":0},"
                + "{\"x\":3,\"y\":4,\"id\":1}]}");

        assertThat(touch.method()).isEqualTo("Input.dispatchTouchEvent");
        assertThat(touch.params().path("touchPoints")).hasSize(2);
        assertThat(touch.params().at("/touchPoints/1/y").asInt()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"type\":\"goto\",\"url\":\"file:///etc/passwd\"}",
                "{\"type\":\"goto\",\"url\":\" fi\\tle:///etc/passwd\"}",
                "{\"type\":\"goto\"}",
                "{\"type\":\"text\",\"text\":\"\"}",
                "{\"type\":\"mouse\",\"event\":\"shake\"}",
                "{\"type\":\"dance\"}",
                "[]",
            })
    void whatMakesNoSenseOrIsNotAllowedIsNotDone(String json) {
        assertThat(LiveInput.of(Json.read(json))).isEmpty();
    }

    private static LiveInput key(String key, int code, int modifiers) {
        return said("{\"type\":\"key\",\"event\":\"down\",\"key\":\"%s\",\"key_code\":%d,\"modifiers\":%d}"
                .formatted(key, code, modifiers));
    }

    private static LiveInput said(String json) {
        return LiveInput.of(Json.read(json)).orElseThrow();
    }
}

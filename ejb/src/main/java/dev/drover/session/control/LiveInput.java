// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.system.control.Json;
import java.util.Map;
import java.util.Optional;

/** What whoever is in control does, in the words of the DevTools protocol. */
record LiveInput(String method, ObjectNode params) {

    private static final Map<String, String> MOUSE =
            Map.of("move", "mouseMoved", "down", "mousePressed", "up", "mouseReleased", "wheel", "mouseWheel");
    private static final Map<String, String> KEY = Map.of("down", "rawKeyDown", "up", "keyUp");
    private static final Map<String, String> TOUCH =
            Map.of("start", "touchStart", "move", "touchMove", "end", "touchEnd", "cancel", "touchCancel");
    private static final int LONGEST_TEXT = 100_000;

    /** Empty for what makes no sense. */
    static Optional<LiveInput> of(JsonNode said) {
        String event = said.path("event").asText();
        return switch (said.path("type").asText()) {
            case "mouse" -> Optional.ofNullable(MOUSE.get(event)).map(type -> mouse(type, said));
            case "key" -> Optional.ofNullable(KEY.get(event)).map(type -> key(type, said));
            case "touch" -> Optional.ofNullable(TOUCH.get(event)).map(type -> touch(type, said));
            case "text" -> text(said.path("text").asText());
            case "goto" -> address(said.path("url").asText());
            case "reload" -> Optional.of(new LiveInput("Page.reload", Json.readObject("{}")));
            default -> Optional.empty();
        };
    }

    private static LiveInput mouse(String type, JsonNode said) {
        ObjectNode params = Json.readObject("{}");
        params.put("type", type)
                .put("x", said.path("x").asDouble())
                .put("y", said.path("y").asDouble())
                .put("modifiers", said.path("modifiers").asInt())
                .put("button", oneOf(said.path("button").asText(), "none", "left", "middle", "right"))
                .put("buttons", said.path("buttons").asInt())
                .put("clickCount", Math.clamp(said.path("clicks").asInt(1), 0, 3));
        if (type.equals("mouseWheel")) {
            params.put("deltaX", said.path("delta_x").asDouble())
                    .put("deltaY", said.path("delta_y").asDouble());
        }
        return new LiveInput("Input.dispatchMouseEvent", params);
    }

    private static LiveInput key(String type, JsonNode said) {
        ObjectNode params = Json.readObject("{}");
        String key = said.path("key").asText();
        params.put("type", type)
                .put("key", key)
                .put("code", said.path("code").asText())
                .put("windowsVirtualKeyCode", said.path("key_code").asInt())
                .put("modifiers", said.path("modifiers").asInt());
        boolean types = type.equals("rawKeyDown") && (key.codePointCount(0, key.length()) == 1 || key.equals("Enter"));
        boolean command = (said.path("modifiers").asInt() & 6) != 0; // Control or Meta
        if (types && !command) {
            params.put("type", "keyDown").put("text", key.equals("Enter") ? "\r" : key);
        }
        return new LiveInput("Input.dispatchKeyEvent", params);
    }

    private static LiveInput touch(String type, JsonNode said) {
        ObjectNode params = Json.readObject("{}");
        params.put("type", type).put("modifiers", said.path("modifiers").asInt());
        var points = params.putArray("touchPoints");
        for (JsonNode point : said.path("points")) {
            points.addObject()
                    .put("x", point.path("x").asDouble())
                    .put("y", point.path("y").asDouble())
                    .put("id", point.path("id").asInt());
        }
        return new LiveInput("Input.dispatchTouchEvent", params);
    }

    private static Optional<LiveInput> text(String text) {
        return text.isEmpty() || text.length() > LONGEST_TEXT
                ? Optional.empty()
                : Optional.of(
                        new LiveInput("Input.insertText", Json.readObject("{}").put("text", text)));
    }

    private static Optional<LiveInput> address(String url) {
        return url.isEmpty() || !DevToolsGuard.mayBeOpened(url)
                ? Optional.empty()
                : Optional.of(
                        new LiveInput("Page.navigate", Json.readObject("{}").put("url", url)));
    }

    private static String oneOf(String text, String... known) {
        for (String word : known) {
            if (word.equals(text)) {
                return word;
            }
        }
        return known[0];
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.MouseButton;
import java.util.Locale;

/** What a viewer does with mouse, keys and fingers, done with a page of any engine. What makes no sense is not done. */
final class PageInput {

    private static final int LONGEST_TEXT = 100_000;

    private PageInput() {}

    static void perform(Page page, JsonNode said) {
        String event = said.path("event").asText();
        switch (said.path("type").asText()) {
            case "mouse" -> mouse(page, event, said);
            case "touch" -> touch(page, event, said.path("points").path(0));
            case "key" -> key(page, event, said.path("key").asText());
            case "text" -> {
                String text = said.path("text").asText();
                if (text.length() <= LONGEST_TEXT) {
                    page.keyboard().insertText(text);
                }
            }
            case "reload" -> page.evaluate("() => location.reload()");
            default -> {
                // Not a word of the protocol, or not for pages of jobs.
            }
        }
    }

    private static void mouse(Page page, String event, JsonNode said) {
        Mouse mouse = page.mouse();
        mouse.move(said.path("x").asDouble(), said.path("y").asDouble());
        int clicks = Math.clamp(said.path("clicks").asInt(1), 1, 3);
        switch (event) {
            case "down" ->
                mouse.down(new Mouse.DownOptions().setButton(button(said)).setClickCount(clicks));
            case "up" -> mouse.up(new Mouse.UpOptions().setButton(button(said)).setClickCount(clicks));
            case "wheel" ->
                mouse.wheel(
                        said.path("delta_x").asDouble(), said.path("delta_y").asDouble());
            default -> {
                // It has moved.
            }
        }
    }

    private static MouseButton button(JsonNode said) {
        return switch (said.path("button").asText().toLowerCase(Locale.ROOT)) {
            case "middle" -> MouseButton.MIDDLE;
            case "right" -> MouseButton.RIGHT;
            default -> MouseButton.LEFT;
        };
    }

    /** One finger is a mouse: pages of jobs have a touch screen only where their identity has one. */
    private static void touch(Page page, String event, JsonNode point) {
        Mouse mouse = page.mouse();
        if (!point.isMissingNode()) {
            mouse.move(point.path("x").asDouble(), point.path("y").asDouble());
        }
        switch (event) {
            case "start" -> mouse.down();
            case "end", "cancel" -> mouse.up();
            default -> {
                // It has moved.
            }
        }
    }

    /** A character that no key of the driver's keyboard gives is entered as text. */
    private static void key(Page page, String event, String key) {
        Keyboard keyboard = page.keyboard();
        boolean character = key.codePointCount(0, key.length()) == 1;
        boolean onKeyboard = !character || (key.charAt(0) > ' ' && key.charAt(0) < 127) || key.equals(" ");
        if (event.equals("down")) {
            if (onKeyboard) {
                keyboard.down(key);
            } else {
                keyboard.insertText(key);
            }
        } else if (event.equals("up") && onKeyboard) {
            keyboard.up(key);
        }
    }
}

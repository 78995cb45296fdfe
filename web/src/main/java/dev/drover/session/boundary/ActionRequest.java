// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.browser.control.PageAction;
import dev.drover.browser.control.PageAction.Place;
import dev.drover.browser.control.PageVisit.Until;
import dev.drover.session.control.SessionActions;
import dev.drover.system.control.Checks;
import dev.drover.system.control.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One thing that is to be done with the page of a session. */
@Schema(name = "SessionAction", requiredProperties = "action", examples = """
                {"action": "click", "selector": "text=Sign in"}""")
public record ActionRequest(
        @Schema(
                enumeration = {
                    "goto",
                    "click",
                    "tap",
                    "type",
                    "fill",
                    "press",
                    "scroll",
                    "select",
                    "screenshot",
                    "evaluate",
                    "snapshot"
                })
        @Nullable
        String action,

        @Schema(format = "uri", description = "Of goto") @Nullable
        String url,

        @Schema(
                enumeration = {"commit", "domcontentloaded", "load"},
                description = "How far the page of goto has to be; load where nothing is said")
        @Nullable
        String waitUntil,

        @Schema(
                maxLength = 1000,
                description =
                        "A selector of Playwright: CSS, text=…, role=…. Actions with the mouse take a point instead,"
                                + " type and press what has the focus")
        @Nullable
        String selector,

        @Schema(description = "In CSS pixels from the left edge of the visible part") @Nullable
        Double x,

        @Schema(description = "In CSS pixels from its upper edge") @Nullable
        Double y,

        @Schema(enumeration = {"left", "right", "middle"}) @Nullable
        String button,

        @Schema(minimum = "1", maximum = "3", description = "2 for a double click") @Nullable
        Integer clicks,

        @Schema(maxLength = 100_000, description = "Of type and fill") @Nullable
        String text,

        @Schema(maxLength = 100, description = "Of press", examples = "Control+A") @Nullable
        String key,

        @Schema(description = "Of scroll, in CSS pixels") @Nullable
        Double deltaX,

        @Schema(description = "Of scroll, in CSS pixels") @Nullable
        Double deltaY,

        @Schema(description = "Of select: values or labels") @Nullable
        List<@Nullable String> values,

        @Schema(maxLength = 1_000_000, description = "Of evaluate: an expression, or a function that takes argument")
        @Nullable
        String expression,

        @Schema(type = SchemaType.OBJECT, implementation = Object.class, description = "Of evaluate: any JSON")
        @Nullable
        JsonNode argument,

        @Schema(description = "Of screenshot: the whole page, not its visible part") @Nullable
        Boolean fullPage,

        @Schema(minimum = "1", maximum = "100", description = "Of screenshot: a JPEG; a PNG where nothing is said")
        @Nullable
        Integer quality,

        @Schema(minimum = "1", maximum = "30", description = "10 where nothing is said") @Nullable
        Integer timeoutSeconds) {

    private static final List<String> ACTIONS = List.of(
            "goto", "click", "tap", "type", "fill", "press", "scroll", "select", "screenshot", "evaluate", "snapshot");

    private static final int LONGEST_URL = 8192;
    private static final int USUAL_SECONDS = 10;

    Duration limit() {
        return Duration.ofSeconds(timeoutSeconds == null ? USUAL_SECONDS : timeoutSeconds);
    }

    /** @throws dev.drover.system.control.DroverException that names everything that does not fit */
    PageAction checked() {
        Checks checks = new Checks();
        checks.within("/timeout_seconds", timeoutSeconds, 1, (int) SessionActions.LONGEST.toSeconds());
        checks.text("/selector", selector, 1000);
        String name = checks.oneOf("/action", checks.required("/action", action), ACTIONS);
        PageAction wanted = name == null ? null : of(name, checks);
        checks.refuseIfAny();
        if (wanted == null) {
            throw new IllegalStateException("an action that is known was not made");
        }
        return wanted;
    }

    private PageAction of(String name, Checks checks) {
        return switch (name) {
            case "goto" -> {
                String address = checks.required("/url", url);
                if (!address.isEmpty() && !address.equals("about:blank")) {
                    checks.webAddress("/url", address, LONGEST_URL);
                }
                String until = checks.oneOf("/wait_until", waitUntil, List.of("commit", "domcontentloaded", "load"));
                yield new PageAction.Goto(
                        address, until == null ? Until.LOAD : Until.valueOf(until.toUpperCase(Locale.ROOT)));
            }
            case "click" -> {
                String which = checks.oneOf("/button", button, List.of("left", "right", "middle"));
                checks.within("/clicks", clicks, 1, 3);
                yield new PageAction.Click(place(checks), which == null ? "left" : which, clicks == null ? 1 : clicks);
            }
            case "tap" -> new PageAction.Tap(place(checks));
            case "type" -> new PageAction.Type(selector, checks.required("/text", text));
            case "fill" -> new PageAction.Fill(checks.required("/selector", selector), text == null ? "" : text);
            case "press" -> new PageAction.Press(selector, checks.required("/key", key));
            case "scroll" ->
                new PageAction.Scroll(
                        new Place(selector, x == null ? 0 : x, y == null ? 0 : y),
                        deltaX == null ? 0 : deltaX,
                        deltaY == null ? 0 : deltaY);
            case "select" -> new PageAction.Select(checks.required("/selector", selector), options(checks));
            case "evaluate" ->
                new PageAction.Evaluate(checks.required("/expression", expression), Json.plain(argument));
            case "snapshot" -> new PageAction.Snapshot(selector == null ? "body" : selector);
            default -> {
                checks.within("/quality", quality, 1, 100);
                yield new PageAction.Screenshot(Boolean.TRUE.equals(fullPage), quality);
            }
        };
    }

    private Place place(Checks checks) {
        if (selector == null && (x == null || y == null)) {
            checks.violated("/selector", "a selector, or x and y");
        }
        return new Place(selector, x == null ? 0 : x, y == null ? 0 : y);
    }

    private List<String> options(Checks checks) {
        List<String> options = new ArrayList<>();
        if (values == null || values.isEmpty()) {
            checks.violated("/values", "is required");
            return options;
        }
        values.forEach(value -> options.add(value == null ? "" : value));
        return options;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.script;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.MouseButton;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.TaskFailure;
import dev.drover.task.control.script.Step.InlineFile;
import dev.drover.task.control.web.WebPage;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The steps that act on the page, each as soon as its element is ready for it. */
final class PageSteps {

    private final WebPage web;
    private final Page page;
    private final Variables variables;

    PageSteps(WebPage web, Variables variables) {
        this.web = web;
        this.page = web.page();
        this.variables = variables;
    }

    void go(Step.Goto step) {
        open(variables.fillIn(step.url()), step.waitUntil());
    }

    void open(String address, String waitUntil) {
        web.open(absolute(address), waitUntil);
    }

    void click(Step.Click step) {
        locator(step.selector())
                .click(new Locator.ClickOptions()
                        .setButton(MouseButton.valueOf(step.button().toUpperCase(Locale.ROOT)))
                        .setClickCount(step.count())
                        .setTimeout(millis(step)));
    }

    void fill(Step.Fill step) {
        locator(step.selector())
                .fill(variables.fillIn(step.value()), new Locator.FillOptions().setTimeout(millis(step)));
    }

    void select(Step.Select step) {
        String[] values = step.values().stream().map(variables::fillIn).toArray(String[]::new);
        locator(step.selector()).selectOption(values, new Locator.SelectOptionOptions().setTimeout(millis(step)));
    }

    void check(Step.Check step) {
        locator(step.selector()).setChecked(step.checked(), new Locator.SetCheckedOptions().setTimeout(millis(step)));
    }

    void press(Step.Press step) {
        String key = variables.fillIn(step.key());
        if (step.selector() == null) {
            page.keyboard().press(key);
        } else {
            locator(step.selector()).press(key, new Locator.PressOptions().setTimeout(millis(step)));
        }
    }

    void hover(Step.Hover step) {
        locator(step.selector()).hover(new Locator.HoverOptions().setTimeout(millis(step)));
    }

    void upload(Step.Upload step) {
        FilePayload[] files = step.files().stream().map(this::payload).toArray(FilePayload[]::new);
        locator(step.selector()).setInputFiles(files, new Locator.SetInputFilesOptions().setTimeout(millis(step)));
    }

    void waitFor(Step.WaitFor step) {
        locator(step.selector())
                .waitFor(new Locator.WaitForOptions()
                        .setState(WaitForSelectorState.valueOf(step.state().toUpperCase(Locale.ROOT)))
                        .setTimeout(millis(step)));
    }

    private Locator locator(Template selector) {
        return page.locator(variables.fillIn(selector)).first();
    }

    private double millis(Step step) {
        return web.millis(step.head().timeout());
    }

    private FilePayload payload(InlineFile file) {
        return new FilePayload(file.name(), file.contentType(), bytes(file.text(), file.base64()));
    }

    private byte[] bytes(@Nullable Template text, @Nullable String base64) {
        if (text != null) {
            return variables.fillIn(text).getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getDecoder().decode(base64 == null ? "" : base64);
        } catch (IllegalArgumentException e) {
            throw new TaskFailure(
                    ErrorCategory.INVALID_INPUT, "bad_base64", "The file's content is not Base64 (RFC 4648).", e);
        }
    }

    /** Variables and pages have a say in addresses, so they are checked here and not by a schema. */
    private String absolute(String address) {
        try {
            String base = page.url().startsWith("http") ? page.url() : "";
            URI uri = base.isEmpty() ? URI.create(address) : URI.create(base).resolve(address);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (scheme.equals("http") || scheme.equals("https")) {
                return uri.toString();
            }
        } catch (IllegalArgumentException e) {
            throw notAnAddress(address, e);
        }
        throw notAnAddress(address, null);
    }

    private static TaskFailure notAnAddress(String address, @Nullable Throwable cause) {
        return new TaskFailure(
                ErrorCategory.INVALID_INPUT,
                "bad_url",
                "'%s' is not an http or https address.".formatted(address),
                cause);
    }
}

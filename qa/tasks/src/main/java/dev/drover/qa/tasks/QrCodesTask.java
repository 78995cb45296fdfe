// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.zxing.BarcodeFormat;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.microsoft.playwright.Page;
import dev.drover.task.control.AutomationTask;
import dev.drover.task.control.QrCodes;
import dev.drover.task.control.TaskContext;
import dev.drover.task.control.TaskDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Shows a page whose QR code changes again and again. The codes read {@code code-0}, {@code code-1} and so on; the result
 * says when the page changed to each, in milliseconds since 1970.
 */
public final class QrCodesTask implements AutomationTask {

    private static final TaskDescriptor DESCRIPTOR =
            TaskDescriptor.fromResource(QrCodesTask.class, "qrcodes.task.json");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PAGE = page();
    private static final Duration VALID = Duration.ofMinutes(5);
    private static final double LOOK_MILLIS = 250;

    /** Time for the last code to be seen. */
    private static final double REST_MILLIS = 1_000;

    @Override
    public TaskDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public JsonNode run(TaskContext context) {
        ObjectNode params = context.params();
        int count = params.path("codes").asInt();
        Page page = context.page();
        page.setContent(PAGE);
        page.evaluate(
                "codes => prepare(codes)",
                IntStream.range(0, count).mapToObj(i -> rows("code-" + i)).toList());
        context.progress("showing", 50, "Showing codes");
        try (QrCodes codes = context.qr(page.locator("#code"), VALID)) {
            page.evaluate(
                    "order => show(order)",
                    Map.of(
                            "shownAs",
                            params.path("shown_as").asText(),
                            "every",
                            params.path("every_ms").asInt()));
            while (changes(page).size() < count) {
                codes.look();
                page.waitForTimeout(LOOK_MILLIS);
                context.checkCancelled();
            }
            page.waitForTimeout(REST_MILLIS);
        }
        return JSON.createObjectNode().set("changed_at", JSON.valueToTree(changes(page)));
    }

    private static List<?> changes(Page page) {
        return (List<?>) page.evaluate("changedAt");
    }

    /** The dark modules of a code, row by row. */
    private static List<String> rows(String text) {
        try {
            BitMatrix modules = new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 0, 0);
            return IntStream.range(0, modules.getHeight())
                    .mapToObj(y -> IntStream.range(0, modules.getWidth())
                            .mapToObj(x -> modules.get(x, y) ? "1" : "0")
                            .reduce("", String::concat))
                    .toList();
        } catch (WriterException e) {
            throw new IllegalArgumentException("no QR code can hold it", e);
        }
    }

    private static String page() {
        try (InputStream in = QrCodesTask.class.getResourceAsStream("qrcodes.html")) {
            if (in == null) {
                throw new IllegalStateException("qrcodes.html is not beside " + QrCodesTask.class.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.script;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.impl.TargetClosedError;
import dev.drover.task.control.ArtifactKind;
import dev.drover.task.control.TaskContext;
import dev.drover.task.control.TaskFailure;
import dev.drover.task.control.web.Extraction;
import dev.drover.task.control.web.Picture;
import dev.drover.task.control.web.WebPage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Runs one script on one page. The result holds an entry for every step with its time, and beside it what the script
 * extracted. When a step fails, the failure names it, and the job keeps a picture of the page at that moment
 * ({@code failure.png}) and the entries so far ({@code steps.json}).
 */
public final class ScriptRunner {

    private static final Duration BETWEEN_REPORTS = Duration.ofMillis(500);
    private static final double FAILURE_PICTURE_MILLIS = 5_000;

    private final TaskContext context;
    private final Script script;
    private final WebPage web;
    private final Variables variables;
    private final PageSteps pageSteps;
    private final Expectations expectations;
    private final StepLog log = new StepLog();
    private final ObjectNode extracted = JsonNodeFactory.instance.objectNode();
    private long lastReport;
    private int round;
    private boolean failing;

    public ScriptRunner(TaskContext context, Script script) {
        this.context = context;
        this.script = script;
        this.web = new WebPage(context);
        this.variables = new Variables(script.variables());
        this.pageSteps = new PageSteps(web, variables);
        this.expectations = new Expectations(web, variables);
    }

    /** Runs all steps and returns {@code {steps: […], …what was extracted}}. */
    public ObjectNode run() {
        Template startUrl = script.startUrl();
        if (startUrl != null) {
            String start = variables.fillIn(startUrl);
            context.progress("opening", 2, "Opening " + start);
            pageSteps.open(start, "load");
        }
        run(script.steps());
        return result();
    }

    private ObjectNode result() {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.set("steps", log.entries());
        result.setAll(extracted);
        return result;
    }

    private void run(List<Step> steps) {
        for (Step step : steps) {
            report(step.head());
            run(step);
        }
    }

    private void run(Step step) {
        StepLog.Entry entry = log.began(step.head(), round);
        try {
            boolean done = perform(step);
            entry.ended(done ? "passed" : "skipped");
        } catch (TaskFailure | PlaywrightException e) {
            entry.ended("failed");
            if (failing) {
                // A step around the one that failed, which is named already.
                throw e;
            }
            failing = true;
            context.found(result());
            keepTraces(e);
            throw StepFailures.explained(step, e);
        }
    }

    /** False when a condition did not hold, so that nothing was done. */
    private boolean perform(Step step) {
        switch (step) {
            case Step.Goto go -> pageSteps.go(go);
            case Step.Click click -> pageSteps.click(click);
            case Step.Fill fill -> pageSteps.fill(fill);
            case Step.Select select -> pageSteps.select(select);
            case Step.Check check -> pageSteps.check(check);
            case Step.Press press -> pageSteps.press(press);
            case Step.Hover hover -> pageSteps.hover(hover);
            case Step.Upload upload -> pageSteps.upload(upload);
            case Step.WaitFor wait -> pageSteps.waitFor(wait);
            case Step.ExpectText expect -> expectations.text(expect);
            case Step.ExpectVisible expect -> expectations.visible(expect);
            case Step.ExpectUrl expect -> expectations.url(expect);
            case Step.Screenshot screenshot -> keepPicture(screenshot);
            case Step.Extract extract -> extract(extract);
            case Step.SetVariable set -> variables.set(set.variable(), variables.fillIn(set.value()));
            case Step.IfVisible condition -> {
                boolean visible = expectations.isVisible(
                        condition.selector(), condition.head().timeout());
                run(visible ? condition.steps() : condition.otherwise());
                return visible || !condition.otherwise().isEmpty();
            }
            case Step.Repeat repeat -> repeat(repeat);
        }
        return true;
    }

    private void repeat(Step.Repeat repeat) {
        int outer = round;
        try {
            for (round = 1; round <= repeat.times(); round++) {
                variables.set("round", JsonNodeFactory.instance.numberNode(round));
                if (repeat.whileVisible() != null
                        && !expectations.isVisible(
                                repeat.whileVisible(), repeat.head().timeout())) {
                    return;
                }
                run(repeat.steps());
            }
        } finally {
            round = outer;
            variables.set("round", JsonNodeFactory.instance.numberNode(outer));
        }
    }

    private void extract(Step.Extract step) {
        ObjectNode read = new Extraction(web)
                .read(
                        (ObjectNode) variables.fillIn(step.fields()),
                        step.pointer(),
                        step.head().timeout());
        read.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (step.append() && value.isArray() && extracted.get(field.getKey()) instanceof ArrayNode before) {
                value = before.deepCopy().addAll((ArrayNode) value);
            }
            extracted.set(field.getKey(), value);
            variables.set(field.getKey(), value);
        });
    }

    private void keepPicture(Step.Screenshot step) {
        Picture picture = new Picture(web);
        byte[] png;
        if (step.selector() != null) {
            String selector = variables.fillIn(step.selector());
            png = picture.ofElement(web.visible(selector, step.head().timeout()), new Locator.ScreenshotOptions());
        } else {
            png = step.fullPage()
                    ? picture.ofPage(new Page.ScreenshotOptions().setFullPage(true))
                    : picture.ofViewport();
        }
        String name = step.file() != null ? step.file() : "step-" + step.head().index();
        String suffix = round > 1 ? "-" + round : "";
        context.attach(ArtifactKind.SCREENSHOT, name + suffix + ".png", "image/png", png);
    }

    private void keepTraces(RuntimeException e) {
        byte[] steps = log.entries().toPrettyString().getBytes(StandardCharsets.UTF_8);
        context.attach(ArtifactKind.RESULT, "steps.json", "application/json", steps);
        if (Thread.currentThread().isInterrupted() || e instanceof TargetClosedError) {
            return;
        }
        try {
            byte[] picture = web.page()
                    .screenshot(new Page.ScreenshotOptions()
                            .setTimeout(Math.min(FAILURE_PICTURE_MILLIS, web.millis(context.remaining()))));
            context.attach(ArtifactKind.SCREENSHOT, "failure.png", "image/png", picture);
        } catch (PlaywrightException withoutPicture) {
            context.log("No picture of the page where the script failed: the page does not answer.");
        }
    }

    /** Every report costs a write on the server, so fast steps share one. */
    private void report(StepHead head) {
        long now = System.nanoTime();
        if (lastReport != 0 && now - lastReport < BETWEEN_REPORTS.toNanos()) {
            context.checkCancelled();
            return;
        }
        lastReport = now;
        int top = Integer.parseInt(head.index().split("\\.", 2)[0]);
        double percent = 5 + 90.0 * (top - 1) / Math.max(1, script.steps().size());
        context.progress(
                "running",
                percent,
                "Step %s of %d: %s".formatted(head.index(), script.steps().size(), head.label()));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.script;

import static dev.drover.task.control.FakeTaskContext.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.task.control.ParamsCheck.Accepted;
import dev.drover.task.control.ParamsCheck.Refused;
import dev.drover.task.control.ParamsCheck.Violation;
import dev.drover.task.control.ParamsValidator;
import dev.drover.task.control.web.ScriptTask;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptSchemaTest {

    private final ParamsValidator validator =
            new ParamsValidator(new ScriptTask().descriptor().paramsSchema());

    @Test
    void itBeginsAtAnAddressOrGoesToOneFirst() {
        String violation = "is required unless the first step is a goto";

        assertThat(new ScriptTask().objections(json("{steps: [{action: 'goto', url: 'https://example.com/'}]}")))
                .isEmpty();
        assertThat(new ScriptTask()
                        .objections(json("{start_url: 'https://example.com/', steps: [{action: 'screenshot'}]}")))
                .isEmpty();
        assertThat(new ScriptTask().objections(json("{steps: [{action: 'screenshot'}]}")))
                .containsExactly(new Violation("/start_url", violation));
    }

    @Test
    void everyActionIsRead() {
        Accepted accepted = (Accepted) validator.check(json("""
                {
                  start_url: 'https://example.com/',
                  steps: [
                    {action: 'goto', url: '/a'}, {action: 'click', selector: 'a'}, {action: 'fill', selector: 'a', value: 'b'},
                    {action: 'select', selector: 'a', value: ['b', 'c']}, {action: 'check', selector: 'a'},
                    {action: 'press', key: 'Tab'}, {action: 'hover', selector: 'a'},
                    {action: 'upload', selector: 'a', files: [{name: 'a.txt', text: 'b'}, {name: 'c.bin', base64: 'AA=='}]},
                    {action: 'wait_for', selector: 'a', state: 'hidden'}, {action: 'expect_text', text: 'a'},
                    {action: 'expect_visible', selector: 'a'}, {action: 'expect_url', url: 'a'}, {action: 'screenshot'},
                    {action: 'extract', fields: {a: {selector: 'b'}}}, {action: 'set', variable: 'a', value: 1},
                    {action: 'if_visible', selector: 'a', steps: [{action: 'screenshot'}], else: [{action: 'screenshot'}]},
                    {action: 'repeat', times: 2, steps: [{action: 'screenshot', name: 'inner', timeout_seconds: 2.5}]}
                  ]
                }"""));

        Script script = ScriptParser.parse(accepted.params());

        assertThat(script.steps()).hasSize(17);
        assertThat(script.steps())
                .extracting(step -> step.getClass().getSimpleName())
                .doesNotHaveDuplicates();
        Step.Repeat repeat = (Step.Repeat) script.steps().getLast();
        assertThat(repeat.steps().getFirst().head().description()).isEqualTo("Step 17.1 (inner)");
        assertThat(repeat.steps().getFirst().head().timeout()).hasMillis(2500);
        assertThat(script.steps().get(1).head().description()).isEqualTo("Step 2 (click 'a')");
    }

    @Test
    void aMistakeInAStepIsPointedAtAndOnlyThat() {
        assertRefused("{action: 'click'}", "/steps/0/selector", "is required");
        assertRefused("{action: 'click', selector: 'a', value: 'b'}", "/steps/0/value", "is not a known field");
        assertRefused("{selector: 'a'}", "/steps/0/action", "is required");
        assertRefused(
                "{action: 'expect_url', url: 'a', match: 'is'}",
                "/steps/0/match",
                "must be one of contains, equals, matches");
        assertRefused(
                "{action: 'repeat', times: 2, steps: [{action: 'fill', selector: 'a'}]}",
                "/steps/0/steps/0/value",
                "is required");
        assertRefused(
                "{action: 'extract', fields: {a: {kind: 'b'}}}", "/steps/0/fields/a/kind", "is not a known field");
        assertRefused(
                "{action: 'upload', selector: 'a', files: [{name: 'b'}]}", "/steps/0/files/0/base64", "is required");
        assertRefused(
                "{action: 'upload', selector: 'a', files: [{name: 'b', text: '', base64: ''}]}",
                "/steps/0/files/0/base64",
                "does not go with the other fields here");
        assertRefused(
                "{action: 'screenshot', file: '../x'}",
                "/steps/0/file",
                "must be a file name of letters, digits, dots, dashes and underscores");
    }

    @Test
    void anUnknownActionIsAnsweredWithTheKnownOnes() {
        assertThat(check("{action: 'jump'}").violations()).singleElement().satisfies(violation -> {
            assertThat(violation.pointer()).isEqualTo("/steps/0/action");
            assertThat(violation.message()).startsWith("must be one of goto, click, fill");
        });
    }

    @Test
    void whatIsExtractedCannotHideTheSteps() {
        assertThat(check("{action: 'extract', fields: {steps: {selector: 'a'}}}")
                        .violations())
                .extracting(Violation::pointer)
                .containsExactly("/steps/0/fields/steps");
    }

    @Test
    void anAddressOfAnotherSchemeIsRefused() {
        assertThat(validator.check(json("{start_url: 'file:///etc/passwd', steps: [{action: 'screenshot'}]}")))
                .isEqualTo(new Refused(List.of(new Violation("/start_url", "must be an http or https address"))));
    }

    private void assertRefused(String step, String pointer, String message) {
        assertThat(check(step).violations()).containsExactly(new Violation(pointer, message));
    }

    private Refused check(String step) {
        return (Refused) validator.check(json("{start_url: 'https://example.com/', steps: [" + step + "]}"));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import dev.drover.qa.sites.SampleSites;
import dev.drover.task.control.BrowserForTests;
import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.FakeTaskContext;
import dev.drover.task.control.FakeTaskContext.Progress;
import dev.drover.task.control.FakeTaskContext.Ran;
import dev.drover.task.control.StepFailed;
import dev.drover.task.control.TaskFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BrowserForTests.class)
class ScriptTaskTest {

    private static final String LOG_IN = """
            {action: 'fill', selector: '#user', value: '${user}'},
            {action: 'fill', selector: '#password', value: 'harbour', name: 'give the password'},
            {action: 'press', key: 'Enter'},
            {action: 'expect_url', url: '/account$', match: 'matches'}""";

    private final SampleSites sites;
    private final Page page;

    ScriptTaskTest(SampleSites sites, Page page) {
        this.sites = sites;
        this.page = page;
    }

    @Test
    void aWholeBookingIsDoneFromLoginToConfirmation() throws Exception {
        Ran ran = run("/account/login", LOG_IN + """
                ,
                {action: 'hover', selector: '#menu'},
                {action: 'click', selector: '#menu li a'},
                {action: 'select', selector: '#berth', value: 'B7, north quay'},
                {action: 'check', selector: 'input[value=power]'},
                {action: 'check', selector: '#insured'},
                {action: 'check', selector: '#insured', checked: false},
                {action: 'fill', selector: '#note', value: 'for ${user}, literally $${user}'},
                {action: 'upload', selector: '#papers', files: [{name: 'papers.txt', text: 'All in order, ${user}.'}]},
                {action: 'check', selector: '#terms'},
                {action: 'click', selector: '#book'},
                {action: 'wait_for', selector: '#number'},
                {action: 'expect_text', selector: 'h1', text: 'Thank you', match: 'equals'},
                {action: 'expect_visible', selector: '#papers'},
                {action: 'expect_visible', selector: '#terms', visible: false},
                {action: 'extract', fields: {
                  number: {selector: '#number', type: 'integer'}, berth: {selector: '#berth'}, note: {selector: '#note'},
                  insured: {selector: '#insured', type: 'boolean'}, papers: {selector: '#papers'}}},
                {action: 'set', variable: 'summary', value: {text: 'no. ${number} at ${berth}'}},
                {action: 'expect_text', text: '${number}'},
                {action: 'screenshot', file: 'confirmation'}""");

        JsonNode result = ran.result();
        assertThat(result.get("number").asInt()).isGreaterThan(1000);
        assertThat(result.get("berth").asText()).isEqualTo("B7");
        assertThat(result.get("note").asText()).isEqualTo("for ada, literally ${user}");
        assertThat(result.get("insured").asBoolean()).isFalse();
        assertThat(result.get("papers").asText()).isEqualTo("papers.txt (18 bytes)");
        assertThat(result.get("steps")).hasSize(22);
        assertThat(result.get("steps")).allSatisfy(step -> {
            assertThat(step.get("status").asText()).isEqualTo("passed");
            assertThat(step.get("duration_ms").isIntegralNumber()).isTrue();
        });
        assertThat(result.get("steps").get(1).get("index").asText()).isEqualTo("2");
        assertThat(result.get("steps").get(1).get("name").asText()).isEqualTo("give the password");
        assertThat(ran.file("confirmation.png").contentType()).isEqualTo("image/png");
        assertThat(ran.context().progress).extracting(Progress::stage).containsOnly("opening", "running");
        assertThat(ran.context().progress.size()).isLessThan(15);
    }

    @Test
    void pagesAreWalkedThroughAndTheirRowsCollected() throws Exception {
        Ran ran = run("/shop", """
                {action: 'repeat', times: 10, steps: [
                  {action: 'extract', append: true, fields: {names: {selector: '.product h2', all: true}}},
                  {action: 'if_visible', selector: 'a[rel=next]', timeout_seconds: 0,
                   steps: [{action: 'click', selector: 'a[rel=next]'}],
                   else: [{action: 'set', variable: 'done', value: true}]},
                  {action: 'expect_text', selector: 'h1', text: 'Catalogue'}
                ]}""");

        assertThat(ran.result().get("names").size()).isGreaterThan(17);
        List<String> indexes = new ArrayList<>();
        ran.result().get("steps").forEach(step -> indexes.add(step.get("index").asText()));
        assertThat(indexes).contains("1", "1.1", "1.2", "1.2.1", "1.2.else.1", "1.3");
        assertThat(ran.result().get("steps").get(5).get("round").asInt()).isEqualTo(2);
    }

    @Test
    void aRepetitionEndsWhenItsElementHasGone() throws Exception {
        Ran ran = run("/shop", """
                {action: 'extract', append: true, fields: {names: {selector: '.product h2', all: true}}},
                {action: 'repeat', times: 10, while_visible: 'a[rel=next]', timeout_seconds: 2, steps: [
                  {action: 'click', selector: 'a[rel=next]'},
                  {action: 'extract', append: true, fields: {names: {selector: '.product h2', all: true}}}
                ]}""");

        assertThat(ran.result().get("names")).hasSize(17);
    }

    @Test
    void aConditionThatDoesNotHoldIsSkipped() throws Exception {
        Ran ran = run("/article", """
                {action: 'if_visible', selector: '#nowhere', timeout_seconds: 0.1, steps: [{action: 'click', selector: '#nowhere'}]},
                {action: 'if_visible', selector: '.cookie-banner', steps: [{action: 'click', selector: '.cookie-banner button'}]}""");

        assertThat(ran.result().get("steps")).hasSize(3);
        assertThat(ran.result().get("steps").get(0).get("status").asText()).isEqualTo("skipped");
        assertThat(ran.result().get("steps").get(1).get("status").asText()).isEqualTo("passed");
    }

    @Test
    void aRelativeAddressCountsFromThePageThatIsOpen() throws Exception {
        Ran ran = run(
                "/shop?page=2", "{action: 'goto', url: 'shop/item/3'}, {action: 'expect_text', text: 'Oilskin coat'}");

        assertThat(page.url()).isEqualTo(sites.url("/shop/item/3"));
        assertThat(ran.result().get("steps")).hasSize(2);
    }

    @Test
    void aFailureNamesItsStepAndKeepsAPicture() throws Exception {
        Ran ran = run("/article", """
                {action: 'expect_visible', selector: 'h1'},
                {action: 'click', selector: '#buy', name: 'buy it', timeout_seconds: 0.3}""");

        TaskFailure failure = ran.failure();
        assertThat(failure.category()).isEqualTo(ErrorCategory.MISSING_SELECTOR);
        assertThat(failure.code()).isEqualTo("element_not_found");
        assertThat(failure).hasMessage("Step 2 (buy it): no element that matches '#buy' came within 0.3 s.");
        assertThat(ran.file("failure.png").content()).startsWith(0x89, 'P', 'N', 'G');
        assertThat(new String(ran.file("steps.json").content(), java.nio.charset.StandardCharsets.UTF_8))
                .contains("\"passed\"", "\"failed\"");
    }

    @Test
    void aFailureInsideIsNamedOnceWithItsPath() throws Exception {
        Ran ran = run("/article", """
                {action: 'if_visible', selector: 'h1', steps: [
                  {action: 'repeat', times: 2, steps: [{action: 'expect_text', selector: 'h2', text: 'Nothing', timeout_seconds: 0.1}]}
                ]}""");

        assertThat(ran.failure())
                .hasMessage(
                        "Step 1.1.1 (expect_text 'h2'): expected text that contains 'Nothing' in 'h2', but it is 'The character of a light'.");
    }

    @Test
    void expectationsThatDoNotHoldAreACategoryOfTheirOwn() throws Exception {
        assertFails(
                "{action: 'expect_text', text: 'x', selector: '#no', timeout_seconds: 0.1}",
                "text_differs",
                "no element matches");
        assertFails("{action: 'expect_visible', selector: '#no', timeout_seconds: 0.1}", "not_visible", "'#no'");
        assertFails(
                "{action: 'expect_visible', selector: 'h1', visible: false, timeout_seconds: 0.1}",
                "still_visible",
                "'h1'");
        assertFails("{action: 'expect_url', url: '/shop', timeout_seconds: 0.1}", "url_differs", "/article");
    }

    @Test
    void whatElementsCannotDoIsSaid() throws Exception {
        assertInvalid("{action: 'fill', selector: 'h1', value: 'x'}", "wrong_element", "Element is not an <input>");
        assertInvalid("{action: 'press', key: 'Hyper+Q'}", "wrong_element", "Unknown key");
        assertInvalid("{action: 'click', selector: 'div[['}", "bad_selector", "'div[['");
        assertInvalid("{action: 'expect_text', text: '(', match: 'matches'}", "bad_expression", "'('");
        assertInvalid("{action: 'goto', url: 'file:///etc/passwd'}", "bad_url", "file:///etc/passwd");
        assertInvalid("{action: 'goto', url: '${nowhere}'}", "unknown_variable", "'nowhere'");
    }

    @Test
    void anElementThatStaysIsATimeout() throws Exception {
        TaskFailure failure = run(
                        "/article", "{action: 'wait_for', selector: 'h1', state: 'hidden', timeout_seconds: 0.1}")
                .failure();

        assertThat(failure.category()).isEqualTo(ErrorCategory.TIMEOUT);
        assertThat(failure.code()).isEqualTo("element_still_there");
    }

    @Test
    void anElementThatIsCoveredIsNotReady() throws Exception {
        page.addInitScript("""
                addEventListener('DOMContentLoaded', () => {
                  const cover = document.createElement('div');
                  cover.style = 'position: fixed; inset: 0; z-index: 9';
                  document.body.append(cover);
                })""");

        TaskFailure failure = run("/article", "{action: 'click', selector: 'h1', timeout_seconds: 3}")
                .failure();

        assertThat(failure.category()).isEqualTo(ErrorCategory.MISSING_SELECTOR);
        assertThat(failure.code()).isEqualTo("element_not_ready");
        assertThat(failure).hasMessageContaining("something lies over it");
    }

    @Test
    void anOptionThatIsNotThereIsSaid() throws Exception {
        TaskFailure failure = run("/account/login", LOG_IN + """
                ,
                {action: 'goto', url: '/sites/account/order'},
                {action: 'select', selector: '#berth', value: 'Z9', timeout_seconds: 0.3}""").failure();

        assertThat(failure.code()).isEqualTo("element_not_ready");
        assertThat(failure).hasMessageStartingWith("Step 6 (select '#berth'):").hasMessageContaining("no such option");
    }

    @Test
    void aStatusOf400OrMoreFailsItsStep() throws Exception {
        TaskFailure failure =
                run("/article", "{action: 'goto', url: '/sites/status/410'}").failure();

        assertThat(failure.category()).isEqualTo(ErrorCategory.HTTP_STATUS);
        assertThat(failure.code()).isEqualTo("http_410");
        assertThat(failure).hasMessageStartingWith("Step 1 (goto '/sites/status/410'):");
    }

    @Test
    void whatTheBrowserRefusesIsLeftToTheServerToNameWithItsStep() {
        assertThatThrownBy(() -> run("/article", "{action: 'goto', url: '/sites/redirect/loop'}"))
                .isInstanceOfSatisfying(StepFailed.class, failed -> assertThat(failed.step())
                        .isEqualTo("Step 1 (goto '/sites/redirect/loop')"))
                .hasMessageContaining("ERR_TOO_MANY_REDIRECTS");
    }

    @Test
    void withoutAStartAddressItBeginsWithItsFirstStep() throws InterruptedException {
        Ran ran = FakeTaskContext.run(
                new ScriptTask(),
                page,
                Duration.ofSeconds(30),
                "{steps: [{action: 'goto', url: '%s'}, {action: 'expect_visible', selector: 'h1'}]}"
                        .formatted(sites.url("/article")));

        assertThat(ran.result().path("steps")).hasSize(2);
    }

    private void assertFails(String step, String code, String words) throws InterruptedException {
        TaskFailure failure = run("/article", step).failure();
        assertThat(failure.category()).isEqualTo(ErrorCategory.EXPECTATION);
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure).hasMessageStartingWith("Step 1 (expect_").hasMessageContaining(words);
    }

    private void assertInvalid(String step, String code, String words) throws InterruptedException {
        TaskFailure failure = run("/article", step).failure();
        assertThat(failure.category()).isEqualTo(ErrorCategory.INVALID_INPUT);
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure).hasMessageStartingWith("Step 1 (").hasMessageContaining(words);
    }

    private Ran run(String path, String steps) throws InterruptedException {
        return FakeTaskContext.run(
                new ScriptTask(),
                page,
                Duration.ofSeconds(30),
                "{start_url: '%s', variables: {user: 'ada'}, steps: [%s]}".formatted(sites.url(path), steps));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.qr;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.drover.qa.sites.SampleSites;
import dev.drover.task.control.BrowserForTests;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Codes that a page shows, as they come out of it. */
@ExtendWith(BrowserForTests.class)
class QrStreamTest {

    private final List<QrStream.Code> codes = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"img", "file", "svg", "canvas"})
    void eachNewCodeIsToldOnceHoweverThePageDrawsIt(String kind, Page page, SampleSites sites) {
        openLogin(page, sites, "stream-" + kind, "qr=" + kind);

        QrStream stream = new QrStream(page, page.locator("#bankid-qr"), "codes", codes::add);
        page.waitForCondition(() -> codes.size() >= 3);

        assertThat(codes)
                .extracting(QrStream.Code::payload)
                .doesNotHaveDuplicates()
                .allMatch(text -> text.matches("bankid\\.[0-9a-f-]{36}\\.\\d+\\.[0-9a-f]{64}"));
        assertThat(stream.payload()).contains(codes.getLast().payload());
        assertThat(codes)
                .allSatisfy(code -> assertThat(QrReader.read(picture(code))).contains(code.payload()));
    }

    @Test
    void aCodeThatThePageDoesNotGiveAwayIsPhotographed(Page page, SampleSites sites) {
        String code = Base64.getEncoder().encodeToString(QrReader.draw("from another site"));
        page.setContent("<canvas id='c' width='400' height='400'></canvas><script>"
                + "const image = new Image(); image.onload = () => {"
                + " document.getElementById('c').getContext('2d').drawImage(image, 0, 0);"
                + " document.getElementById('c').toDataURL = () => { throw new Error('tainted'); }; };"
                + " image.src = 'data:image/png;base64," + code + "';</script>");

        QrStream stream = new QrStream(page, page.locator("#c"), "codes", codes::add);
        page.waitForCondition(() -> {
            stream.look();
            return !codes.isEmpty();
        });

        assertThat(codes).extracting(QrStream.Code::payload).containsExactly("from another site");
    }

    @Test
    void theElementMayComeLateAndGoAndComeAgain(Page page) {
        page.setContent("<main></main>");
        QrStream stream = new QrStream(page, page.locator("#qr"), "codes", codes::add);
        assertThat(codes).isEmpty();

        show(page, "one");
        awaitCodes(page, stream, 1);
        page.evaluate("document.querySelector('#qr').remove()");
        stream.retry(1);
        show(page, "two");
        awaitCodes(page, stream, 2);
        page.setContent("<main></main>");
        show(page, "three");
        awaitCodes(page, stream, 3);

        assertThat(codes).extracting(QrStream.Code::payload).containsExactly("one", "two", "three");
        assertThat(codes).extracting(QrStream.Code::retry).containsExactly(0, 1, 1);
    }

    @Test
    void whatIsNoCodeAndWhatWasClosedIsNotTold(Page page) {
        page.setContent("<main></main>");
        QrStream stream = new QrStream(page, page.locator("#qr"), "codes", codes::add);
        page.evaluate("codes('data:image/png;base64,????')");
        page.evaluate("codes('data:image/png;base64,iVBORw0KGgo=')");
        page.evaluate("codes(7)");
        page.evaluate("codes()");
        stream.close();
        show(page, "too late");
        stream.look();
        page.waitForTimeout(200);

        assertThat(codes).isEmpty();
    }

    private static void show(Page page, String text) {
        page.evaluate("""
                picture => document.querySelector('main').insertAdjacentHTML('beforeend',
                  `<div id="qr"><img src="data:image/png;base64,${picture}"></div>`)""", Base64.getEncoder().encodeToString(QrReader.draw(text)));
    }

    private void awaitCodes(Page page, QrStream stream, int count) {
        page.waitForCondition(() -> {
            stream.look();
            return codes.size() >= count;
        });
    }

    private static void openLogin(Page page, SampleSites sites, String scene, String script) {
        page.navigate(sites.url("/booking/control/script?scene=" + scene + "&" + script));
        page.navigate(sites.url("/booking/at/" + scene + "/login"));
        page.click("#annan-enhet");
        page.waitForSelector("#bankid-qr", new Page.WaitForSelectorOptions().setState(WaitForSelectorState.ATTACHED));
    }

    private static byte[] picture(QrStream.Code code) {
        return Base64.getDecoder().decode(code.dataUrl().substring("data:image/png;base64,".length()));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.boundary;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.browser.control.BrowserOptions;
import dev.drover.job.boundary.JobRequest.BrowserRequest;
import dev.drover.job.boundary.JobRequest.GeolocationRequest;
import dev.drover.job.boundary.JobRequest.RecordRequest;
import dev.drover.job.boundary.JobRequest.ViewportRequest;
import dev.drover.system.control.Checks;
import dev.drover.system.control.Json;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a job asked of its browser comes back as it was asked, so that it can be asked again. */
class BrowserChoicesTest {

    private static final BrowserRequest EVERYTHING = new BrowserRequest(
            "firefox",
            false,
            new ViewportRequest(800, 600),
            "sv-SE",
            "Europe/Stockholm",
            new GeolocationRequest(59.33, 18.07, 10.0),
            "Probe/1.0",
            "socks5://proxy.example.com:1080");

    @Test
    void theChoicesOfAStoredJobAreThoseOfItsRequest() {
        RecordRequest record = new RecordRequest("on_failure", "never", "always", null);

        BrowserOptions stored = stored(EVERYTHING, record);

        assertThat(BrowserChoices.browserOf(stored)).isEqualTo(EVERYTHING);
        assertThat(BrowserChoices.recordOf(stored.recording())).isEqualTo(record);
    }

    @Test
    void whatWasLeftToTheServerIsStillLeftToIt() {
        BrowserOptions stored = stored(new BrowserRequest(null, null, null, "sv-SE", null, null, null, null), null);

        assertThat(stored.headless()).isNull();
        assertThat(BrowserChoices.browserOf(stored).headless()).isNull();
        assertThat(BrowserChoices.recordOf(stored.recording())).isNull();
    }

    @Test
    void theCredentialsOfAProxyAreNotTold() {
        BrowserOptions stored = stored(
                new BrowserRequest(
                        null, null, null, null, null, null, null, "http://anna:s%40cret@proxy.example.com:3128"),
                null);

        assertThat(BrowserChoices.browserOf(stored).proxy()).isEqualTo("http://proxy.example.com:3128");
        assertThat(stored.capturedSession()).isEqualTo("shop-as-ada");
    }

    private static BrowserOptions stored(BrowserRequest browser, @Nullable RecordRequest record) {
        Checks checks = new Checks();
        @Nullable BrowserOptions asked = BrowserChoices.of(checks, browser, record, "shop-as-ada");
        checks.refuseIfAny();
        return Json.MAPPER.convertValue(Json.read(Json.write(requireNonNull(asked))), BrowserOptions.class);
    }
}

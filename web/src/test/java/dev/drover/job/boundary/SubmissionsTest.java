// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.drover.browser.control.BrowserOptions.Keep;
import dev.drover.job.control.JobSubmission;
import dev.drover.job.entity.JobPriority;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.DroverException.Violation;
import dev.drover.system.control.ErrorCode;
import dev.drover.system.control.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubmissionsTest {

    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void whatIsLeftOutIsLeftToTheServer() {
        JobSubmission submission = submission("{\"task\": \"screenshot\"}");

        assertThat(submission.task()).isEqualTo("screenshot");
        assertThat(submission.params()).isEmpty();
        assertThat(submission.priority()).isNull();
        assertThat(submission.browser()).isNull();
        assertThat(submission.timeout()).isNull();
        assertThat(submission.labels()).isEmpty();
    }

    @Test
    void everyFieldArrives() {
        JobSubmission submission = submission("""
                {"task": "screenshot", "params": {"url": "https://example.com/"}, "priority": "urgent",
                 "browser": {"engine": "firefox", "headless": false, "viewport": {"width": 800, "height": 600},
                             "locale": "sv-SE", "timezone": "Europe/Stockholm",
                             "geolocation": {"latitude": 59.33, "longitude": 18.07},
                             "user_agent": "Probe/1.0", "proxy": "socks5://proxy.example.com:1080"},
                 "record": {"trace": "on_failure", "har": "always"},
                 "timeout_seconds": 30, "max_attempts": 2, "not_before": "2030-01-01T02:00:00+02:00",
                 "ttl_seconds": 60, "webhook_url": "https://example.com/hook", "labels": {"team": "shop"},
                 "user_id": "anna"}""");

        assertThat(submission.priority()).isEqualTo(JobPriority.URGENT);
        assertThat(submission.timeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(submission.maxAttempts()).isEqualTo(2);
        assertThat(submission.notBefore()).isEqualTo(Instant.parse("2030-01-01T00:00:00Z"));
        assertThat(submission.ttl()).isEqualTo(Duration.ofMinutes(1));
        assertThat(submission.webhookUrl()).isEqualTo("https://example.com/hook");
        assertThat(submission.labels()).containsEntry("team", "shop");
        assertThat(submission.user()).isEqualTo("anna");
        assertThat(submission.browser()).satisfies(browser -> {
            assertThat(browser.engine()).isEqualTo("firefox");
            assertThat(browser.headless()).isFalse();
            assertThat(browser.recording().trace()).isEqualTo(Keep.ON_FAILURE);
            assertThat(browser.recording().video()).isNull();
            assertThat(browser.recording().har()).isEqualTo(Keep.ALWAYS);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                                        | /task",
                "{\"task\": \"a\", \"priority\": \"HIGH\"}                 | /priority",
                "{\"task\": \"a\", \"timeout_seconds\": 0}                 | /timeout_seconds",
                "{\"task\": \"a\", \"max_attempts\": 101}                  | /max_attempts",
                "{\"task\": \"a\", \"ttl_seconds\": -1}                    | /ttl_seconds",
                "{\"task\": \"a\", \"not_before\": \"tomorrow\"}           | /not_before",
                "{\"task\": \"a\", \"not_before\": \"2030-01-01T00:00:00\"}| /not_before",
                "{\"task\": \"a\", \"webhook_url\": \"ftp://example.com\"} | /webhook_url",
                "{\"task\": \"a\", \"webhook_url\": \"https://\"}          | /webhook_url",
                "{\"task\": \"a\", \"user_id\": \"\"}                      | /user_id",
                "{\"task\": \"a\", \"labels\": {\"a:b\": \"c\"}}           | /labels/a:b",
                "{\"task\": \"a\", \"labels\": {\"a\": null}}              | /labels/a",
                "{\"task\": \"a\", \"browser\": {\"engine\": \"opera\"}}   | /browser/engine",
                "{\"task\": \"a\", \"browser\": {\"viewport\": {\"width\": 100}}} | /browser/viewport/height",
                "{\"task\": \"a\", \"browser\": {\"timezone\": \"Mars\"}}  | /browser/timezone",
                "{\"task\": \"a\", \"browser\": {\"locale\": \"s-\"}}      | /browser/locale",
                "{\"task\": \"a\", \"browser\": {\"proxy\": \"proxy:80\"}} | /browser/proxy",
                "{\"task\": \"a\", \"browser\": {\"geolocation\": {\"latitude\": 91, \"longitude\": 0}}} | /browser/geolocation/latitude",
                "{\"task\": \"a\", \"record\": {\"video\": \"sometimes\"}} | /record/video",
            })
    void whatDoesNotFitIsNamed(String body, String pointer) {
        DroverException refused = refused(body);

        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(refused.violations()).extracting(Violation::pointer).containsExactly(pointer);
    }

    @Test
    void everythingThatDoesNotFitIsNamedAtOnce() {
        DroverException refused = refused("{\"priority\": \"now\", \"timeout_seconds\": 0}");

        assertThat(refused.violations())
                .extracting(Violation::pointer)
                .containsExactly("/task", "/priority", "/timeout_seconds");
    }

    @Test
    void aTraceIsTakenOver() {
        assertThat(submission("{\"task\": \"a\"}", TRACE).traceParent()).isEqualTo(TRACE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01"
            })
    void aTraceThatIsNoneIsLeftOut(String traceParent) {
        assertThat(submission("{\"task\": \"a\"}", traceParent).traceParent()).isNull();
    }

    @Test
    void theReservedIdBecomesTheJobs() {
        UUID reserved = UUID.randomUUID();

        assertThat(Submissions.of(request("{\"task\": \"a\"}"), reserved, null).id())
                .isEqualTo(reserved);
    }

    private static JobSubmission submission(String body) {
        return submission(body, null);
    }

    private static JobSubmission submission(String body, @Nullable String traceParent) {
        return Submissions.of(request(body), null, traceParent);
    }

    private static DroverException refused(String body) {
        return catchThrowableOfType(DroverException.class, () -> submission(body));
    }

    private static JobRequest request(String body) {
        try {
            return Json.MAPPER.readValue(body, JobRequest.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.qa.sites.SampleSites;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Every task that comes with Drover, from the request to the result and its files. */
@EndToEnd
class WebTasksTest {

    private final Api api;
    private final SampleSites sites;

    WebTasksTest(Api api, SampleSites sites) {
        this.api = api;
        this.sites = sites;
    }

    @Test
    void allTasksAreListedWithSchemaAndExample() {
        List<JsonNode> tasks = Json.list(api.get("/tasks").json().path("items"));

        assertThat(Json.texts(tasks, "name")).contains("screenshot", "pdf", "content", "extract", "script", "noop");
        assertThat(tasks).allSatisfy(task -> {
            assertThat(task.path("title").asText()).isNotEmpty();
            assertThat(task.path("params_schema").path("type").asText()).isEqualTo("object");
            assertThat(task.path("example").isObject()).isTrue();
            assertThat(task.path("stages").isArray()).isTrue();
            assertThat(task.path("engines").isArray()).isTrue();
        });
    }

    @Test
    void aScreenshotIsAPictureOfTheSizeThatWasAskedFor() throws IOException {
        JsonNode job = api.succeeded("{task: 'screenshot', params: {url: '%s', viewport: {width: 640, height: 360}}}"
                .formatted(sites.url("/article")));

        assertThat(job.path("result").path("title").asText()).startsWith("How a lighthouse keeps time");
        assertThat(job.path("result").path("url").asText()).isEqualTo(sites.url("/article"));
        assertThat(job.path("browser_type").asText()).isEqualTo("chromium");
        var picture = ImageIO.read(new ByteArrayInputStream(file(job, "image/png")));
        assertThat(picture.getWidth()).isEqualTo(640);
        assertThat(picture.getHeight()).isEqualTo(360);
    }

    @Test
    void aFullPageIsLongerThanTheWindow() throws IOException {
        JsonNode job =
                api.succeeded("{task: 'screenshot', params: {url: '%s', full_page: true, format: 'jpeg', quality: 60}}"
                        .formatted(sites.url("/article")));

        assertThat(ImageIO.read(new ByteArrayInputStream(file(job, "image/jpeg")))
                        .getHeight())
                .isGreaterThan(1000);
    }

    @Test
    void aPdfIsAPdf() {
        JsonNode job =
                api.succeeded("{task: 'pdf', params: {url: '%s', format: 'A4'}}".formatted(sites.url("/article")));

        assertThat(new String(file(job, "application/pdf"), 0, 5, StandardCharsets.ISO_8859_1))
                .isEqualTo("%PDF-");
        assertThat(job.path("result").path("title").asText()).startsWith("How a lighthouse keeps time");
    }

    @Test
    void contentIsTheArticleAsMarkdownWithoutWhatSurroundsIt() {
        JsonNode result = api.succeeded("{task: 'content', params: {url: '%s'}}".formatted(sites.url("/article")))
                .path("result");

        assertThat(result.path("format").asText()).isEqualTo("markdown");
        assertThat(result.path("content").asText())
                .contains("## The character of a light", "| Grey Point |", "```python", "1. Wind the weight.")
                .doesNotContain("cookies", "oilskins at half price");
    }

    @Test
    void extractGivesNestedRecordsAndWaitsForWhatComesLate() {
        JsonNode result = api.succeeded("""
                {task: 'extract', params: {url: '%s', fields: {
                  products: {selector: 'article.product', all: true, fields: {
                    sku: {selector: ':scope', attribute: 'data-sku'},
                    price: {selector: '.price', attribute: 'data-amount', type: 'number'},
                    reviews: {selector: '.review', all: true, optional: true, fields: {author: {selector: '.author'}}}
                  }}}}}""".formatted(sites.url("/shop"))).path("result");
        JsonNode late = api.succeeded(
                        "{task: 'extract', params: {url: '%s', fields: {late: {selector: '#late li', all: true}}}}"
                                .formatted(sites.url("/late?ms=700")))
                .path("result");

        assertThat(result.path("products")).hasSize(6);
        JsonNode second = result.path("products").path(1);
        assertThat(second.path("sku").asText()).isEqualTo("HB-002");
        assertThat(second.path("price").asDouble()).isEqualTo(19.0);
        assertThat(second.path("reviews").path(0).path("author").asText()).isEqualTo("Mira");
        assertThat(late.path("late").toString()).isEqualTo("[\"first\",\"second\"]");
    }

    @Test
    void aScriptLogsInFillsAFormAndReadsTheConfirmation() {
        JsonNode job = api.succeeded("""
                {task: 'script', params: {start_url: '%s', steps: [
                  {action: 'fill', selector: '#user', value: 'ada'},
                  {action: 'fill', selector: '#password', value: 'harbour'},
                  {action: 'click', selector: 'button', name: 'log in'},
                  {action: 'goto', url: '/sites/account/order'},
                  {action: 'select', selector: '#berth', value: 'B7, north quay'},
                  {action: 'check', selector: '#terms'},
                  {action: 'click', selector: '#book'},
                  {action: 'expect_text', selector: 'h1', text: 'Thank you'},
                  {action: 'extract', fields: {number: {selector: '#number', type: 'integer'}}},
                  {action: 'screenshot', file: 'confirmation'}
                ]}}""".formatted(sites.url("/account/login")));

        assertThat(job.path("result").path("number").asInt()).isGreaterThan(1000);
        assertThat(Json.list(job.path("result").path("steps"))).hasSize(10).allSatisfy(step -> {
            assertThat(step.path("status").asText()).isEqualTo("passed");
            assertThat(step.path("duration_ms").isNumber()).isTrue();
        });
        assertThat(file(job, "image/png")).isNotEmpty();
    }

    @Test
    void aScriptThatFailsNamesTheStepAndLeavesAPictureOfThePage() {
        String id = api.submit("""
                {task: 'script', params: {start_url: '%s', steps: [
                  {action: 'expect_visible', selector: 'h1'},
                  {action: 'click', selector: '#nothing', timeout_seconds: 1}
                ]}}""".formatted(sites.url("/article")));

        JsonNode job = api.ended(id);

        assertThat(job.path("error").path("category").asText()).isEqualTo("missing_selector");
        assertThat(job.path("error").path("message").asText()).contains("Step 2", "#nothing");
        assertThat(Json.texts(Json.list(job.path("artifacts")), "name")).contains("failure.png", "steps.json");
    }

    private byte[] file(JsonNode job, String contentType) {
        JsonNode artifact = Json.list(job.path("artifacts")).stream()
                .filter(it -> it.path("content_type").asText().equals(contentType))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + contentType + " in " + job.path("artifacts")));
        return api.get("/" + artifact.path("url").asText()).body();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.drover.qa.sites.SampleSites;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages of sessions that are used over REST, and watched, by those who have no client of their own. */
@EndToEnd
class SessionActionsTest {

    private static final int RED = 0xcc0000;
    private static final int GREEN = 0x008800;
    private static final int WHITE = 0xffffff;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Api api;
    private final SampleSites sites;
    private final List<String> opened = new ArrayList<>();

    SessionActionsTest(Api api, SampleSites sites) {
        this.api = api;
        this.sites = sites;
    }

    @AfterEach
    void end() {
        opened.forEach(id -> api.delete("/sessions/" + id));
    }

    @Test
    void aFormIsFilledInWithoutAClient() {
        String session = open("{}").path("id").asText();

        JsonNode page = act(session, "{action: 'goto', url: '%s'}".formatted(sites.url("/desk")));
        assertThat(page.path("url").asText()).isEqualTo(sites.url("/desk"));
        assertThat(page.path("title").asText()).isEqualTo("Desk");
        act(session, "{action: 'click', x: 100, y: 270}");
        act(session, "{action: 'type', text: 'Ada'}");
        act(session, "{action: 'press', key: 'Control+A'}");
        act(session, "{action: 'press', key: 'Backspace'}");
        act(session, "{action: 'type', selector: '#name', text: 'Åsa'}");
        act(session, "{action: 'tap', selector: '#switch'}");
        assertThat(evaluated(session, "document.getElementById('said').textContent"))
                .isEqualTo("Hello Åsa");
        assertThat(act(session, "{action: 'snapshot'}").path("value").asText())
                .contains("button \"Switch\"")
                .contains("textbox \"Name\"");
        assertThat(act(session, "{action: 'snapshot'}").path("title").asText()).isEqualTo("Desk, switched");

        act(session, "{action: 'goto', url: '%s', wait_until: 'domcontentloaded'}".formatted(sites.url("/article")));
        act(session, "{action: 'scroll', delta_y: 400}");
        assertThat(act(
                                session,
                                "{action: 'evaluate', expression: '(by) => new Promise(r => setTimeout("
                                        + "() => r(by + (scrollY > 0)), 300))', argument: 'scrolled '}")
                        .path("value")
                        .asText())
                .isEqualTo("scrolled true");
    }

    @Test
    void optionsAreChosenByValueOrLabel() {
        String session = open("{start_url_wait: 'none'}").path("id").asText();
        act(session, "{action: 'goto', url: '%s'}".formatted(sites.url("/blank")));
        act(
                session,
                "{action: 'evaluate', expression: \"document.body.innerHTML = '<select><option value=A1>Inner"
                        + "<option value=B7>Quay</select>'\"}");

        assertThat(act(session, "{action: 'select', selector: 'select', values: ['Quay']}")
                        .at("/value/0")
                        .asText())
                .isEqualTo("B7");
        assertThat(act(session, "{action: 'select', selector: 'select', values: ['A1']}")
                        .at("/value/0")
                        .asText())
                .isEqualTo("A1");
    }

    @Test
    void picturesAreThoseOfThePage() throws IOException {
        String session = open("{browser: {viewport: {width: 800, height: 600}}}")
                .path("id")
                .asText();
        act(session, "{action: 'goto', url: '%s'}".formatted(sites.url("/desk")));

        Reply png = api.get("/sessions/" + session + "/screenshot");
        assertThat(png.header("Content-Type")).isEqualTo("image/png");
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png.body()));
        assertThat(picture.getWidth()).isEqualTo(800);
        assertThat(picture.getRGB(600, 300) & 0xffffff).isEqualTo(RED);
        Reply jpeg = api.get("/sessions/" + session + "/screenshot?quality=30");
        assertThat(jpeg.header("Content-Type")).isEqualTo("image/jpeg");
        assertThat(ImageIO.read(new ByteArrayInputStream(jpeg.body())).getHeight())
                .isEqualTo(600);
        JsonNode taken = act(session, "{action: 'screenshot', full_page: true}");
        assertThat(taken.path("content_type").asText()).isEqualTo("image/png");
        assertThat(Base64.getDecoder().decode(taken.path("image").asText())).startsWith(0x89, 'P', 'N', 'G');
        assertThat(api.get("/sessions/" + session + "/screenshot?quality=0").status())
                .isEqualTo(422);
    }

    @Test
    void whatThePageLookedLikeIsKept() throws IOException {
        JsonNode opened = open("{browser: {viewport: {width: 800, height: 600}}}");
        String session = opened.path("id").asText();
        act(session, "{action: 'goto', url: '%s'}".formatted(sites.url("/desk")));

        JsonNode frames = await().atMost(PATIENCE)
                .until(
                        () -> api.get("/sessions/" + session + "/frames").json(),
                        found -> found.path("items").size() > 0);

        JsonNode frame = frames.path("items").path(frames.path("items").size() - 1);
        Reply picture = api.get("/" + frame.path("image_url").asText());
        assertThat(picture.header("Content-Type")).isEqualTo("image/jpeg");
        assertThat(picture.body()).hasSize(frame.path("size_bytes").asInt());
        int colour = ImageIO.read(new ByteArrayInputStream(picture.body())).getRGB(600, 300);
        assertThat(colour >> 16 & 0xff).as("red of %x", colour).isGreaterThan(150);
        assertThat(colour & 0xff).as("blue of %x", colour).isLessThan(100);

        api.delete("/sessions/" + session);
        JsonNode images = api.post(
                        "/hosts/self/restart-images",
                        "{device_id: '%s', timeframe_minutes: 5, max_frames: 100}".formatted(session))
                .json();
        assertThat(images.path("success").asBoolean()).isTrue();
        assertThat(images.at("/frames/0/image_url").asText()).startsWith("/api/v1/sessions/" + session + "/frames/");
        assertThat(api.post("/hosts/self/restart-images", "{device_id: '%s', start_index: 50}".formatted(session))
                        .json()
                        .path("frames"))
                .isEmpty();
        assertThat(api.get("/sessions/" + session + "/frames/1").status()).isEqualTo(404);
        assertThat(api.get("/sessions/" + session + "/frames?limit=0").status()).isEqualTo(422);
        assertThat(api.post("/hosts/self/restart-images", "{max_frames: 0}").text())
                .contains("/max_frames");
    }

    @Test
    void whatAPageDoesNotTakeIsToldAndTheSessionGoesOn() {
        String session = open("{}").path("id").asText();
        act(session, "{action: 'goto', url: '%s'}".formatted(sites.url("/desk")));

        assertThat(refused(session, "{action: 'click', selector: '#nothing', timeout_seconds: 1}"))
                .isEqualTo("action_timeout");
        assertThat(refused(session, "{action: 'evaluate', expression: 'no.such.thing'}"))
                .isEqualTo("action_failed");
        assertThat(refused(session, "{action: 'goto', url: 'http://10.255.255.1/'}"))
                .isEqualTo("action_failed");
        assertThat(refused(session, "{action: 'evaluate', expression: '() => { while (true); }', timeout_seconds: 1}"))
                .isEqualTo("action_timeout");

        // The page hangs for good; the session is not lost with it.
        JsonNode ended = api.delete("/sessions/" + session).json();
        assertThat(ended.path("close_reason").asText()).isEqualTo("deleted");
        assertThat(refused(session, "{action: 'snapshot'}")).isEqualTo("session_ended");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | /action",
                "{action: 'dance'} | /action",
                "{action: 'goto'} | /url",
                "{action: 'goto', url: 'file:///etc/passwd'} | /url",
                "{action: 'click'} | /selector",
                "{action: 'click', x: 1, y: 1, clicks: 9} | /clicks",
                "{action: 'click', x: 1, y: 1, button: 'fourth'} | /button",
                "{action: 'type'} | /text",
                "{action: 'press'} | /key",
                "{action: 'select', selector: 'select'} | /values",
                "{action: 'evaluate'} | /expression",
                "{action: 'screenshot', quality: 101} | /quality",
                "{action: 'snapshot', timeout_seconds: 31} | /timeout_seconds",
                "{action: 'snapshot', script: 1} | /script",
            })
    void whatDoesNotFitIsNamed(String body, String pointer) {
        Reply reply = api.post("/sessions/01980c8e-7f3a-7cc1-b4a5-2c5b8d1f0e6a/actions", body);

        assertThat(reply.status()).as(reply.text()).isEqualTo(422);
        assertThat(reply.json().path("errors").findValuesAsText("pointer")).contains(pointer);
    }

    @Test
    void manyWatchASessionAndOneOfThemUsesIt() {
        JsonNode session = open("{start_url: '%s'}".formatted(sites.url("/desk")));
        String address = session.path("live_view_url").asText();

        try (LiveViewer first = LiveViewer.open(address);
                LiveViewer second = LiveViewer.open(address);
                LiveViewer deaf = LiveViewer.openWithoutReading(address)) {
            first.sees(RED, 600, 300);
            second.sees(RED, 600, 300);
            assertThat(first.told("size").path("width").asInt()).isEqualTo(1280);

            second.click(100, 100); // Is not in control.
            first.click(100, 270);
            first.press("A");
            first.say("{type: 'text', text: 'da Löv'}");
            first.click(100, 100);
            first.sees(GREEN, 600, 300);
            second.sees(GREEN, 600, 300);
            first.told("page", page -> page.path("url").asText().equals(sites.url("/desk")));
            assertThat(evaluated(session.path("id").asText(), "document.getElementById('said').textContent"))
                    .isEqualTo("Hello Ada Löv");

            second.say("{type: 'take_control'}");
            second.told("control", told -> told.path("yours").asBoolean());
            first.told("control", told -> !told.path("yours").asBoolean());
            second.say("{type: 'goto', url: 'file:///etc/passwd'}");
            second.say("{type: 'goto', url: '%s'}".formatted(sites.url("/blank")));
            second.sees(WHITE, 600, 300);
            first.told("page", page -> page.path("url").asText().equals(sites.url("/blank")));
            assertThat(deaf.hasPicture()).isFalse();

            api.delete("/sessions/" + session.path("id").asText());
            assertThat(first.closeCode()).isEqualTo(1000);
            assertThat(second.closeCode()).isEqualTo(1000);
        }
    }

    @Test
    void theLiveViewNeedsTheTokenOfItsSession() {
        String address = open("{}").path("live_view_url").asText();
        String other = open("{}").path("live_view_url").asText();
        String bare = address.replaceFirst("\\?.*", "");

        for (String wrong : List.of(bare, bare + "?token=nonsense", bare + other.replaceFirst("[^?]*", ""))) {
            try (LiveViewer viewer = LiveViewer.open(wrong)) {
                assertThat(viewer.closeCode()).as(wrong).isEqualTo(4001);
                assertThat(viewer.hasPicture()).isFalse();
            }
        }
    }

    @Test
    void actionsGoOnBesideAClient() {
        JsonNode session = open("{start_url: '%s', start_url_wait: 'load'}".formatted(sites.url("/desk")));
        String id = session.path("id").asText();

        try (Playwright playwright = StockClient.start()) {
            Page page = playwright
                    .chromium()
                    .connect(session.path("ws_endpoint").asText())
                    .contexts()
                    .getFirst()
                    .pages()
                    .getFirst();
            page.waitForURL(sites.url("/desk"));
            act(id, "{action: 'click', selector: '#switch'}");
            assertThat(page.title()).isEqualTo("Desk, switched");
            page.fill("#name", "Eva");
            assertThat(evaluated(id, "document.getElementById('said').textContent"))
                    .isEqualTo("Hello Eva");
        }
    }

    @Test
    void whoSendsThousandsOfMessagesASecondIsServedInTurnAndHarmsNobodyElse() {
        int flood = 20_000;
        JsonNode flooded = open("{start_url: '%s', start_url_wait: 'load'}".formatted(sites.url("/desk")));
        String other = open("{}").path("id").asText();

        try (Wire wire = Wire.open(flooded.path("cdp_endpoint").asText());
                LiveViewer viewer =
                        LiveViewer.open(flooded.path("live_view_url").asText())) {
            viewer.sees(RED, 600, 300);
            for (int id = 1; id <= flood; id++) {
                wire.send("{\"id\":" + id + ",\"method\":\"Browser.getVersion\"}");
            }
            for (int i = 0; i < flood / 2; i++) {
                viewer.say("{type: 'mouse', event: 'move', x: %d, y: 5}".formatted(i % 1000));
            }
            long began = System.nanoTime();
            act(other, "{action: 'goto', url: '%s'}".formatted(sites.url("/blank")));
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));

            viewer.click(100, 100);
            viewer.sees(GREEN, 600, 300);
            JsonNode last = wire.ask(flood + 1, "{\"id\":" + (flood + 1) + ",\"method\":\"Browser.getVersion\"}");
            assertThat(last.path("result").path("product").asText()).contains("Chrome");
            assertThat(wire.count()).isGreaterThan(flood);
        }
    }

    private JsonNode open(String body) {
        Reply reply = api.post("/sessions", body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        opened.add(reply.json().path("id").asText());
        return reply.json();
    }

    private JsonNode act(String session, String action) {
        Reply reply = api.post("/sessions/" + session + "/actions", action);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }

    private String evaluated(String session, String expression) {
        return act(session, "{action: 'evaluate', expression: \"%s\"}".formatted(expression))
                .path("value")
                .asText();
    }

    private String refused(String session, String action) {
        return api.post("/sessions/" + session + "/actions", action).code();
    }
}

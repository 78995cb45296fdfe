// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows of sessions over VNC, with a server of their own that has two displays. */
@ExtendWith(RealBrowser.class)
@TestInstance(Lifecycle.PER_CLASS)
class VncSessionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int FIRST_DISPLAY = 28_421;
    private static final int LAST_DISPLAY = 28_422;
    private static final int WIDTH = 1024;
    private static final int HEIGHT = 768;

    /** Red until somebody clicks, then blue; the title says which key was pressed last. */
    private static final String PAGE = "<body style='margin:0;background:rgb(200,0,0)'"
            + " onmousedown=\"document.body.style.background='rgb(0,0,200)'\""
            + " onkeydown='document.title=event.key'>";

    private final DroverServer server = DroverServer.start(
            "vnc",
            Map.of(
                    "RUNNER_VNC_DISPLAY_MIN",
                    Integer.toString(FIRST_DISPLAY),
                    "DROVER_SESSIONS_VNC_DISPLAY_MAX",
                    Integer.toString(LAST_DISPLAY),
                    "RUNNER_VNC_RESOLUTION",
                    WIDTH + "x" + HEIGHT + "x24",
                    "DROVER_SESSIONS_PREWARM_HEADLESS",
                    "0"));
    private final Api api = server.api();
    private final Browser browser;
    private final List<String> opened = new ArrayList<>();

    VncSessionTest(Browser browser) {
        this.browser = browser;
    }

    @AfterEach
    void endAndFindNothingLeft() {
        opened.forEach(id -> api.delete("/sessions/" + id));
        opened.clear();
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(traces()).isEmpty();
            assertThat(metrics())
                    .containsPattern("(?m)^drover_session_displays\\{.*} 0")
                    .containsPattern("(?m)^drover_session_displays_orphaned\\{.*} 0");
        });
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void aSessionSaysWhereItsWindowIsSeen() {
        JsonNode session = open(
                "{vnc: true}",
                "X-Forwarded-Proto",
                "https",
                "X-Forwarded-Host",
                "fleet.example",
                "X-Forwarded-Prefix",
                "/drover");
        String path = "/ws/sessions/" + id(session);

        assertThat(session.path("vnc_enabled").asBoolean()).isTrue();
        assertThat(session.path("headless").asBoolean()).isFalse();
        assertThat(session.path("vnc").path("ws").asText())
                .startsWith("wss://fleet.example/drover" + path + "/vnc?token=");
        assertThat(session.path("vnc").path("http").asText())
                .startsWith("https://fleet.example/drover/vnc.html#session=" + id(session));
        assertThat(session.path("vnc").path("password_protected").asBoolean()).isFalse();
        assertThat(session.path("vnc").has("password")).isFalse();
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(api.get("/workers").json().get(0).path("supports_vnc").asBoolean())
                    .isTrue();
            assertThat(api.get("/hosts").text()).contains("\"vnc\"");
        });
        assertThat(api.get("//vnc.html").text())
                .contains("src=\"./assets/")
                .doesNotContain("=\"/assets/")
                .doesNotContain("=\"/favicon");
    }

    @Test
    void aViewerSeesTheWindowAndItsClicksAndKeysReachThePage() {
        JsonNode session = open("{vnc: true}");

        try (Playwright playwright = StockClient.start();
                BrowserContext viewers = browser.newContext()) {
            Page seen = page(playwright, session);
            seen.setContent(PAGE);
            Page viewer = view(viewers, session);
            assertThat(viewer.locator("#state")).hasAttribute("data-state", "connected", soon());
            awaitColour(viewer, "red");
            assertThat(((Number) seen.evaluate("() => innerWidth")).intValue()).isBetween(WIDTH - 10, WIDTH);

            viewer.locator("#screen canvas").click();
            awaitColour(viewer, "blue");
            viewer.keyboard().press("x");
            seen.waitForFunction("() => document.title === 'x'");

            api.delete("/sessions/" + id(session));
            assertThat(viewer.locator("#state")).hasAttribute("data-state", "ended", soon());
        }
    }

    @Test
    void aPasswordIsAskedForAndAWrongOneIsRefused() {
        JsonNode session = open("{vnc: true, vnc_password: true}");
        String password = session.path("vnc").path("password").asText();
        JsonNode again = api.get("/sessions/" + id(session)).json().path("vnc");

        assertThat(password).hasSize(8);
        assertThat(again.path("password_protected").asBoolean()).isTrue();
        assertThat(again.has("password")).isFalse();
        try (BrowserContext viewers = browser.newContext()) {
            Page viewer = view(viewers, session);
            enter(viewer, "wrong");
            assertThat(viewer.locator("#state")).hasAttribute("data-state", "ended", soon());
            assertThat(viewer.locator("#state")).containsText("refused");
            viewer.locator("#again").click();
            enter(viewer, password);
            assertThat(viewer.locator("#state")).hasAttribute("data-state", "connected", soon());
        }
    }

    @Test
    void anyClientThatSpeaksRfbIsServed() {
        JsonNode session = open("{vnc: true}");

        try (Playwright playwright = StockClient.start();
                RfbWire wire = RfbWire.open(session.path("vnc").path("ws").asText())) {
            page(playwright, session).setContent(PAGE);
            assertThat(wire.socket().getSubprotocol()).isEqualTo("binary");
            assertThat(wire.shake()).containsExactly(WIDTH, HEIGHT);
            await().atMost(PATIENCE)
                    .until(
                            () -> {
                                wire.askForPicture(WIDTH, HEIGHT);
                                return wire.colouredPixels();
                            },
                            pixels -> pixels > WIDTH * HEIGHT / 2);
            api.delete("/sessions/" + id(session));
            assertThat(wire.closeCode()).isEqualTo(1001);
        }
        assertThat(Wire.refusal(session.path("vnc").path("ws").asText())).isEqualTo(410);
    }

    @Test
    void aViewerThatNeverReadsHoldsUpNobody() {
        JsonNode session = open("{vnc: true}");
        String address = session.path("vnc").path("ws").asText();

        try (RfbWire lazy = RfbWire.open(address);
                RfbWire other = RfbWire.open(address)) {
            lazy.shake();
            other.shake();
            long before = memory();
            lazy.stopReading();
            for (int i = 0; i < 300; i++) {
                lazy.askForPicture(WIDTH, HEIGHT); // 3 MB each.
            }
            other.askForPicture(WIDTH, HEIGHT);

            assertThat(other.colouredPixels()).isNotNegative();
            assertThat(api.get("/sessions/" + id(session)).status()).isEqualTo(200);
            assertThat(memory() - before).isLessThan(200L << 20);
        }
    }

    @Test
    void aSessionThatIsEndedLeavesNoTrace() {
        JsonNode session = open("{vnc: true}");
        assertThat(traces()).hasSizeGreaterThanOrEqualTo(4);

        api.delete("/sessions/" + id(session));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(traces()).isEmpty());
    }

    @Test
    void aDisplayThatIsKilledEndsItsSession() {
        JsonNode session = open("{vnc: true}");
        JsonNode neighbour = open("{vnc: true}");

        xServer(FIRST_DISPLAY).destroyForcibly();

        JsonNode dead = await().atMost(PATIENCE)
                .until(
                        () -> api.get("/sessions/" + id(session)).json(),
                        found -> found.path("status").asText().equals("dead"));
        assertThat(dead.path("close_reason").asText()).isEqualTo("display_lost");
        assertThat(dead.has("vnc")).isFalse();
        assertThat(api.get("/sessions/" + id(neighbour)).json().path("status").asText())
                .isEqualTo("ready");
    }

    @Test
    void oneMoreThanThereAreDisplaysIsRefused() {
        JsonNode first = open("{vnc: true}");
        open("{vnc: true}");

        Reply refused = api.post("/sessions", "{vnc: true}");

        assertThat(refused.status()).as(refused.text()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo("too_many_sessions");
        assertThat(refused.text()).contains(FIRST_DISPLAY + " to " + LAST_DISPLAY);
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isPositive();
        open("{}"); // Without a display there is room.
        api.delete("/sessions/" + id(first));
        open("{vnc: true}");
    }

    @Test
    void onlyWhoMayUseTheSessionSeesIt() {
        JsonNode session = open("{vnc: true}");
        JsonNode headless = open("{}");
        String address = session.path("vnc").path("ws").asText();
        String token = address.replaceFirst(".*token=", "");

        assertThat(Wire.refusal(address.replaceFirst("\\?.*", ""))).isEqualTo(401);
        assertThat(Wire.refusal(address.replace(token, "nonsense"))).isEqualTo(401);
        assertThat(Wire.refusal(headless.path("ws_endpoint").asText().replace("/playwright?", "/vnc?")))
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{vnc: true, headless: true} | /vnc",
                "{vnc_password: true} | /vnc_password",
                "{vnc: 'yes'} | /vnc",
            })
    void whatDoesNotFitIsNamed(String body, String pointer) {
        Reply reply = api.post("/sessions", body);

        assertThat(reply.status()).as(reply.text()).isEqualTo(422);
        assertThat(reply.json().path("errors").findValuesAsText("pointer")).contains(pointer);
    }

    private String metrics() {
        return api.send(HttpRequest.newBuilder(api.uri("//metrics")).build()).text();
    }

    private static Page view(BrowserContext viewers, JsonNode session) {
        Page viewer = viewers.newPage();
        viewer.setDefaultTimeout((double) PATIENCE.toMillis());
        viewer.navigate(session.path("vnc").path("http").asText());
        return viewer;
    }

    private static void enter(Page viewer, String password) {
        viewer.locator("#password").fill(password);
        viewer.locator("#login button").click();
    }

    /**
     * Until the screen has it beside its middle, where the pointer is, as the viewer has drawn it. Not by waitForFunction,
     * which needs eval, which the page's policy forbids.
     */
    private static void awaitColour(Page viewer, String colour) {
        await().pollInSameThread().atMost(PATIENCE).untilAsserted(() -> assertThat(String.valueOf(viewer.evaluate("""
                                () => {
                                  const canvas = document.querySelector("#screen canvas");
                                  const beside = [canvas.width / 4, canvas.height / 2, 1, 1];
                                  const [r, g, b] = canvas.getContext("2d").getImageData(...beside).data;
                                  const name = r > 150 && g + b < 120 ? "red" : b > 150 && r + g < 120 ? "blue" : "none";
                                  return `${name} of ${r},${g},${b} on ${canvas.width}x${canvas.height}`;
                                }
                                """)))
                .startsWith(colour));
    }

    private static Page page(Playwright playwright, JsonNode session) {
        return playwright
                .chromium()
                .connect(session.path("ws_endpoint").asText())
                .contexts()
                .getFirst()
                .pages()
                .getFirst();
    }

    private static HasAttributeOptions soon() {
        return new HasAttributeOptions().setTimeout((double) PATIENCE.toMillis());
    }

    private JsonNode open(String body, String... headers) {
        Reply reply = api.post("/sessions", body, headers);
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        opened.add(id(reply.json()));
        return reply.json();
    }

    private static String id(JsonNode session) {
        return session.path("id").asText();
    }

    /** Resident memory of the server itself, in bytes. */
    private long memory() {
        try (Stream<String> lines =
                Files.lines(Path.of("/proc/" + server.process().pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProcessHandle xServer(int display) {
        try {
            long pid = Long.parseLong(
                    Files.readString(Path.of("/tmp/.X" + display + "-lock")).strip());
            return ProcessHandle.of(pid).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Locks, sockets, folders and processes of displays. */
    private List<String> traces() {
        List<String> traces = new ArrayList<>();
        for (int display = FIRST_DISPLAY; display <= LAST_DISPLAY; display++) {
            for (String file : List.of("/tmp/.X" + display + "-lock", "/tmp/.X11-unix/X" + display)) {
                if (Files.exists(Path.of(file))) {
                    traces.add(file);
                }
            }
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(Path.of("/tmp"), "drover-display-2842?-*")) {
            folders.forEach(folder -> traces.add(folder.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(command -> command.matches(".* :2842[12] .*"))
                        .isPresent())
                .forEach(process -> traces.add("process " + process.pid()));
        return traces;
    }
}

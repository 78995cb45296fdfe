// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.system.control.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientGuardTest {

    private static final Path FILES = Path.of("/srv/files");

    private final ClientGuard devTools = new DevToolsGuard(FILES);
    private final ClientGuard playwright = new PlaywrightGuard(FILES);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'id':1,'method':'Page.navigate','params':{'url':'https://example.org/'}}",
                "{'id':1,'method':'Page.navigate','params':{'url':'about:blank'},'sessionId':'A'}",
                "{'id':1,'method':'Debugger.setBreakpointByUrl','params':{'url':'webpack:///x.js'}}",
                "{'id':1,'method':'Runtime.evaluate','params':{'expression':'file:///etc/passwd'}}",
                "{'id':1,'method':'Target.createTarget','params':{'url':''}}",
                "{'id':1,'method':'Browser.setDownloadBehavior','params':{'behavior':'deny'}}",
            })
    void whatDrivesPagesGoesOn(String message) {
        assertThat(devTools.rule(json(message))).isInstanceOf(Ruling.Pass.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'id':7,'method':'Page.navigate','params':{'url':'file:///etc/passwd'}}",
                "{'id':7,'method':'Page.navigate','params':{'url':' f\\tile:///etc/passwd'}}",
                "{'id':7,'method':'Page.navigate','params':{'url':'\\u0066ile:///etc/passwd'}}",
                "{'id':7,'method':'Target.createTarget','params':{'url':'CHROME://version'}}",
                "{'id':7,'method':'Target.createTarget','params':{'url':'view-source:file:///etc/passwd'}}",
                "{'id':7,'method':'Target.createBrowserContext','params':{'proxyServer':'http://10.0.0.1'}}",
                "{'id':7,'method':'Target.sendMessageToTarget','params':{'message':'{}'}}",
                "{'id':7,'method':'Target.exposeDevToolsProtocol','params':{}}",
                "{'id':7,'method':'Target.setRemoteLocations','params':{'locations':[]}}",
                "{'id':7,'method':'DOM.setFileInputFiles','params':{'files':['/etc/passwd']}}",
                "{'id':7,'method':'Input.dispatchDragEvent','params':{'data':{'files':['/etc/passwd']}}}",
                "{'id':7,'method':'Extensions.loadUnpacked','params':{'path':'/tmp'}}",
                "{'id':7,'method':'Tethering.bind','params':{'port':1}}",
            })
    void whatReachesPastThePagesIsAnsweredWithARefusal(String message) {
        assertThat(devTools.rule(json(message))).isInstanceOfSatisfying(Ruling.Answer.class, answer -> assertThat(
                        Json.read(answer.message()).path("id").asInt())
                .isEqualTo(7));
    }

    @Test
    void downloadsGoWhereTheSessionHasItsFiles() {
        Ruling ruling = devTools.rule(json("{'id':1,'method':'Browser.setDownloadBehavior','params':"
                + "{'behavior':'allowAndName','downloadPath':'/etc/cron.d'},'sessionId':'S'}"));

        assertThat(ruling).isInstanceOfSatisfying(Ruling.Replace.class, replaced -> assertThat(replaced.message())
                .contains("/srv/files", "allowAndName", "\"S\"")
                .doesNotContain("cron"));
    }

    @Test
    void whoeverClosesTheBrowserEndsTheSession() {
        assertThat(devTools.rule(json("{'id':3,'method':'Browser.close'}"))).isInstanceOf(Ruling.End.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'id':2,'guid':'frame@1','method':'goto','params':{'url':'https://example.org/'}}",
                "{'id':2,'guid':'frame@1','method':'evaluateExpression','params':{'expression':'1','arg':"
                        + "{'value':{'o':[{'k':'proxy','v':{'s':'x'}}]},'handles':[]}}}",
                "{'id':2,'guid':'browser@1','method':'newContext','params':{'viewport':{'width':1,'height':1}}}",
                "{'id':2,'guid':'cdp','method':'send','params':{'method':'Page.reload','params':{}}}",
                "{'id':2,'guid':'tracing@1','method':'tracingStart','params':{'name':'my trace.1'}}",
                "{'id':2,'guid':'frame@1','method':'setInputFiles','params':{'localPaths':null,'payloads':[]}}",
            })
    void whatAStockClientSaysGoesOn(String message) {
        assertThat(playwright.rule(json(message))).isInstanceOf(Ruling.Pass.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'id':2,'guid':'localUtils','method':'zip','params':{'zipFile':'/tmp/x'}}",
                "{'id':2,'guid':'localUtils@9','method':'globToRegex','params':{}}",
                "{'id':2,'guid':'artifact@1','method':'saveAs','params':{'path':'/etc/cron.d/x'}}",
                "{'id':2,'guid':'frame@1','method':'setInputFiles','params':{'localPaths':['/etc/passwd']}}",
                "{'id':2,'guid':'frame@1','method':'goto','params':{'url':'file:///etc/passwd'}}",
                "{'id':2,'guid':'browser@1','method':'newContext','params':{'proxy':{'server':'http://10.0.0.1'}}}",
                "{'id':2,'guid':'browser@1','method':'startServer','params':{'host':'0.0.0.0'}}",
                "{'id':2,'guid':'browser@1','method':'stopServer','params':{}}",
                "{'id':2,'guid':'cdp','method':'send','params':{'method':'Page.navigate','params':"
                        + "{'url':'file:///etc/passwd'}}}",
                "{'id':2,'guid':'cdp','method':'send','params':{'method':'Browser.setDownloadBehavior','params':{}}}",
                "{'id':2,'guid':'cdp','method':'send','params':{'method':'DOM.setFileInputFiles','params':{}}}",
                "{'id':2,'guid':'tracing@1','method':'tracingStart','params':{'name':'../../x'}}",
                "{'id':2,'guid':'context@1','method':'enableRecorder','params':{'outputFile':'/tmp/x'}}",
            })
    void whatReachesTheServersFilesIsRefused(String message) {
        assertThat(playwright.rule(json(message)))
                .isInstanceOfSatisfying(Ruling.Answer.class, answer -> assertThat(Json.read(answer.message())
                                .path("error")
                                .path("error")
                                .path("message")
                                .asText())
                        .isNotEmpty());
    }

    @Test
    void videosGoWhereTheSessionHasItsFiles() {
        assertThat(playwright.rule(json("{'id':1,'guid':'browser@1','method':'newContext','params':{'recordVideo':"
                        + "{'dir':'/etc','size':{'width':1,'height':1}}}}")))
                .isInstanceOfSatisfying(Ruling.Replace.class, replaced -> assertThat(replaced.message())
                        .contains("/srv/files", "width")
                        .doesNotContain("/etc"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{} {}",
                "no json",
                "{'id':1,'method':'Page.enable','method':'Page.navigate'}",
                "{'id':1,'method':'x','params':{'url':'a'},'params':{'url':'file:///'}}",
            })
    void whatIsNoMessageOrReadsTwoWaysIsMalformed(String message) {
        assertThat(devTools.rule(json(message))).isInstanceOf(Ruling.Malformed.class);
        assertThat(playwright.rule(json(message))).isInstanceOf(Ruling.Malformed.class);
    }

    @Test
    void aMessageOfAHundredMegabytesIsLookedThroughInAFile(@TempDir Path folder) throws IOException {
        ClientMessage message = new ClientMessage(folder, 200 << 20);
        add(message, "{\"id\":1,\"guid\":\"f\",\"method\":\"setContent\",\"params\":{\"html\":\"");
        byte[] piece = "x\u00e4\ud83d\ude00\\n".repeat(1 << 17).getBytes(StandardCharsets.UTF_8);
        while (message.length() < 100 << 20) {
            message.add(piece, 0, piece.length);
        }
        add(message, "\",\"localPaths\":[\"/etc/passwd\"]}}");
        AtomicLong written = new AtomicLong();

        assertThat(playwright.rule(message)).isInstanceOf(Ruling.Answer.class);
        message.writeTo(new OutputStream() {
            @Override
            public void write(int one) {
                written.incrementAndGet();
            }

            @Override
            public void write(byte[] bytes, int offset, int count) {
                written.addAndGet(count);
            }
        });
        assertThat(written.get()).isEqualTo(message.length());
        message.clear();

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aMessageThatIsTooLargeIsNotTaken(@TempDir Path folder) throws IOException {
        ClientMessage message = new ClientMessage(folder, 10);

        assertThat(message.add(new byte[10], 0, 10)).isTrue();
        assertThat(message.add(new byte[1], 0, 1)).isFalse();
    }

    @Test
    void whatIsNoTextIsMalformed() throws IOException {
        ClientMessage message = new ClientMessage(FILES, 100);
        byte[] broken = "{\"id\":1,\"method\":\"x?\"}".getBytes(StandardCharsets.ISO_8859_1);
        broken[broken.length - 3] = (byte) 0xe4;
        message.add(broken, 0, broken.length);

        assertThat(playwright.rule(message)).isInstanceOf(Ruling.Malformed.class);
    }

    private static ClientMessage json(String text) {
        ClientMessage message = new ClientMessage(Path.of(""), 1000);
        add(message, text.replace('\'', '"'));
        return message;
    }

    private static void add(ClientMessage message, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            assertThat(message.add(bytes, 0, bytes.length)).isTrue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

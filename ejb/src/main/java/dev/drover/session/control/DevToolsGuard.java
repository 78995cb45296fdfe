// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.system.control.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rules over the DevTools protocol (https://chromedevtools.github.io/devtools-protocol/tot/). */
public final class DevToolsGuard implements ClientGuard {

    /** What a page may be. Files and the browser's own pages are not the web, and no proxy sees them. */
    private static final Set<String> SCHEMES = Set.of("http", "https", "about", "data", "blob", "javascript");

    /** Domains that reach past the pages: the machine's files and ports. */
    private static final Set<String> DOMAINS = Set.of("Extensions", "PWA", "Tethering", "Cast", "DeviceAccess");

    /** Commands that would carry others past this guard, or read files. */
    private static final Set<String> REFUSED = Set.of(
            "Target.sendMessageToTarget",
            "Target.exposeDevToolsProtocol",
            "Target.setRemoteLocations",
            "DOM.setFileInputFiles",
            "Page.handleFileChooser");

    private static final Set<String> OPENING =
            Set.of("Page.navigate", "Target.createTarget", "Network.loadNetworkResource", "Fetch.continueRequest");

    private static final Set<String> DOWNLOADS = Set.of("Browser.setDownloadBehavior", "Page.setDownloadBehavior");

    private final Path files;

    /** @param files where the browser may write what it downloads */
    public DevToolsGuard(Path files) {
        this.files = files;
    }

    @Override
    public Ruling rule(ClientMessage message) {
        try {
            return rule(message, Command.read(message));
        } catch (IOException e) {
            return new Ruling.Malformed();
        }
    }

    private Ruling rule(ClientMessage message, Command command) throws IOException {
        String method = command.text("method");
        if (method.equals("Browser.close")) {
            return new Ruling.End(answer(command, null));
        }
        String refusal = refusal(method, command, "params.");
        if (refusal != null) {
            return new Ruling.Answer(answer(command, refusal));
        }
        return DOWNLOADS.contains(method) && command.has("params.downloadPath")
                ? new Ruling.Replace(intoFiles(message))
                : new Ruling.Pass();
    }

    /**
     * Why a command may not be given; null where it may.
     *
     * @param params prefix of its parameters
     */
    static @Nullable String refusal(String method, Command command, String params) {
        int dot = method.indexOf('.');
        if (REFUSED.contains(method) || (dot > 0 && DOMAINS.contains(method.substring(0, dot)))) {
            return method + " is not possible in a session.";
        }
        if (command.has(params + "proxyServer") || command.has(params + "proxyBypassList")) {
            return "A proxy is given with the session, not with a context.";
        }
        if (command.has(params + "data.files")) {
            return "A session may not use files of the server.";
        }
        String url = OPENING.contains(method) ? command.orNull(params + "url") : null;
        return url == null || mayBeOpened(url) ? null : "Pages may be reached by http and https only.";
    }

    /** Whether the address is one of the web; what has no scheme is for the browser to refuse. */
    static boolean mayBeOpened(String url) {
        // As browsers do: white space before it and within it does not count.
        String bare = url.replaceAll("[\\x00-\\x20]", "");
        int colon = bare.indexOf(':');
        int slash = bare.indexOf('/');
        return colon < 0
                || (slash >= 0 && slash < colon)
                || SCHEMES.contains(bare.substring(0, colon).toLowerCase(Locale.ROOT));
    }

    private String intoFiles(ClientMessage message) throws IOException {
        ObjectNode changed = Json.readObject(message.text());
        changed.withObject("/params").put("downloadPath", files.toString());
        return changed.toString();
    }

    private static String answer(Command command, @Nullable String refusal) {
        ObjectNode answer = Json.readObject("{}");
        number(answer, command.text("id"));
        if (refusal == null) {
            answer.putObject("result");
        } else {
            answer.putObject("error").put("code", -32_000).put("message", refusal);
        }
        if (command.has("sessionId")) {
            answer.put("sessionId", command.text("sessionId"));
        }
        return answer.toString();
    }

    /** The number of a message as it came. */
    static void number(ObjectNode answer, String id) {
        try {
            answer.put("id", Long.parseLong(id));
        } catch (NumberFormatException e) {
            answer.putNull("id");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.system.control.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rules over Playwright's protocol (1.62). A bound browser refuses launches by itself, but takes its clients for programs of
 * the same machine: they are offered the driver's own file functions, and may name paths.
 */
public final class PlaywrightGuard implements ClientGuard {

    /** Functions of the driver's machine, and what would open the browser to others. */
    private static final Set<String> REFUSED = Set.of(
            "zip",
            "harOpen",
            "harLookup",
            "harClose",
            "harUnzip",
            "connect",
            "tracingStarted",
            "addStackToTracingNoReply",
            "traceDiscarded",
            "startServer",
            "stopServer",
            "saveAs",
            "newRequest",
            "launch",
            "launchPersistentContext",
            "connectOverCDP",
            "connectToWorker");

    /** Parameters that name files of the driver's machine. */
    private static final List<String> PATHS = List.of(
            "localPaths",
            "localDirectory",
            "outputFile",
            "harPath",
            "resourcesDir",
            "tracesDir",
            "artifactsDir",
            "downloadsPath");

    private static final Set<String> CONTEXTS = Set.of("newContext", "newContextForReuse");

    private final Path files;

    /** @param files where the driver may write videos */
    public PlaywrightGuard(Path files) {
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
        String refusal = refusal(command);
        if (refusal != null) {
            return new Ruling.Answer(answer(command, refusal));
        }
        return CONTEXTS.contains(command.text("method")) && command.has("params.recordVideo")
                ? new Ruling.Replace(intoFiles(message))
                : new Ruling.Pass();
    }

    private @Nullable String refusal(Command command) {
        String method = command.text("method");
        if (REFUSED.contains(method) || command.text("guid").startsWith("localUtils")) {
            return method + " is not possible in a session.";
        }
        for (String path : PATHS) {
            if (command.has("params." + path) || command.has("params.options." + path)) {
                return path + " names a file of the server, which a session may not use.";
            }
        }
        if (command.has("params.proxy")) {
            return "A proxy is given with the session, not with a context.";
        }
        if (method.startsWith("tracing") && !isPlainName(command.text("params.name"))) {
            return "The name of a trace may not be a path.";
        }
        if (method.equals("send") && command.has("params.method")) {
            String inner = command.text("params.method");
            return inner.endsWith(".setDownloadBehavior") || inner.equals("Browser.close")
                    ? inner + " is not possible in a session."
                    : DevToolsGuard.refusal(inner, command, "params.params.");
        }
        String url = command.orNull("params.url");
        return url == null || !method.equals("goto") || DevToolsGuard.mayBeOpened(url)
                ? null
                : "Pages may be reached by http and https only.";
    }

    private static boolean isPlainName(String name) {
        return !name.contains("..") && name.chars().noneMatch(c -> c == '/' || c == '\\' || c < ' ');
    }

    private String intoFiles(ClientMessage message) throws IOException {
        ObjectNode changed = Json.readObject(message.text());
        changed.withObject("/params/recordVideo").put("dir", files.toString());
        return changed.toString();
    }

    private static String answer(Command command, String refusal) {
        ObjectNode answer = Json.readObject("{}");
        DevToolsGuard.number(answer, command.text("id"));
        answer.putObject("error")
                .putObject("error")
                .put("name", "Error")
                .put("message", refusal)
                .put("stack", "");
        return answer.toString();
    }
}

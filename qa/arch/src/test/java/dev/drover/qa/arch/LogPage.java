// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.arch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The page of numbered log messages, read from the calls that log them. */
final class LogPage {

    private static final Pattern CALL = Pattern.compile("LOG\\s*\\.\\s*(\\w+)\\(");
    private static final Pattern LEVEL = Pattern.compile("Level\\.(\\w+)");
    private static final Pattern ID = Pattern.compile("\"(DROVER\\d{4}) ");

    /** What the levels of {@link System.Logger} are called in the log. */
    private static final Map<String, String> IN_THE_LOG = Map.of("ERROR", "SEVERE", "DEBUG", "FINE", "TRACE", "FINER");

    private static final List<String> GRAVITY = List.of("FINER", "FINE", "INFO", "WARNING", "SEVERE");

    /** A message with what changes in it left out. */
    record Message(String id, String level, String type, String text) {}

    private LogPage() {}

    static GeneratedPage page() throws IOException {
        StringBuilder page = new StringBuilder("""
            # Logs

            Written by qa/arch from the calls that log; do not edit.

            A log is one JSON object a line: `messages.log` in `LOG_ROOT` for a server in the background, standard output in
            a container. What is said while a job runs carries `ext_job_id`, `ext_user_id`, `ext_trace_id` and, where a browser
            is used, `ext_browser_type`. `./drover logs` follows the log and writes it for people. `http_access.log` beside
            it has a line for each request, with the path and never the query, which may hold a token.

            WARNING: someone may have to act. SEVERE: someone must. The number of a message never changes its meaning, and
            a retired number is not used again. `…` stands for what changes from case to case.

            | Id | Level | Said by | Message |
            |---|---|---|---|
            """);
        messages()
                .forEach(message -> page.append("| `%s` | %s | %s | %s |\n"
                        .formatted(message.id(), message.level(), message.type(), message.text())));
        return new GeneratedPage("docs/reference/logs.md", page.toString());
    }

    /** In the order of their numbers; what several places say in the same words, once. */
    static List<Message> messages() throws IOException {
        TreeSet<Message> messages = new TreeSet<>(
                Comparator.comparing(Message::id).thenComparing(Message::type).thenComparing(Message::text));
        for (House module : House.values()) {
            try (Stream<Path> files = Files.walk(module.sources())) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(file -> read(file, messages));
            }
        }
        return List.copyOf(messages);
    }

    private static void read(Path file, Set<Message> messages) {
        String source = House.read(file);
        String type = String.valueOf(file.getFileName()).replace(".java", "");
        Matcher ids = ID.matcher(source);
        while (ids.find()) {
            messages.add(new Message(
                    ids.group(1), level(source.substring(0, ids.start())), type, text(source, ids.start())));
        }
    }

    /** Of the last call of a logger that begins before the message; the gravest where it chooses between several. */
    private static String level(String before) {
        String method = "";
        int call = 0;
        Matcher calls = CALL.matcher(before);
        while (calls.find()) {
            method = calls.group(1);
            call = calls.end();
        }
        if (!method.equals("log")) {
            return method.toUpperCase(Locale.ROOT);
        }
        String arguments = before.substring(call);
        return LEVEL.matcher(arguments)
                .results()
                .map(level -> IN_THE_LOG.getOrDefault(level.group(1), level.group(1)))
                .max(Comparator.comparing(GRAVITY::indexOf))
                .orElseThrow(() -> new IllegalStateException("no level in " + arguments));
    }

    /** The words of the expression that begins here: texts as they are, everything between them as an ellipsis. */
    private static String text(String source, int start) {
        StringBuilder words = new StringBuilder();
        int depth = 0;
        for (int i = start; i < source.length(); i++) {
            char c = source.charAt(i);
            if (c == '"') {
                int end = source.indexOf('"', i + 1);
                if (depth == 0) {
                    words.append(source, i + 1, end);
                }
                i = end;
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && depth-- == 0) {
                break;
            } else if (depth == 0 && c == ',') {
                break;
            } else if (depth == 0 && (c == '.' || Character.isJavaIdentifierStart(c))) {
                // A call on the text itself, as of formatted(…), says nothing; anything else that is put in changes.
                words.append(c == '.' ? "" : "…");
                i = endOfName(source, i);
            }
        }
        return words.substring("DROVER0000 ".length())
                .replaceAll("%[sd]|\\{\\d}", "…")
                .replaceAll("…[a-z]*…", "…")
                .replace("|", "\\|");
    }

    private static int endOfName(String source, int start) {
        int end = start;
        while (Character.isJavaIdentifierPart(source.charAt(end + 1)) || source.charAt(end + 1) == '.') {
            end++;
        }
        return end;
    }
}

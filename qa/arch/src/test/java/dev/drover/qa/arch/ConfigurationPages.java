// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.arch;

import dev.drover.system.control.ConfigKey;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The pages that list every configuration value. */
final class ConfigurationPages {

    private static final Map<String, String> ROOMS = Map.of(
            "system", "The node",
            "job", "Jobs",
            "task", "Tasks",
            "browser", "Browsers",
            "event", "Events",
            "reliability", "Reliability",
            "security", "Access");

    /** Aliases that the scripts or the server's configuration read as well, in no other spelling. */
    private static final Set<String> SHARED = Set.of("DATA_ROOT", "BROKER_URL", "API_SECRET_TOKEN");

    private ConfigurationPages() {}

    static GeneratedPage reference() throws IOException {
        StringBuilder page = new StringBuilder("""
            # Configuration

            Written by qa/arch from the fields of the code and from the server's configuration; do not edit.

            Everything is set by variables of the environment; `.env.example` has them all. A value that does not fit keeps
            the server from starting, and the log says which and why. What a variable is called in the environment is also
            its name as a system property or in a properties file of MicroProfile Config, in lower case with dots:
            `DROVER_JOBS_TTL_SECONDS` is `drover.jobs.ttl-seconds`.

            No secret has a default. Without `API_SECRET_TOKEN` the server makes one at its first start and keeps it in
            `DATA_ROOT/secrets/api-token`; the passwords of its key store and of its administrator (`admin`, for the Admin
            Center and a protected `/metrics`) are in `DATA_ROOT/secrets/server`. Only the server's own user can read them.
            """);
        ConfigurationKeys.byRoom().forEach((room, keys) -> {
            page.append("\n## ").append(ROOMS.getOrDefault(room, room)).append("\n\n");
            page.append("| Variable | Default | Meaning | Key | Also read |\n|---|---|---|---|---|\n");
            keys.forEach(key -> page.append("| `%s` | %s | %s | `%s` | %s |\n"
                    .formatted(
                            variable(key),
                            code(key.defaultText()),
                            cell(key.description()),
                            key.name(),
                            code(String.join("`, `", others(key))))));
        });
        section(page, "The server: addresses, database, broker", ServerVariable.ofTheServer());
        section(page, "The scripts", ServerVariable.OF_THE_SCRIPTS);
        return new GeneratedPage("docs/reference/configuration.md", page.toString());
    }

    private static void section(StringBuilder page, String title, List<ServerVariable> variables) {
        page.append("\n## ").append(title).append("\n\n| Variable | Default | Meaning |\n|---|---|---|\n");
        variables.forEach(variable -> page.append("| `%s` | %s | %s |\n"
                .formatted(variable.name(), code(variable.defaultText()), cell(variable.description()))));
    }

    static GeneratedPage example() throws IOException {
        StringBuilder page = new StringBuilder("""
            # SPDX-License-Identifier: Apache-2.0
            # Every setting with its default. Written by qa/arch; do not edit, but copy to .env and change that.
            # ./drover reads the environment: set -a; . ./.env; set +a; ./drover up
            """);
        ConfigurationKeys.byRoom().forEach((room, keys) -> {
            page.append("\n# --- ").append(ROOMS.getOrDefault(room, room)).append("\n");
            keys.forEach(key -> example(page, key));
        });
        page.append("\n# --- The server\n");
        ServerVariable.ofTheServer()
                .forEach(variable -> line(page, variable.description(), variable.name(), variable.defaultText()));
        page.append("\n# --- The scripts\n");
        ServerVariable.OF_THE_SCRIPTS.forEach(
                variable -> line(page, variable.description(), variable.name(), variable.defaultText()));
        return new GeneratedPage(".env.example", page.toString());
    }

    private static void example(StringBuilder page, ConfigKey<?> key) {
        line(page, key.description(), variable(key), key.defaultText());
    }

    /** The variable to set. */
    private static String variable(ConfigKey<?> key) {
        return key.aliases().stream().filter(SHARED::contains).findFirst().orElse(key.variable());
    }

    /** What may be set instead. Of a shared variable nothing may: the scripts and the server would not see it. */
    private static List<String> others(ConfigKey<?> key) {
        return SHARED.contains(variable(key)) ? List.of() : key.aliases();
    }

    private static void line(StringBuilder page, String description, String name, String value) {
        boolean quoted = value.matches(".*[;$ *].*");
        page.append("# %s\n#%s=%s\n".formatted(description, name, quoted ? "'" + value + "'" : value));
    }

    private static String code(String value) {
        return value.isEmpty() ? "" : "`" + value + "`";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("*", "\\*");
    }
}

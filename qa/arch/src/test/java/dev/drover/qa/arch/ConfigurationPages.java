// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.arch;

import dev.drover.system.control.ConfigKey;
import java.util.List;
import java.util.Map;

/** The pages that list every configuration value. */
final class ConfigurationPages {

    private static final Map<String, String> ROOMS = Map.of(
            "system", "The node",
            "job", "Jobs",
            "task", "Tasks",
            "browser", "Browsers",
            "event", "Events",
            "security", "Access");

    private ConfigurationPages() {}

    static GeneratedPage reference() {
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
                            key.variable(),
                            code(key.defaultText()),
                            cell(key.description()),
                            key.name(),
                            key.aliases().isEmpty() ? "" : "`" + String.join("`, `", key.aliases()) + "`")));
        });
        section(page, "The server: addresses, database, broker", ServerVariable.OF_THE_SERVER);
        section(page, "The scripts", ServerVariable.OF_THE_SCRIPTS);
        return new GeneratedPage("docs/reference/configuration.md", page.toString());
    }

    private static void section(StringBuilder page, String title, List<ServerVariable> variables) {
        page.append("\n## ").append(title).append("\n\n| Variable | Default | Meaning |\n|---|---|---|\n");
        variables.forEach(variable -> page.append("| `%s` | %s | %s |\n"
                .formatted(variable.name(), code(variable.defaultText()), cell(variable.description()))));
    }

    static GeneratedPage example() {
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
        ServerVariable.OF_THE_SERVER.forEach(
                variable -> line(page, variable.description(), variable.name(), variable.defaultText()));
        page.append("\n# --- The scripts\n");
        ServerVariable.OF_THE_SCRIPTS.forEach(
                variable -> line(page, variable.description(), variable.name(), variable.defaultText()));
        return new GeneratedPage(".env.example", page.toString());
    }

    private static void example(StringBuilder page, ConfigKey<?> key) {
        String name = key.aliases().isEmpty() ? key.variable() : key.aliases().getFirst();
        line(page, key.description(), name, key.defaultText());
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

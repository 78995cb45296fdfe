// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.arch;

import static java.util.Map.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A variable of the environment that the application itself does not read: the server's configuration or the scripts do.
 *
 * @param defaultText empty: none, or computed as the description says
 */
record ServerVariable(String name, String defaultText, String description) {

    /** Read by the server's configuration, {@code liberty-config/src/main/liberty/config}, which has their defaults. */
    private static final Map<String, String> DESCRIPTIONS = Map.ofEntries(
            entry("DROVER_HTTP_HOST", "Address that the server listens on; * for every network interface."),
            entry("DROVER_HTTP_PORT", "Port for HTTP."),
            entry("DROVER_HTTPS_PORT", "Port for HTTPS, with a certificate of the server's own making."),
            entry(
                    "DROVER_ACCESS_LOG",
                    "true writes a line for each request to http_access.log, at some cost for each."),
            entry("DB_URL", "JDBC address of the database, H2 or PostgreSQL."),
            entry("DB_USER", "User of the database."),
            entry("DB_PASSWORD", "Password of that user."),
            entry("DB_POOL_SIZE", "The most connections to the database."),
            entry("BROKER_USER", "User of the broker, external or opened by BROKER_LISTEN."),
            entry("BROKER_PASSWORD", "Password of that user."),
            entry(
                    "BROKER_LISTEN",
                    "host:port on which the embedded broker also serves other processes; needs BROKER_PASSWORD."),
            entry(
                    "DROVER_METRICS_AUTHENTICATION",
                    "false lets everyone read /metrics; true asks for the server's administrator, over HTTPS."));

    /** Read by {@code ./drover} and by {@code environment.sh}, which prepares the environment of every server. */
    static final List<ServerVariable> OF_THE_SCRIPTS = List.of(
            new ServerVariable("LOG_ROOT", "${DATA_ROOT}/logs", "Folder of the logs."),
            new ServerVariable(
                    "DATABASE_URL",
                    "",
                    "The database as postgresql://user:password@host:port/name, for those who know it so; DB_URL"
                            + " wins."),
            new ServerVariable("DROVER_HEAP", "320m", "Heap of the server, as in -Xmx."),
            new ServerVariable("JVM_ARGS", "", "Further options of the JVM; they come last and win."),
            new ServerVariable("JAVA_HOME", "", "A JDK of 21 or later; else the newest in PATH and /usr/lib/jvm."),
            new ServerVariable("DROVER_START_SECONDS", "180", "How long ./drover up waits for an answer."),
            new ServerVariable(
                    "DROVER_STOP_SECONDS", "40", "How long ./drover down waits before it ends what is left by force."),
            new ServerVariable(
                    "DROVER_SKIP_BUILD", "", "Anything: ./drover starts the server that was built last, as it is."),
            new ServerVariable(
                    "DROVER_SITES",
                    "false",
                    "Whether the server of a checkout has the sample sites at /sites, for trying things out."),
            new ServerVariable(
                    "DROVER_POSTGRES_BIN",
                    "",
                    "Folder of PostgreSQL's programs for ./drover test; by default looked for in /usr/lib/postgresql."),
            new ServerVariable(
                    "DROVER_NO_CLASS_ARCHIVE", "", "Anything: ./drover makes no class archive after a build."));

    /** Not for people to set: secrets made at the first start, and what is derived from other variables. */
    static final Set<String> DERIVED = Set.of(
            "KEYSTORE_PASSWORD",
            "ADMIN_PASSWORD",
            "LANE_AUTO_START",
            "LANE_BROWSER_SESSIONS",
            "SITES_CONFIG",
            "SITES_WAR");

    static List<ServerVariable> ofTheServer() throws IOException {
        Map<String, String> defaults = declared();
        return DESCRIPTIONS.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(variable -> new ServerVariable(
                        variable.getKey(),
                        defaults.getOrDefault(variable.getKey(), "").replace("${data.root}", "${DATA_ROOT}"),
                        variable.getValue()))
                .toList();
    }

    /** What the server's configuration declares, by its name in the environment, with the default there. */
    static Map<String, String> declared() throws IOException {
        Map<String, String> declared = new TreeMap<>();
        Pattern variable = Pattern.compile("<variable name=\"([^\"]+)\" defaultValue=\"([^\"]*)\"/>");
        Path config = House.CHECKOUT.resolve("liberty-config/src/main/liberty/config");
        try (Stream<Path> files = Files.walk(config)) {
            for (Path file :
                    files.filter(name -> name.toString().endsWith(".xml")).toList()) {
                Matcher found = variable.matcher(House.read(file));
                while (found.find()) {
                    declared.put(found.group(1).replace('.', '_').toUpperCase(Locale.ROOT), found.group(2));
                }
            }
        }
        return declared;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.arch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    /** Read by the server's configuration, {@code liberty-config/src/main/liberty/config}. */
    static final List<ServerVariable> OF_THE_SERVER = List.of(
            new ServerVariable(
                    "DROVER_HTTP_HOST",
                    "127.0.0.1",
                    "Address that the server listens on; * for every network interface."),
            new ServerVariable("DROVER_HTTP_PORT", "9080", "Port for HTTP."),
            new ServerVariable(
                    "DROVER_HTTPS_PORT", "9443", "Port for HTTPS, with a certificate of the server's own making."),
            new ServerVariable(
                    "DB_URL",
                    "jdbc:h2:file:${DATA_ROOT}/db/drover;WRITE_DELAY=0",
                    "JDBC address of the database, H2 or PostgreSQL."),
            new ServerVariable("DB_USER", "drover", "User of the database."),
            new ServerVariable("DB_PASSWORD", "", "Password of that user."),
            new ServerVariable("DB_POOL_SIZE", "16", "The most connections to the database."),
            new ServerVariable("BROKER_USER", "drover", "User of the broker, external or opened by BROKER_LISTEN."),
            new ServerVariable("BROKER_PASSWORD", "", "Password of that user."),
            new ServerVariable(
                    "BROKER_LISTEN",
                    "",
                    "host:port on which the embedded broker also serves other nodes; needs BROKER_PASSWORD."),
            new ServerVariable(
                    "DROVER_METRICS_AUTHENTICATION",
                    "true",
                    "false lets everyone read /metrics; true asks for the server's administrator, over HTTPS."));

    /** Read by {@code ./drover} and by {@code environment.sh}, which prepares the environment of every server. */
    static final List<ServerVariable> OF_THE_SCRIPTS = List.of(
            new ServerVariable("LOG_ROOT", "${DATA_ROOT}/logs", "Folder of the logs."),
            new ServerVariable(
                    "DATABASE_URL",
                    "",
                    "The database as postgresql://user:password@host:port/name, for those who know it so; DB_URL wins."),
            new ServerVariable("DROVER_HEAP", "320m", "Heap of the server, as in -Xmx."),
            new ServerVariable("JVM_ARGS", "", "Further options of the JVM; they come last and win."),
            new ServerVariable("JAVA_HOME", "", "A JDK of 21 or later; else the newest in PATH and /usr/lib/jvm."),
            new ServerVariable("DROVER_START_SECONDS", "180", "How long ./drover up waits for an answer."),
            new ServerVariable(
                    "DROVER_STOP_SECONDS", "40", "How long ./drover down waits before it ends what is left by force."),
            new ServerVariable("DROVER_SITES_PORT", "0", "Port of the demo's sample sites; 0 for any free one."),
            new ServerVariable(
                    "DROVER_POSTGRES_BIN",
                    "",
                    "Folder of PostgreSQL's programs for ./drover test; by default looked for in /usr/lib/postgresql."),
            new ServerVariable(
                    "DROVER_NO_CLASS_ARCHIVE", "", "Anything: ./drover makes no class archive after a build."));

    /** Generated at the first start and kept in files of {@code DATA_ROOT/secrets/server}: not meant for people to set. */
    static final List<String> SECRETS = List.of("KEYSTORE_PASSWORD", "ADMIN_PASSWORD");

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

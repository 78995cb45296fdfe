// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;

/** nginx with TLS in front of several nodes, with the configuration that comes with Drover. */
final class Nginx implements AutoCloseable {

    private static final Path TEMPLATE = Path.of("../../docker/nginx/drover.conf.template");
    private static final Path FETCHED = Path.of("../../.drover/tools/nginx/usr/sbin/nginx");
    private static final String PASSWORD = "of-a-test";

    private final Path folder;
    private final int port;
    private final Process process;
    private final KeyStore keys;

    private Nginx(Path folder, int port, Process process, KeyStore keys) {
        this.folder = folder;
        this.port = port;
        this.process = process;
        this.keys = keys;
    }

    static Nginx before(List<Api> nodes) throws IOException, GeneralSecurityException, InterruptedException {
        Path folder = Files.createDirectories(Path.of("target/nginx").toAbsolutePath());
        int port = freePort();
        KeyStore keys = keys(folder);
        pem(
                folder.resolve("key.pem"),
                "PRIVATE KEY",
                keys.getKey("nginx", PASSWORD.toCharArray()).getEncoded());
        pem(
                folder.resolve("certificate.pem"),
                "CERTIFICATE",
                keys.getCertificate("nginx").getEncoded());
        Files.writeString(folder.resolve("nginx.conf"), """
                daemon off;
                worker_processes 1;
                pid nginx.pid;
                error_log stderr warn;
                events {}
                http {
                  access_log off;
                  client_body_temp_path body;
                  proxy_temp_path proxy;
                  fastcgi_temp_path fastcgi;
                  uwsgi_temp_path uwsgi;
                  scgi_temp_path scgi;
                  include drover.conf;
                }
                """);
        String servers = nodes.stream()
                .map(node -> "server " + node.server().getAuthority() + ";")
                .collect(Collectors.joining(" "));
        Files.writeString(
                folder.resolve("drover.conf"),
                Files.readString(TEMPLATE)
                        .replaceAll("(?m)^#.*$", "")
                        .replace("${DROVER_SERVERS}", servers)
                        .replace("${DROVER_TLS_PORT}", "127.0.0.1:" + port)
                        .replace(
                                "${DROVER_TLS_CERTIFICATE}",
                                folder.resolve("certificate.pem").toString())
                        .replace("${DROVER_TLS_KEY}", folder.resolve("key.pem").toString()));
        Process process = new ProcessBuilder(
                        program().toString(), "-p", folder.toString(), "-c", "nginx.conf", "-g", user())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.log").toFile())
                .start();
        Nginx nginx = new Nginx(folder, port, process, keys);
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(nginx::listens);
        return nginx;
    }

    URI origin() {
        return URI.create("https://127.0.0.1:" + port);
    }

    /** What clients have to trust. */
    Path certificate() {
        return folder.resolve("certificate.pem");
    }

    HttpClient client() throws GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(context)
                .build();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }

    private boolean listens() throws IOException {
        if (!process.isAlive()) {
            throw new IOException(Files.readString(folder.resolve("nginx.log")));
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static Path program() {
        return Stream.concat(
                        Stream.of(System.getenv("PATH").split(File.pathSeparator))
                                .map(folder -> Path.of(folder, "nginx")),
                        Stream.of(Path.of("/usr/sbin/nginx"), FETCHED.toAbsolutePath()))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no nginx: ./drover test fetches it"));
    }

    /** Its workers are those of the one who starts it: another user could not read the folder. */
    private static String user() {
        return System.getProperty("user.name").equals("root") ? "user root;" : "";
    }

    private static KeyStore keys(Path folder) throws IOException, GeneralSecurityException, InterruptedException {
        Path store = folder.resolve("keys.p12");
        Files.deleteIfExists(store);
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "nginx",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "SAN=ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    private static void pem(Path file, String kind, byte[] content) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(("-----BEGIN " + kind + "-----\n").getBytes(StandardCharsets.US_ASCII));
            out.write(Base64.getMimeEncoder(64, new byte[] {'\n'}).encode(content));
            out.write(("\n-----END " + kind + "-----\n").getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.container;

import io.openliberty.arquillian.managed.WLPManagedContainer;
import io.openliberty.arquillian.managed.WLPManagedContainerConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.container.LifecycleException;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.client.protocol.metadata.Servlet;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;

/**
 * Starts the server with the application in it, as users do. Arquillian's own adapter adds it to a server that runs, which
 * this one is configured not to notice, and which takes longer.
 */
public final class StartedWithApplication extends WLPManagedContainer {

    private static final Duration LONGEST_START = Duration.ofMinutes(2);
    private static final Pattern FAILED = Pattern.compile(".*CWWKZ000[234]E.*");

    @SuppressWarnings("NullAway.Init") // Arquillian sets it up before anything else
    private WLPManagedContainerConfiguration configuration;

    private boolean started;

    @Override
    public void setup(WLPManagedContainerConfiguration given) {
        configuration = given;
        super.setup(given);
    }

    /** There is nothing to start without the application. */
    @Override
    public void start() {}

    @Override
    public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
        Path server = Path.of(configuration.getUsrDir(), "servers", configuration.getServerName());
        try {
            Path apps = Files.createDirectories(server.resolve("apps"));
            archive.as(ZipExporter.class).exportTo(apps.resolve("drover.ear").toFile());
            started = true;
            super.start();
        } catch (IOException | LifecycleException e) {
            throw new DeploymentException("the server does not start: see " + ServerCopy.LOG, e);
        }
        awaitApplication();
        Optional<String> failure = failure();
        if (failure.isPresent()) {
            throw new DeploymentException(failure.get());
        }
        HTTPContext context = new HTTPContext("127.0.0.1", configuration.getHttpPort());
        context.add(new Servlet("ArquillianServletRunnerEE9", TestApplication.CONTEXT_ROOT));
        return new ProtocolMetaData().addContext(context);
    }

    /** The application ends with the server. */
    @Override
    public void undeploy(Archive<?> archive) {}

    @Override
    public void stop() throws LifecycleException {
        if (started) {
            super.stop();
        }
    }

    private void awaitApplication() {
        URI tests = URI.create("http://127.0.0.1:" + configuration.getHttpPort() + TestApplication.CONTEXT_ROOT);
        HttpRequest request = HttpRequest.newBuilder(tests).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            Awaitility.await("the application")
                    .pollInterval(Duration.ofMillis(250))
                    .atMost(LONGEST_START)
                    .until(() -> answers(client, request) || failure().isPresent());
        }
    }

    private static boolean answers(HttpClient client, HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() != 404;
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<String> failure() {
        try {
            Matcher failed = FAILED.matcher(Files.exists(ServerCopy.LOG) ? Files.readString(ServerCopy.LOG) : "");
            return failed.find() ? Optional.of(failed.group()) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

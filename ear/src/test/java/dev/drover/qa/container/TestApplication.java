// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.container;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.hamcrest.Matcher;
import org.jboss.arquillian.container.spi.client.deployment.DeploymentDescription;
import org.jboss.arquillian.container.test.api.Testable;
import org.jboss.arquillian.container.test.spi.client.deployment.DeploymentScenarioGenerator;
import org.jboss.arquillian.test.spi.TestClass;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ExplodedImporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * The packaged application as it is, with two things more: the test classes in its library folder, where they share a
 * class loader and so their packages with what they test, and a web module through which Arquillian reaches them.
 */
public final class TestApplication implements DeploymentScenarioGenerator {

    /** Of the web module through which Arquillian reaches the tests. */
    static final String CONTEXT_ROOT = "/tests";

    private static final String DESCRIPTOR = "META-INF/application.xml";
    private static final String RUNNER_MODULE =
            "<module><web><web-uri>tests.war</web-uri><context-root>%s</context-root></web></module>"
                    .formatted(CONTEXT_ROOT);

    @Override
    public List<DeploymentDescription> generate(TestClass testClass) {
        return List.of(new DeploymentDescription("drover", archive()).shouldBeTestable(true));
    }

    private static EnterpriseArchive archive() {
        EnterpriseArchive ear = ShrinkWrap.createFromZipFile(
                EnterpriseArchive.class, ServerCopy.TARGET.resolve("drover.ear").toFile());
        String modules = text(ear, DESCRIPTOR);
        ear.delete(DESCRIPTOR);
        return ear.setApplicationXML(new StringAsset(modules.replaceFirst("<module>", RUNNER_MODULE + "<module>")))
                .addAsModule(Testable.archiveToTest(ShrinkWrap.create(WebArchive.class, "tests.war")
                        .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")))
                .addAsLibrary(ShrinkWrap.create(ExplodedImporter.class, "tests.jar")
                        .importDirectory(
                                ServerCopy.TARGET.resolve("test-classes").toFile())
                        .as(JavaArchive.class))
                .addAsLibraries(jarOf(Assertions.class), jarOf(Awaitility.class), jarOf(Matcher.class));
    }

    private static String text(EnterpriseArchive ear, String path) {
        try (InputStream in = requireNonNull(ear.get(path).getAsset()).openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static File jarOf(Class<?> type) {
        try {
            return new File(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}

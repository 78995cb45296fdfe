// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import com.microsoft.playwright.impl.driver.Driver;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The Playwright driver's files, unpacked once into the data folder. Playwright would unpack them by itself at every
 * start, but into a temporary folder that a killed server leaves behind, and only from a class loader whose URLs start
 * with {@code jar:}, which those of an application server do not.
 */
final class DriverFiles {

    private static final String PROPERTY = "playwright.cli.dir";
    private static final String CLI = "package/cli.js";
    private static final String IN_JAR = "driver/package/";

    private DriverFiles() {}

    /**
     * Makes Playwright use the files below {@code folder}, unpacking them there when they are missing. A folder that is
     * already configured ({@code playwright.cli.dir}, {@code PLAYWRIGHT_DRIVER_DIR}) is used as it is.
     */
    static synchronized void provide(Path folder) {
        String configured = System.getProperty(PROPERTY);
        if (System.getenv(Driver.PLAYWRIGHT_DRIVER_DIR) != null
                || (configured != null && Files.exists(Path.of(configured).resolve(CLI)))) {
            return;
        }
        Path jar = jar();
        Path unpacked = folder.resolve(jar.getFileName().toString().replaceFirst("\\.jar$", ""))
                .toAbsolutePath();
        try {
            if (!Files.exists(unpacked.resolve(CLI))) {
                unpack(jar, folder, unpacked);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the Playwright driver cannot be unpacked to " + unpacked, e);
        }
        System.setProperty(PROPERTY, unpacked.toString());
    }

    private static Path jar() {
        URL entry = Driver.class.getClassLoader().getResource(IN_JAR + "cli.js");
        if (entry == null) {
            throw new IllegalStateException("com.microsoft.playwright:driver is not on the class path");
        }
        // jar:file:/folder/driver.jar!/… in plain Java, wsjar:file:/folder/driver.jar!/… in Open Liberty
        String url = entry.toString();
        return Path.of(URI.create(url.substring(url.indexOf("file:"), url.indexOf("!/"))));
    }

    private static void unpack(Path jar, Path folder, Path unpacked) throws IOException {
        Files.createDirectories(folder);
        Path unfinished = Files.createTempDirectory(folder, "unpacking-");
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                if (entry.getName().startsWith(IN_JAR) && !entry.isDirectory()) {
                    Path file = unfinished.resolve(entry.getName().substring("driver/".length()));
                    Files.createDirectories(file.getParent());
                    try (InputStream in = zip.getInputStream(entry)) {
                        Files.copy(in, file);
                    }
                }
            }
        }
        Files.move(unfinished, unpacked, StandardCopyOption.ATOMIC_MOVE);
    }
}

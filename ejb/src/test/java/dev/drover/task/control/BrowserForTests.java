// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.drover.qa.sites.SampleSites;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a fresh {@link Page} of a real headless Chromium, and the {@link SampleSites}; both are started once for all
 * test classes.
 */
public final class BrowserForTests implements ParameterResolver, AfterEachCallback {

    private static final Namespace NAMESPACE = Namespace.create(BrowserForTests.class);

    private record Running(Playwright playwright, Browser browser, SampleSites sites) implements AutoCloseable {

        static Running start() {
            Playwright playwright = Playwright.create(new Playwright.CreateOptions()
                    .setEnv(Map.of(
                            "PLAYWRIGHT_NODEJS_PATH",
                            program("node").toString(),
                            "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                            "1")));
            BrowserType.LaunchOptions options = new BrowserType.LaunchOptions()
                    .setArgs(List.of("--disable-gpu", "--disable-background-networking", "--no-sandbox"));
            Path debian = Path.of("/usr/lib/chromium/chromium-headless-shell");
            if (Files.isExecutable(debian)) {
                options.setExecutablePath(debian);
            }
            return new Running(playwright, playwright.chromium().launch(options), SampleSites.start(0));
        }

        @Override
        public void close() {
            playwright.close();
            sites.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Page.class || type == SampleSites.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Running running = running(context);
        if (parameter.getParameter().getType() == SampleSites.class) {
            return running.sites();
        }
        return running.browser().newContext().newPage();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        List.copyOf(running(context).browser().contexts()).forEach(BrowserContext::close);
    }

    private static Running running(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Running.class, key -> Running.start(), Running.class);
    }

    private static Path program(String name) {
        return Stream.concat(
                        Arrays.stream(System.getenv("PATH").split(File.pathSeparator)),
                        Stream.of("/usr/local/bin", "/usr/bin"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(name + " is not on the PATH"));
    }
}

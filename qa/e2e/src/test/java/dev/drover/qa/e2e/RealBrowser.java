// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One Chromium for all tests that look at the console; the driver is the packaged server's. */
final class RealBrowser implements ParameterResolver {

    private static final Path DRIVER = Path.of("../../ear/target/liberty/wlp/usr/servers/drover/playwright/driver")
            .toAbsolutePath();

    private record Running(Playwright playwright, Browser browser) implements AutoCloseable {

        static Running start() {
            System.setProperty("playwright.cli.dir", DRIVER.normalize().toString());
            Map<String, String> environment = new HashMap<>();
            environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
            environment.put("PLAYWRIGHT_NODEJS_PATH", node().toString());
            Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
            LaunchOptions options = new LaunchOptions().setExecutablePath(chromium());
            if ("root".equals(System.getProperty("user.name"))) {
                options.setArgs(List.of("--no-sandbox"));
            }
            return new Running(playwright, playwright.chromium().launch(options));
        }

        @Override
        public void close() {
            playwright.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Browser.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(RealBrowser.class))
                .getOrComputeIfAbsent(Running.class, key -> Running.start(), Running.class)
                .browser();
    }

    private static Path chromium() {
        return named("DROVER_BROWSER_CHROMIUM_HEADLESS_EXECUTABLE")
                .orElse(Path.of("/usr/lib/chromium/chromium-headless-shell"));
    }

    private static Path node() {
        return named("DROVER_BROWSER_NODE_EXECUTABLE")
                .or(() -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, "node"))
                        .filter(Files::isExecutable)
                        .findFirst())
                .orElseThrow(() -> new IllegalStateException("there is no Node.js in PATH"));
    }

    private static Optional<Path> named(String variable) {
        return Optional.ofNullable(System.getenv(variable))
                .filter(text -> !text.isBlank())
                .map(Path::of);
    }
}

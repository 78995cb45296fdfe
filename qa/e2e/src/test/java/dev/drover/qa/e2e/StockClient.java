// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Playwright as users have it, with the driver of the packaged server. It belongs to the thread that starts it. */
final class StockClient {

    private static final Path DRIVER = Path.of("../../ear/target/liberty/wlp/usr/servers/drover/playwright/driver")
            .toAbsolutePath();

    private StockClient() {}

    static Playwright start() {
        System.setProperty("playwright.cli.dir", DRIVER.normalize().toString());
        Map<String, String> environment = new HashMap<>();
        environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        environment.put("PLAYWRIGHT_NODEJS_PATH", node().toString());
        return Playwright.create(new Playwright.CreateOptions().setEnv(environment));
    }

    private static Path node() {
        return Optional.ofNullable(System.getenv("DROVER_BROWSER_NODE_EXECUTABLE"))
                .filter(text -> !text.isBlank())
                .map(Path::of)
                .or(() -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, "node"))
                        .filter(Files::isExecutable)
                        .findFirst())
                .orElseThrow(() -> new IllegalStateException("there is no Node.js in PATH"));
    }
}

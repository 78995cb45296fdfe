// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.drover.browser.control.egress.EgressProxy;
import java.util.function.Supplier;

/**
 * Tries an engine once, so that the server can say what it offers: launch, a page, a picture. The engine of the warm
 * workers needs no probe, since their own launch is one.
 */
final class EngineProbe implements Runnable {

    private static final System.Logger LOG = System.getLogger(EngineProbe.class.getName());

    private final BrowserKind kind;
    private final BrowserLauncher launcher;
    private final EngineCatalog engines;
    private final Supplier<EgressProxy> proxies;

    EngineProbe(BrowserKind kind, BrowserLauncher launcher, EngineCatalog engines, Supplier<EgressProxy> proxies) {
        this.kind = kind;
        this.launcher = launcher;
        this.engines = engines;
        this.proxies = proxies;
    }

    @Override
    public void run() {
        try (EgressProxy proxy = proxies.get()) {
            LiveBrowser browser = launcher.launch("probe", kind, proxy.port());
            try {
                tryOut(browser);
                engines.launched(kind, browser.version());
            } finally {
                browser.close();
            }
        } catch (RuntimeException e) {
            String problem = BrowserFailures.ofLaunch(e);
            engines.failed(kind, problem);
            LOG.log(System.Logger.Level.INFO, "DROVER2011 {0} is not available: {1}", kind, problem);
            LOG.log(System.Logger.Level.DEBUG, "all that the driver says of it", e);
        }
    }

    private static void tryOut(LiveBrowser browser) {
        try (BrowserContext context = browser.newContext(new Browser.NewContextOptions())) {
            Page page = context.newPage();
            page.navigate("data:text/html,<title>probe</title><h1>probe</h1>");
            page.screenshot();
        }
    }
}

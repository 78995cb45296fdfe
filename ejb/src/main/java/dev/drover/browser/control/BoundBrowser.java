// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import static java.util.Objects.requireNonNull;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import dev.drover.browser.control.egress.EgressProxy;
import dev.drover.browser.control.egress.Traffic;
import dev.drover.browser.control.egress.UpstreamProxy;
import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.TaskFailure;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A browser that a driver hosts and has bound to an endpoint of its own. */
final class BoundBrowser implements HeldBrowser {

    private static final Duration OPENING = Duration.ofSeconds(30);
    private static final RecordingPlan NOTHING =
            RecordingPlan.of(BrowserOptions.Recording.NOTHING, BrowserOptions.Keep.NEVER);

    private final BrowserKind kind;
    private final HeldDriver driver;
    private final Browser browser;
    private final ProcessHandle process;
    private final EgressProxy egress;
    private final Endpoints endpoints;
    private final @Nullable VncDisplay display;
    private final Means means;
    private final String version;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Traffic traffic = new Traffic(null, Long.MAX_VALUE, () -> {});
    private @Nullable BrowserContext usual; // Of the driver's thread.

    /**
     * Where a browser is reached.
     *
     * @param files for what clients have it write
     */
    record Endpoints(URI playwright, @Nullable URI devTools, Path files) {}

    /** What a browser needs of its room. */
    interface Means {

        /** What a context is to be, with what its wishes leave open filled in. */
        BrowserOptions complete(BrowserOptions options);

        PageOperators operators();

        void forget(ProcessHandle process);
    }

    BoundBrowser(
            BrowserKind kind,
            HeldDriver driver,
            Browser browser,
            ProcessHandle process,
            EgressProxy egress,
            Endpoints endpoints,
            @Nullable VncDisplay display,
            Means means) {
        this.kind = requireNonNull(kind, "kind");
        this.driver = requireNonNull(driver, "driver");
        this.browser = requireNonNull(browser, "browser");
        this.process = requireNonNull(process, "process");
        this.egress = requireNonNull(egress, "egress");
        this.endpoints = requireNonNull(endpoints, "endpoints");
        this.display = display;
        this.means = requireNonNull(means, "means");
        this.version = browser.version();
    }

    @Override
    public String engine() {
        return kind.engine();
    }

    @Override
    public boolean headless() {
        return kind.headless();
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public URI playwright() {
        return endpoints.playwright();
    }

    @Override
    public Optional<URI> devTools() {
        return Optional.ofNullable(endpoints.devTools());
    }

    @Override
    public Optional<Vnc> vnc() {
        return Optional.ofNullable(display)
                .map(screen -> new Vnc(screen.address(), screen.password(), screen.isAlive()));
    }

    @Override
    public Path files() {
        return endpoints.files();
    }

    /** What its pages do on the network. */
    Traffic traffic() {
        return traffic;
    }

    /** Opens what most sessions ask for before one asks. Of the driver's thread. */
    void prepare() {
        BrowserOptions options = means.complete(BrowserOptions.DEFAULT);
        if (ContextRecipe.isUsual(options, NOTHING)) {
            usual = newContext(options, null);
        }
    }

    @Override
    public void open(BrowserOptions options, @Nullable StorageState state) {
        BrowserOptions complete = means.complete(options);
        try {
            UpstreamProxy upstream = complete.proxy() == null ? null : UpstreamProxy.of(complete.proxy());
            traffic = new Traffic(upstream, Long.MAX_VALUE, () -> {});
            egress.begin(traffic);
            driver.call(OPENING, ignored -> {
                BrowserContext prepared = usual;
                usual = null;
                if (prepared == null || state != null || !ContextRecipe.isUsual(complete, NOTHING)) {
                    newContext(complete, state);
                    if (prepared != null) {
                        prepared.close();
                    }
                }
                return true;
            });
        } catch (PlaywrightException e) {
            throw new TaskFailure(
                    ErrorCategory.CRASH,
                    "browser_launch_failed",
                    "The browser did not open its first page: " + BrowserFailures.firstLine(e),
                    e);
        }
    }

    private BrowserContext newContext(BrowserOptions options, @Nullable StorageState state) {
        Browser.NewContextOptions recipe = ContextRecipe.of(options, state, null);
        if (display != null && options.viewport() == null) {
            recipe.setViewportSize(null); // As large as the window, which fills the display.
        }
        BrowserContext context = browser.newContext(recipe);
        Page page = context.newPage();
        if (options.userAgent() != null && kind.engine().equals(BrowserKind.CHROMIUM)) {
            ClientHints.of(options.userAgent(), options.locale()).applyTo(context, page);
        }
        return context;
    }

    @Override
    public <T> CompletableFuture<T> act(Duration limit, BrowserWork<T> work) {
        return means.operators().submit(this, limit, work);
    }

    @Override
    public boolean isAlive() {
        return process.isAlive() && driver.isAlive() && (display == null || display.isAlive());
    }

    /** By force: there is nothing to keep, and a page could hold up a farewell for ever. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        Stream.concat(process.descendants(), Stream.of(process)).toList().forEach(ProcessHandle::destroyForcibly);
        if (display != null) {
            display.close();
        }
        egress.close();
        BrowserFolders.delete(endpoints.files());
        means.forget(process);
        driver.leave();
    }
}

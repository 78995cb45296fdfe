// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.control;

import dev.drover.browser.control.BrowserOptions;
import dev.drover.browser.control.HeldBrowser;
import dev.drover.browser.control.HeldBrowsers;
import dev.drover.browser.control.StorageState;
import dev.drover.browser.control.Window;
import dev.drover.host.control.LivingNodes;
import dev.drover.security.control.Caller;
import dev.drover.security.control.LinkSigner;
import dev.drover.security.entity.Scope;
import dev.drover.session.entity.BrowserSession;
import dev.drover.session.entity.CloseReason;
import dev.drover.session.entity.SessionStatus;
import dev.drover.session.entity.SessionStore;
import dev.drover.session.entity.StartPage;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.DroverException.Violation;
import dev.drover.system.control.DurableCommits;
import dev.drover.system.control.ErrorCode;
import dev.drover.system.control.Json;
import dev.drover.system.control.NodeIdentity;
import dev.drover.system.control.Transactions;
import dev.drover.system.control.egress.EgressRules;
import dev.drover.task.control.TaskFailure;
import dev.drover.vault.control.CapturedSessions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What callers may do with sessions. One of somebody else is not there for them. */
@ApplicationScoped
public class Sessions {

    /** How long a token outlives its session, so that its last request is told what happened. */
    private static final Duration FAREWELL = Duration.ofHours(1);

    private SessionStore store;
    private LiveSessions live;
    private FirstPages firstPages;
    private PrewarmedBrowsers prewarmed;
    private HeldBrowsers browsers;
    private CapturedSessions captured;
    private SessionSettings settings;
    private EgressRules egress;
    private LinkSigner signer;
    private Transactions transactions;
    private DurableCommits commits;
    private NodeIdentity node;
    private Clock clock;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected Sessions() {}

    @Inject
    public Sessions(
            SessionStore store,
            LiveSessions live,
            FirstPages firstPages,
            PrewarmedBrowsers prewarmed,
            HeldBrowsers browsers,
            CapturedSessions captured,
            SessionSettings settings,
            EgressRules egress,
            LinkSigner signer,
            Transactions transactions,
            DurableCommits commits,
            NodeIdentity node,
            Clock clock) {
        this.store = store;
        this.live = live;
        this.firstPages = firstPages;
        this.prewarmed = prewarmed;
        this.browsers = browsers;
        this.captured = captured;
        this.settings = settings;
        this.egress = egress;
        this.signer = signer;
        this.transactions = transactions;
        this.commits = commits;
        this.node = node;
        this.clock = clock;
    }

    /**
     * Opens a session; its first page loads after that.
     *
     * @param reserved id that the session is to have; null for any
     * @throws DroverException when there is no place, or no such browser, or the first page is one that may not be reached,
     *     or what it is to be signed in with is not there
     */
    public SessionView create(Caller caller, SessionWish wish, @Nullable UUID reserved) {
        Optional<BrowserSession> made = reserved == null ? Optional.empty() : find(caller.scope(), reserved);
        if (made.isPresent()) {
            return view(made.get());
        }
        BrowserOptions options = wish.browser().engineUnlessSaid(BrowserOptions.USUAL_ENGINE);
        String engine = String.valueOf(options.engine());
        Window window = wish.window();
        checkStartUrl(wish.startUrl());
        browsers.refusal(engine, window).ifPresent(reason -> {
            throw new DroverException(
                    window.isVnc() ? ErrorCode.VNC_UNAVAILABLE : ErrorCode.ENGINE_UNAVAILABLE, reason);
        });
        StorageState state =
                options.capturedSession() == null ? null : captured.restore(caller.owner(), options.capturedSession());
        live.reserve();
        boolean opened = false;
        try {
            LiveSession session = open(caller, wish, options, state, reserved);
            opened = true;
            return view(session.row()).with(session.vncPassword());
        } finally {
            if (!opened) {
                live.giveBack();
            }
        }
    }

    private LiveSession open(
            Caller caller,
            SessionWish wish,
            BrowserOptions options,
            @Nullable StorageState state,
            @Nullable UUID reserved) {
        Window window = wish.window();
        String engine = String.valueOf(options.engine());
        HeldBrowser browser = started(engine, window, options, state);
        try {
            StartPage page = new StartPage(
                    wish.startUrl(), wish.startUrlWait() == null ? settings.startUrlWait() : wish.startUrlWait());
            Duration asked = wish.maxTtl() == null ? settings.maxTtl() : wish.maxTtl();
            BrowserSession row = new BrowserSession(
                    reserved == null ? BrowserSession.nextId() : reserved,
                    caller.owner(),
                    node.name(),
                    engine,
                    window == Window.NONE,
                    window.isVnc(),
                    window == Window.VNC_WITH_PASSWORD,
                    Json.write(new TreeMap<>(wish.labels())),
                    wish.idleTtl() == null ? settings.idleTtl() : wish.idleTtl(),
                    asked.compareTo(settings.maxTtl()) < 0 ? asked : settings.maxTtl(),
                    page,
                    options.capturedSession(),
                    FirstPages.isWaitedFor(page) ? SessionStatus.INIT : SessionStatus.READY,
                    browser.pid(),
                    clock.instant());
            transactions.inNew(() -> store.insert(row));
            commits.flush();
            LiveSession session = new LiveSession(row, browser, clock);
            live.add(session);
            firstPages.load(session);
            return session;
        } catch (RuntimeException e) {
            browser.close();
            throw e;
        }
    }

    private HeldBrowser started(String engine, Window window, BrowserOptions options, @Nullable StorageState state) {
        HeldBrowser browser = null;
        try {
            browser = prewarmed.take(engine, window);
            browser.open(options, state);
            return browser;
        } catch (TaskFailure e) {
            if (browser != null) {
                browser.close();
            }
            String reason = String.valueOf(e.getMessage());
            throw e.code().equals(HeldBrowsers.DISPLAYS_TAKEN)
                    ? new DroverException(ErrorCode.TOO_MANY_SESSIONS, reason, live.pause())
                    : new DroverException(ErrorCode.ENGINE_UNAVAILABLE, reason);
        }
    }

    /** As far as it can be told without looking a name up; the rest shows when the page is loaded. */
    private void checkStartUrl(@Nullable String url) {
        if (url != null && !url.equals("about:blank")) {
            egress.refusal(URI.create(url)).ifPresent(reason -> {
                throw new DroverException(
                        ErrorCode.INVALID_REQUEST,
                        "The request does not fit.",
                        List.of(new Violation("/start_url", reason)));
            });
        }
    }

    /**
     * At most so many, the newest first.
     *
     * @param status null for all
     */
    public List<SessionView> list(Caller caller, @Nullable SessionStatus status, @Nullable UUID before, int limit) {
        return transactions.resultInNew(() -> store.list(caller.scope(), status, before, limit)).stream()
                .map(this::view)
                .toList();
    }

    /** @throws DroverException {@link ErrorCode#NOT_FOUND} */
    public SessionView get(Caller caller, UUID id) {
        return view(require(caller, id));
    }

    /**
     * Counts as use.
     *
     * @throws DroverException {@link ErrorCode#NOT_FOUND}, or {@link ErrorCode#SESSION_ENDED}
     */
    public SessionView touch(Caller caller, UUID id) {
        BrowserSession row = require(caller, id);
        if (!row.status().isOpen()) {
            throw ended(row);
        }
        Optional<LiveSession> session = live.find(id);
        if (session.isPresent()) {
            session.get().seen();
        } else {
            Instant now = clock.instant();
            transactions.inNew(() -> store.seen(id, now, row.expiry(now)));
        }
        return get(caller, id);
    }

    /**
     * Ends it; one of another node ends a moment later.
     *
     * @throws DroverException {@link ErrorCode#NOT_FOUND}
     */
    public SessionView end(Caller caller, UUID id) {
        BrowserSession row = require(caller, id);
        if (row.status().isOpen()) {
            transactions.resultInNew(() -> store.terminate(id, CloseReason.DELETED));
            live.end(id, CloseReason.DELETED);
        }
        return get(caller, id);
    }

    /**
     * A session whose browser runs on this node.
     *
     * @throws DroverException {@link ErrorCode#NOT_FOUND}, {@link ErrorCode#SESSION_ENDED}, {@link ErrorCode#UNAVAILABLE}
     *     when it runs on another
     */
    public LiveSession requireLive(Caller caller, UUID id) {
        BrowserSession row = require(caller, id);
        Optional<LiveSession> session = live.find(id);
        if (session.isPresent()) {
            return session.get();
        }
        if (row.status().isOpen() && !row.node().equals(node.name())) {
            throw new DroverException(
                    ErrorCode.UNAVAILABLE,
                    "The node " + row.node() + ", which has the session, does not answer.",
                    LivingNodes.SILENCE);
        }
        throw ended(row);
    }

    /** The node that has, or had, the session's browser, where it is not this one. */
    public Optional<String> otherNodeOf(UUID id) {
        if (live.find(id).isPresent()) {
            return Optional.empty();
        }
        return find(Scope.EVERYTHING, id).map(BrowserSession::node).filter(owner -> !owner.equals(node.name()));
    }

    /** The session of a caller on this node that was used last. */
    public Optional<UUID> latest(Caller caller) {
        return live.all().stream()
                .filter(session -> caller.scope().covers(session.row().owner()))
                .max(Comparator.comparing(LiveSession::lastSeen))
                .map(LiveSession::id);
    }

    /** A client told the browser to close, which ends the session. */
    public void closedByClient(LiveSession session) {
        live.end(session.id(), CloseReason.CLOSED_BY_CLIENT);
    }

    /**
     * Whether someone may use the endpoints of a session.
     *
     * @param caller who was told by an API token; empty when there was none
     * @param token of the session
     */
    public Entry enter(UUID id, Optional<Caller> caller, @Nullable String token) {
        boolean byToken = token != null
                && signer.verified(token, clock.instant()).filter(id::equals).isPresent();
        if (!byToken && caller.isEmpty()) {
            return new Entry.Unauthenticated();
        }
        Scope scope = byToken ? Scope.EVERYTHING : caller.orElseThrow().scope();
        Optional<LiveSession> session =
                live.find(id).filter(found -> scope.covers(found.row().owner()));
        if (session.isPresent()) {
            return new Entry.Open(session.get());
        }
        Optional<BrowserSession> row = find(scope, id);
        if (row.isEmpty()) {
            return new Entry.Unknown();
        }
        return row.get().status().isOpen() && !row.get().node().equals(node.name())
                ? new Entry.Elsewhere(row.get().node())
                : new Entry.Ended(reasonOf(row.get()));
    }

    private static DroverException ended(BrowserSession row) {
        return new DroverException(ErrorCode.SESSION_ENDED, "The session has ended: " + reasonOf(row) + ".");
    }

    private static String reasonOf(BrowserSession row) {
        CloseReason reason = row.closeReason();
        return reason == null ? CloseReason.HOST_LOST.wireName() : reason.wireName();
    }

    private BrowserSession require(Caller caller, UUID id) {
        return find(caller.scope(), id)
                .orElseThrow(() -> new DroverException(
                        ErrorCode.NOT_FOUND, "There is no session of this id, or it is not yours."));
    }

    private Optional<BrowserSession> find(Scope scope, UUID id) {
        return transactions.resultInNew(() -> store.find(scope, id));
    }

    private SessionView view(BrowserSession row) {
        String token = signer.sign(row.id(), row.createdAt().plus(row.maxTtl()).plus(FAREWELL));
        return live.find(row.id())
                .map(session -> new SessionView(row, session.lastSeen(), session.expires(), token, null))
                .orElseGet(() -> new SessionView(row, row.lastSeenAt(), row.expiresAt(), token, null));
    }
}

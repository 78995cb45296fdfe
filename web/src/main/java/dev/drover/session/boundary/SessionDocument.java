// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.boundary;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.session.control.SessionView;
import dev.drover.session.control.VncLinkSettings;
import dev.drover.session.entity.BrowserSession;
import dev.drover.session.entity.CloseReason;
import dev.drover.system.control.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A session as API clients read it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "Session",
        requiredProperties = {
            "id",
            "status",
            "host",
            "engine",
            "headless",
            "user_id",
            "created_at",
            "last_seen_at",
            "expires_at",
            "idle_ttl_seconds",
            "max_ttl_seconds",
            "labels",
            "start_url_wait",
            "vnc_enabled"
        })
public record SessionDocument(
        UUID id,

        @Schema(enumeration = {"init", "ready", "terminating", "dead"})
        String status,

        @Schema(description = "The node that its browser runs on", examples = "shop-1:9080")
        String host,

        @Schema(examples = "chromium") String engine,

        boolean headless,

        @Schema(description = "Whose session it is", examples = "admin")
        String userId,

        Instant createdAt,

        @Schema(description = "When somebody last used it: traffic on an endpoint, an action, or touch")
        Instant lastSeenAt,

        @Schema(description = "When it ends, unless somebody uses it before")
        Instant expiresAt,

        @Schema(examples = "300") int idleTtlSeconds,

        @Schema(examples = "14400") int maxTtlSeconds,

        @Schema(examples = "{\"team\": \"shop\"}") Map<String, String> labels,

        @Nullable String startUrl,

        @Schema(enumeration = {"none", "domcontentloaded", "load"})
        String startUrlWait,

        @Schema(description = "Name of the captured session that it began signed in as", examples = "shop-admin")
        @Nullable
        String capturedSession,

        @Schema(
                description = "For connect of Playwright's clients of the same version. Its token opens this session"
                        + " alone. Left out of sessions that have ended",
                examples = "ws://127.0.0.1:9080/ws/sessions/01980c8e-7f3a-7cc1-b4a5-2c5b8d1f0e6a/playwright?token=AZgM")
        @Nullable
        String wsEndpoint,

        @Schema(
                description = "For connectOverCDP and for browserWSEndpoint of Puppeteer; Chromium alone has it",
                examples = "ws://127.0.0.1:9080/ws/sessions/01980c8e-7f3a-7cc1-b4a5-2c5b8d1f0e6a/cdp?token=AZgM")
        @Nullable
        String cdpEndpoint,

        @Schema(
                description = "WebSocket that shows the page as pictures and takes mouse, keys and fingers",
                examples = "ws://127.0.0.1:9080/ws/sessions/01980c8e-7f3a-7cc1-b4a5-2c5b8d1f0e6a/live?token=AZgM")
        @Nullable
        String liveViewUrl,

        @Schema(description = "Whether its window can be seen over VNC")
        boolean vncEnabled,

        @Schema(description = "Where its window is seen; left out where it is not") @Nullable
        VncDocument vnc,

        @Schema(
                enumeration = {
                    "deleted",
                    "closed_by_client",
                    "idle",
                    "max_ttl",
                    "browser_crashed",
                    "display_lost",
                    "start_failed",
                    "server_stopped",
                    "host_lost"
                },
                description = "Why it ended, or is to end")
        @Nullable
        String closeReason,

        @Schema(description = "What went wrong, for example why its first page is not there") @Nullable
        String problem,

        @Nullable Instant endedAt) {

    /** The window of a session. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(
            name = "SessionVnc",
            requiredProperties = {"ws", "http", "password_protected"})
    public record VncDocument(
            @Schema(
                    description = "RFB over a WebSocket, for noVNC and its like",
                    examples = "ws://127.0.0.1:9080/ws/sessions/01980c8e-7f3a-7cc1-b4a5-2c5b8d1f0e6a/vnc?token=AZgM")
            String ws,

            @Schema(
                    description = "A page that shows the window and takes mouse and keys",
                    examples = "http://127.0.0.1:9080/vnc.html#session=01980c8e-7f3a-7cc1-b4a5-2c5b8d1f0e6a&token=AZgM")
            String http,

            boolean passwordProtected,

            @Schema(
                    description = "What viewers are asked for; told once, to whoever opens the session",
                    examples = "k3TdWm8x")
            @Nullable
            String password) {

        static VncDocument of(VncLinks links, SessionView view) {
            return new VncDocument(links.ws(), links.http(), view.session().vncPassword(), view.vncPassword());
        }
    }

    /** Some sessions, the newest first. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "SessionPage", requiredProperties = "items")
    public record SessionPage(
            List<SessionDocument> items,

            @Schema(description = "For the next page; left out on the last one") @Nullable
            String nextCursor) {}

    /**
     * @param base of WebSockets, as the caller reaches the server
     * @param bases where viewers reach it
     */
    static SessionDocument of(SessionView view, String base, VncLinkSettings bases) {
        BrowserSession session = view.session();
        CloseReason reason = session.closeReason();
        boolean open = session.status().isOpen();
        EndpointAddresses addresses = new EndpointAddresses(base, session.id(), view.token());
        return new SessionDocument(
                session.id(),
                session.status().wireName(),
                session.node(),
                session.engine(),
                session.headless(),
                session.owner().user(),
                session.createdAt(),
                view.lastSeenAt(),
                view.expiresAt(),
                (int) session.idleTtl().toSeconds(),
                (int) session.maxTtl().toSeconds(),
                Json.readTexts(session.labels()),
                session.startPage().url(),
                session.startPage().until().wireName(),
                session.capturedSession(),
                open ? addresses.playwright() : null,
                open && session.engine().equals("chromium") ? addresses.devTools() : null,
                open && session.engine().equals("chromium") ? addresses.live() : null,
                open && session.vnc(),
                open && session.vnc() ? VncDocument.of(VncLinks.of(bases, addresses, session.node()), view) : null,
                reason == null ? null : reason.wireName(),
                session.problem(),
                session.endedAt());
    }
}

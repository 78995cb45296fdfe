// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.entity;

import static java.util.Objects.requireNonNull;

import dev.drover.security.entity.Owner;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.id.uuid.UuidVersion7Strategy;
import org.jspecify.annotations.Nullable;

/**
 * A browser that someone holds. Rows change only through the statements of {@link SessionStore}, so an instance is a
 * snapshot.
 */
@Entity
@Table(name = "browser_session")
public class BrowserSession {

    /** How long the text of a problem may be. */
    public static final int LONGEST_PROBLEM = 500;

    @Id
    private UUID id;

    @Embedded
    private Owner owner;

    @Column(nullable = false, length = 128)
    private String node;

    @Column(nullable = false, length = 16)
    private String engine;

    @Column(nullable = false)
    private boolean headless;

    @Column(nullable = false)
    private boolean vnc;

    @Column(name = "vnc_password", nullable = false)
    private boolean vncPassword;

    @Column(nullable = false, length = 8000)
    private String labels;

    @Column(name = "idle_ttl_seconds", nullable = false)
    private int idleTtlSeconds;

    @Column(name = "max_ttl_seconds", nullable = false)
    private int maxTtlSeconds;

    @Embedded
    private StartPage startPage;

    @Column(name = "captured_session", length = 100)
    private @Nullable String capturedSession;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false, length = 16)
    private SessionStatus status;

    @Enumerated(EnumType.STRING)
    @Column(name = "close_reason", length = 32)
    private @Nullable CloseReason closeReason;

    @Column(length = LONGEST_PROBLEM)
    private @Nullable String problem;

    @Column(name = "browser_pid", nullable = false)
    private long browserPid;

    @Column(name = "created_at", nullable = false)
    private Instant createdAt;

    @Column(name = "last_seen_at", nullable = false)
    private Instant lastSeenAt;

    @Column(name = "expires_at", nullable = false)
    private Instant expiresAt;

    @Column(name = "ended_at")
    private @Nullable Instant endedAt;

    @SuppressWarnings("NullAway.Init") // filled by Hibernate
    protected BrowserSession() {}

    /**
     * A new session, whose browser is there already.
     *
     * @param vnc whether its window can be seen over VNC
     * @param vncPassword whether that asks for a password
     * @param labels as a JSON object of texts
     * @param capturedSession the name of what it began signed in as; null for nothing
     * @param browserPid of the browser's first process on its node
     */
    public BrowserSession(
            UUID id,
            Owner owner,
            String node,
            String engine,
            boolean headless,
            boolean vnc,
            boolean vncPassword,
            String labels,
            Duration idleTtl,
            Duration maxTtl,
            StartPage startPage,
            @Nullable String capturedSession,
            SessionStatus status,
            long browserPid,
            Instant now) {
        this.id = requireNonNull(id, "id");
        this.owner = requireNonNull(owner, "owner");
        this.node = requireNonNull(node, "node");
        this.engine = requireNonNull(engine, "engine");
        this.headless = headless;
        this.vnc = vnc;
        this.vncPassword = vncPassword;
        this.labels = requireNonNull(labels, "labels");
        this.idleTtlSeconds = Math.toIntExact(idleTtl.toSeconds());
        this.maxTtlSeconds = Math.toIntExact(maxTtl.toSeconds());
        this.startPage = requireNonNull(startPage, "startPage");
        this.capturedSession = capturedSession;
        this.status = requireNonNull(status, "status");
        this.browserPid = browserPid;
        this.createdAt = requireNonNull(now, "now");
        this.lastSeenAt = now;
        this.expiresAt = expiry(now);
    }

    /** Time-ordered (UUID version 7). */
    public static UUID nextId() {
        return UuidVersion7Strategy.INSTANCE.generateUuid(null);
    }

    /** When it ends if nothing is heard of it any more after the given time. */
    public final Instant expiry(Instant lastSeen) {
        Instant idle = lastSeen.plusSeconds(idleTtlSeconds);
        Instant most = createdAt.plusSeconds(maxTtlSeconds);
        return idle.isBefore(most) ? idle : most;
    }

    /** Time-ordered (UUID version 7). */
    public UUID id() {
        return id;
    }

    public Owner owner() {
        return owner;
    }

    /** Where its browser runs. */
    public String node() {
        return node;
    }

    public String engine() {
        return engine;
    }

    public boolean headless() {
        return headless;
    }

    /** Whether its window can be seen over VNC. */
    public boolean vnc() {
        return vnc;
    }

    /** Whether those who see it over VNC are asked for a password. */
    public boolean vncPassword() {
        return vncPassword;
    }

    /** A JSON object of texts. */
    public String labels() {
        return labels;
    }

    public Duration idleTtl() {
        return Duration.ofSeconds(idleTtlSeconds);
    }

    public Duration maxTtl() {
        return Duration.ofSeconds(maxTtlSeconds);
    }

    public StartPage startPage() {
        return startPage;
    }

    /** The name of what it began signed in as; null for nothing. */
    public @Nullable String capturedSession() {
        return capturedSession;
    }

    public SessionStatus status() {
        return status;
    }

    /** Null while it lives. */
    public @Nullable CloseReason closeReason() {
        return closeReason;
    }

    /** What went wrong, in a sentence: why it ended, or why its first page is not there. */
    public @Nullable String problem() {
        return problem;
    }

    public long browserPid() {
        return browserPid;
    }

    public Instant createdAt() {
        return createdAt;
    }

    /** When something last came from whoever uses it, as far as its node has written that down. */
    public Instant lastSeenAt() {
        return lastSeenAt;
    }

    /** When it ends, unless something comes before. */
    public Instant expiresAt() {
        return expiresAt;
    }

    public @Nullable Instant endedAt() {
        return endedAt;
    }
}

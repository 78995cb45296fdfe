// SPDX-License-Identifier: Apache-2.0
package dev.drover.host.entity;

import static java.util.Objects.requireNonNull;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.Length;
import org.jspecify.annotations.Nullable;

/** A place where work is done. Rows change only through the statements of {@link HostStore}: this is a snapshot. */
@Entity
@Table(name = "host")
public class Host {

    @Id
    @Column(nullable = false, length = 128)
    private String name;

    @Column(nullable = false, length = 16)
    private String kind;

    @Column(length = 500)
    private @Nullable String url;

    @Column(nullable = false, length = 16)
    private String status;

    @Column(nullable = false, length = Length.LONG32)
    private String capabilities;

    @Column(nullable = false, length = Length.LONG32)
    private String devices;

    @Column(nullable = false, length = Length.LONG32)
    private String engines;

    @Column(nullable = false, length = 64)
    private String roles;

    @Column(length = 64)
    private @Nullable String version;

    @Column(nullable = false)
    private int slots;

    @Column(nullable = false)
    private int running;

    @Column(name = "drain_until")
    private @Nullable Instant drainUntil;

    @Column(length = 16)
    private @Nullable String wish;

    @Column(name = "wish_until")
    private @Nullable Instant wishUntil;

    @Column(name = "registered_at", nullable = false)
    private Instant registeredAt;

    @Column(name = "last_ping", nullable = false)
    private Instant lastPing;

    @SuppressWarnings("NullAway.Init") // filled by Hibernate
    protected Host() {}

    /** What a host says of itself. */
    public Host(String name, HostKind kind, Facts facts, Instant at) {
        this.name = requireNonNull(name, "name");
        this.kind = kind.wireName();
        this.url = facts.url();
        this.status = facts.status();
        this.capabilities = facts.capabilities();
        this.devices = facts.devices();
        this.engines = facts.engines();
        this.roles = facts.roles();
        this.version = facts.version();
        this.slots = facts.slots();
        this.running = facts.running();
        this.drainUntil = facts.drainUntil();
        this.registeredAt = at;
        this.lastPing = at;
    }

    /**
     * What changes while a host is there.
     *
     * @param url where it is reached; null where only itself knows
     * @param status as it says: {@code available}, {@code draining}, {@code drained}, or a foreign host's own word
     * @param capabilities JSON array of texts
     * @param devices JSON array of whatever the host calls a device
     * @param engines JSON array of a node's browser engines, with the reason for each that is missing
     * @param roles separated by commas; empty for foreign hosts
     * @param slots how much it can do at once
     * @param running how much of that goes on
     * @param drainUntil when what runs goes back to the queue; null while it takes work
     */
    public record Facts(
            @Nullable String url,
            String status,
            String capabilities,
            String devices,
            String engines,
            String roles,
            @Nullable String version,
            int slots,
            int running,
            @Nullable Instant drainUntil) {}

    public String name() {
        return name;
    }

    public HostKind kind() {
        return HostKind.ofWireName(kind);
    }

    public Facts facts() {
        return new Facts(url, status, capabilities, devices, engines, roles, version, slots, running, drainUntil);
    }

    public Instant registeredAt() {
        return registeredAt;
    }

    /** When it was last heard of. */
    public Instant lastPing() {
        return lastPing;
    }

    /** What is wanted of it and was not read yet. */
    public Optional<HostWish> wish() {
        return Optional.ofNullable(wish).map(kind -> new HostWish(HostWish.Kind.ofWireName(kind), wishUntil));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.host.entity;

import dev.drover.system.entity.Sessions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceUnit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hibernate.StatelessSession;

/** Reads and writes of hosts, one statement each; the caller brings the transaction. */
@ApplicationScoped
public class HostStore {

    @PersistenceUnit(unitName = "drover")
    private EntityManagerFactory entityManagers;

    @SuppressWarnings("NullAway.Init") // injected
    protected HostStore() {}

    public HostStore(EntityManagerFactory entityManagers) {
        this.entityManagers = entityManagers;
    }

    /** By their names. */
    public List<Host> list() {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createSelectionQuery("from Host order by name", Host.class)
                    .getResultList();
        }
    }

    public Optional<Host> find(String name) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return Optional.ofNullable(session.get(Host.class, name));
        }
    }

    /** A host that was not there. */
    public void insert(Host host) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            session.insert(host);
        }
    }

    /**
     * A host lives and says how it is. What is wanted of it stays.
     *
     * @return false when there is no host of that name and kind
     */
    public boolean update(String name, HostKind kind, Host.Facts facts, Instant at) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createMutationQuery("""
                            update Host set url = :url, status = :status, capabilities = :capabilities,
                                devices = :devices, engines = :engines, roles = :roles, version = :version,
                                slots = :slots, running = :running, drainUntil = :drainUntil, lastPing = :at
                            where name = :name and kind = :kind""")
                            .setParameter("url", facts.url(), String.class)
                            .setParameter("status", facts.status())
                            .setParameter("capabilities", facts.capabilities())
                            .setParameter("devices", facts.devices())
                            .setParameter("engines", facts.engines())
                            .setParameter("roles", facts.roles())
                            .setParameter("version", facts.version(), String.class)
                            .setParameter("slots", facts.slots())
                            .setParameter("running", facts.running())
                            .setParameter("drainUntil", facts.drainUntil(), Instant.class)
                            .setParameter("at", at)
                            .setParameter("name", name)
                            .setParameter("kind", kind.wireName())
                            .executeUpdate()
                    == 1;
        }
    }

    /** A host was heard of. */
    public void ping(String name, Instant at) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            session.createMutationQuery("update Host set lastPing = :at where name = :name and lastPing < :at")
                    .setParameter("at", at)
                    .setParameter("name", name)
                    .executeUpdate();
        }
    }

    /**
     * Leaves a wish for a node, in place of one that it has not read.
     *
     * @return false when there is no such node
     */
    public boolean want(String name, HostWish wish) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createMutationQuery(
                                    "update Host set wish = :wish, wishUntil = :until where name = :name and kind = :node")
                            .setParameter("wish", wish.kind().wireName())
                            .setParameter("until", wish.until(), Instant.class)
                            .setParameter("name", name)
                            .setParameter("node", HostKind.NODE.wireName())
                            .executeUpdate()
                    == 1;
        }
    }

    /** The node has read this wish; a newer one stays. */
    public void fulfilled(String name, HostWish wish) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            session.createMutationQuery("""
                            update Host set wish = null, wishUntil = null
                            where name = :name and wish = :wish
                                and (wishUntil = :until or (wishUntil is null and :open = true))""")
                    .setParameter("name", name)
                    .setParameter("wish", wish.kind().wireName())
                    .setParameter("until", wish.until(), Instant.class)
                    .setParameter("open", wish.until() == null)
                    .executeUpdate();
        }
    }

    /** @return whether it was there */
    public boolean remove(String name) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createMutationQuery("delete from Host where name = :name")
                            .setParameter("name", name)
                            .executeUpdate()
                    == 1;
        }
    }

    /** Removes those of which nothing was heard since then. */
    public int removeSilentSince(Instant then) {
        try (StatelessSession session = Sessions.open(entityManagers)) {
            return session.createMutationQuery("delete from Host where lastPing < :then")
                    .setParameter("then", then)
                    .executeUpdate();
        }
    }
}

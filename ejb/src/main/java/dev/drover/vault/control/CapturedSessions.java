// SPDX-License-Identifier: Apache-2.0
package dev.drover.vault.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.browser.control.StorageState;
import dev.drover.security.control.Caller;
import dev.drover.security.entity.Owner;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.DroverException.Violation;
import dev.drover.system.control.DurableCommits;
import dev.drover.system.control.ErrorCode;
import dev.drover.system.control.Json;
import dev.drover.system.control.Transactions;
import dev.drover.vault.entity.CapturedSession;
import dev.drover.vault.entity.CapturedSessionStore;
import dev.drover.vault.entity.SealedState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the states of browsers and gives them back. A name belongs to its owner: whoever asks for one asks for one of
 * their own.
 */
@ApplicationScoped
public class CapturedSessions {

    private static final Logger LOG = System.getLogger(CapturedSessions.class.getName());
    private static final int PAGE = 20;

    private CapturedSessionStore store;
    private StateCipher cipher;
    private VaultSettings settings;
    private Transactions transactions;
    private DurableCommits commits;
    private Clock clock;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected CapturedSessions() {}

    @Inject
    CapturedSessions(
            CapturedSessionStore store,
            VaultBeans.Cipher cipher,
            VaultSettings settings,
            Transactions transactions,
            DurableCommits commits,
            Clock clock) {
        this.store = store;
        this.cipher = cipher.cipher();
        this.settings = settings;
        this.transactions = transactions;
        this.commits = commits;
        this.clock = clock;
    }

    /**
     * A session that was captured.
     *
     * @param isNew false when it has taken the place of another of its name
     */
    public record Kept(CapturedSession session, boolean isNew) {}

    /**
     * Keeps a state under a name, in the place of what its owner kept there before.
     *
     * @param engine of the browser that it comes from
     * @param session that it comes from
     * @param ttl null keeps it until somebody removes it
     * @throws DroverException {@link ErrorCode#STATE_TOO_LARGE}, {@link ErrorCode#TOO_MANY_CAPTURED_SESSIONS}
     */
    public Kept keep(
            Owner owner, String name, String engine, UUID session, StorageState state, @Nullable Duration ttl) {
        if (state.size() > settings.largest()) {
            throw new DroverException(
                    ErrorCode.STATE_TOO_LARGE,
                    "The cookies and the storage of the session have %d bytes; at most %d are kept."
                            .formatted(state.size(), settings.largest()));
        }
        Instant now = clock.instant();
        JsonNode content = Json.read(state.json());
        CapturedSession row = new CapturedSession(
                owner,
                name,
                engine,
                session,
                content.path("cookies").size(),
                content.path("origins").size(),
                now,
                ttl == null ? null : now.plus(ttl));
        boolean replaced = put(row, cipher.seal(owner, name, state.json()));
        commits.flush();
        return new Kept(require(owner, name), !replaced);
    }

    private boolean put(CapturedSession row, StateCipher.Sealed sealed) {
        if (replace(row, sealed)) {
            return true;
        }
        try {
            transactions.inNew(() -> insert(row, sealed));
            return false;
        } catch (PersistenceException e) {
            // Somebody else captured under this name at the same moment: the later of the two counts.
            if (replace(row, sealed)) {
                return true;
            }
            throw e;
        }
    }

    private boolean replace(CapturedSession row, StateCipher.Sealed sealed) {
        return transactions.resultInNew(() -> store.replace(row, sealed.keyId(), sealed.text()));
    }

    private void insert(CapturedSession row, StateCipher.Sealed sealed) {
        if (store.count(row.owner()) >= settings.perUser()) {
            throw new DroverException(
                    ErrorCode.TOO_MANY_CAPTURED_SESSIONS,
                    "A user may have " + settings.perUser() + " captured sessions.");
        }
        store.insert(row, sealed.keyId(), sealed.text());
    }

    /** At most so many, the newest first. */
    public List<CapturedSession> list(Caller caller, @Nullable UUID before, int limit) {
        return transactions.resultInNew(() -> store.list(caller.scope(), before, clock.instant(), limit));
    }

    /** @throws DroverException {@link ErrorCode#NOT_FOUND} */
    public CapturedSession require(Owner owner, String name) {
        return find(owner, name)
                .orElseThrow(() -> new DroverException(
                        ErrorCode.NOT_FOUND, "There is no captured session of this name, or it is not yours."));
    }

    /** @throws DroverException {@link ErrorCode#NOT_FOUND} */
    public void remove(Owner owner, String name) {
        CapturedSession row = require(owner, name);
        transactions.resultInNew(() -> store.remove(row.id()));
        commits.flush();
    }

    /**
     * Sees that a request names one that there is, before anything is begun with it.
     *
     * @throws DroverException {@link ErrorCode#INVALID_REQUEST} with the pointer {@code /captured_session}
     */
    public void check(Owner owner, String name) {
        if (find(owner, name).isEmpty()) {
            throw unknown();
        }
    }

    /**
     * The state that a new session begins with.
     *
     * @throws DroverException {@link ErrorCode#INVALID_REQUEST} with the pointer {@code /captured_session} when there is
     *     none of the name, {@link ErrorCode#CAPTURED_SESSION_LOCKED} when it cannot be decrypted
     */
    public StorageState restore(Owner owner, String name) {
        return switch (open(owner, name)) {
            case Opening.Opened opened -> opened.state();
            case Opening.Gone gone -> throw unknown();
            case Opening.Locked locked -> throw new DroverException(ErrorCode.CAPTURED_SESSION_LOCKED, locked.reason());
        };
    }

    /** Decrypts the state of a name. */
    public Opening open(Owner owner, String name) {
        Optional<CapturedSession> row = find(owner, name);
        Optional<SealedState> sealed = row.flatMap(found -> transactions.resultInNew(() -> store.state(found.id())));
        if (row.isEmpty() || sealed.isEmpty()) {
            return new Opening.Gone();
        }
        return switch (cipher.open(owner, name, sealed.get())) {
            case StateCipher.Opening.Opened opened -> {
                transactions.inNew(() -> store.used(row.get().id(), clock.instant()));
                yield new Opening.Opened(new StorageState(opened.state()));
            }
            case StateCipher.Opening.OtherKey other ->
                locked(
                        row.get(),
                        "was encrypted with the key %s, which this server does not have. Add that key to %s, behind the"
                                        .formatted(other.keyId(), VaultSettings.KEY.variable())
                                + " first one, on every node, or capture the session anew.");
            case StateCipher.Opening.Altered altered ->
                locked(
                        row.get(),
                        "is not what was encrypted for this user and this name: its row was changed. Capture the session"
                                + " anew.");
        };
    }

    private static Opening locked(CapturedSession row, String reason) {
        LOG.log(
                Level.WARNING,
                "DROVER8001 the captured session {0} of {1} cannot be opened: it {2}",
                row.name(),
                row.owner().user(),
                reason);
        return new Opening.Locked("The captured session '" + row.name() + "' " + reason);
    }

    /** Forgets those whose time is over. */
    void removeExpired() {
        transactions.resultInNew(() -> store.removeExpired(clock.instant()));
    }

    /**
     * Encrypts with the first key what was encrypted with one of the others, so that those can be given up.
     *
     * @return how many
     */
    int reseal() {
        int resealed = 0;
        UUID after = null;
        List<CapturedSession> page;
        do {
            UUID last = after;
            page = transactions.resultInNew(() -> store.sealedWith(cipher.olderKeys(), last, PAGE));
            for (CapturedSession row : page) {
                resealed += reseal(row) ? 1 : 0;
                after = row.id();
            }
        } while (page.size() == PAGE);
        return resealed;
    }

    private boolean reseal(CapturedSession row) {
        Optional<SealedState> sealed = transactions.resultInNew(() -> store.state(row.id()));
        if (sealed.isEmpty()
                || !(cipher.open(row.owner(), row.name(), sealed.get()) instanceof StateCipher.Opening.Opened opened)) {
            return false;
        }
        StateCipher.Sealed anew = cipher.seal(row.owner(), row.name(), opened.state());
        return transactions.resultInNew(() -> store.reseal(row, anew.keyId(), anew.text()));
    }

    private Optional<CapturedSession> find(Owner owner, String name) {
        return transactions.resultInNew(() -> store.find(owner, name, clock.instant()));
    }

    private static DroverException unknown() {
        return new DroverException(
                ErrorCode.INVALID_REQUEST,
                "The request does not fit.",
                List.of(new Violation("/captured_session", "there is none of this name, or its time is over")));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.entity;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells a database that is away, and may take the same statement later, from one that refuses a statement. */
public final class Outage {

    /** Class 08 of SQL: there is no connection. */
    private static final String CONNECTION = "08";

    private static final Set<String> STATES = Set.of(
            // PostgreSQL: is told to end, has crashed, is starting, has no room on its disk, no memory, no connection.
            "57P01",
            "57P02",
            "57P03",
            "53100",
            "53200",
            "53300",
            // H2: its file is still held by the time before, cannot be written or read, it has closed itself for that,
            // the
            // connection is of the time before.
            "90020",
            "90028",
            "90031",
            "90067",
            "90098",
            "90121");

    /** H2's own exception behind an error that it has no state for, with its code: it cannot read, write, or has closed. */
    private static final String H2_STORE = "org.h2.mvstore.MVStoreException";

    private static final Pattern H2_FILE = Pattern.compile("(?s).*/[124]\\]");

    private Outage() {}

    /** Whether that is behind a failure, however deep it is wrapped. */
    public static boolean isBehind(@Nullable Throwable failure) {
        return isBehind(failure, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static boolean isBehind(@Nullable Throwable failure, Set<Throwable> seen) {
        if (failure == null || !seen.add(failure)) {
            return false;
        }
        if (failure instanceof SQLException sql && (saysSo(sql) || isBehind(sql.getNextException(), seen))) {
            return true;
        }
        return saysH2So(failure) || isBehind(failure.getCause(), seen);
    }

    /** By its name, for H2 comes with the server and not with us. */
    private static boolean saysH2So(Throwable failure) {
        return failure.getClass().getName().equals(H2_STORE)
                && H2_FILE.matcher(String.valueOf(failure.getMessage())).matches();
    }

    private static boolean saysSo(SQLException failure) {
        String state = failure.getSQLState();
        return failure instanceof SQLTransientConnectionException
                || failure instanceof SQLNonTransientConnectionException
                || failure instanceof SQLRecoverableException
                || (state != null && (state.startsWith(CONNECTION) || STATES.contains(state)));
    }
}

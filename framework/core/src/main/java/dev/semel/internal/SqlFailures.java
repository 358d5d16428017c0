package dev.semel.internal;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells database failures apart by SQLState, however deep they are wrapped. */
public final class SqlFailures {
    private static final int MAX_DEPTH = 20;
    /** Serialization failure, deadlock. */
    private static final Set<String> CONFLICTS = Set.of("40001", "40P01");
    /** Statement, lock and transaction timeouts, idle sessions ended, read-only after a failover. */
    private static final Set<String> UNAVAILABLE = Set.of("57014", "55P03", "25P03", "25P04", "25006");
    /** Connections, lack of resources, shutdowns, errors of the system below. */
    private static final List<String> UNAVAILABLE_CLASSES = List.of("08", "53", "57P", "58");

    private SqlFailures() {}

    public static boolean isConflict(Throwable failure) {
        return state(failure).filter(CONFLICTS::contains).isPresent();
    }

    public static boolean isUniqueViolation(Throwable failure) {
        return state(failure).filter("23505"::equals).isPresent();
    }

    public static boolean isLockTimeout(Throwable failure) {
        return state(failure).filter("55P03"::equals).isPresent();
    }

    public static boolean isUnavailable(Throwable failure) {
        return find(failure).filter(SqlFailures::isUnavailable).isPresent();
    }

    /** Whether the database is there and refused what it was asked for. */
    public static boolean isRefusal(Throwable failure) {
        return find(failure).filter(found -> !isUnavailable(found)).isPresent();
    }

    private static boolean isUnavailable(SQLException failure) {
        String state = failure.getSQLState();
        return failure instanceof SQLTransientConnectionException
                || failure instanceof SQLNonTransientConnectionException
                || state == null // a pool's word for a connection that is closed
                || UNAVAILABLE.contains(state)
                || UNAVAILABLE_CLASSES.stream().anyMatch(state::startsWith);
    }

    private static Optional<String> state(Throwable failure) {
        return find(failure).map(SQLException::getSQLState);
    }

    private static Optional<SQLException> find(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            if (cause instanceof SQLException found) {
                return Optional.of(found);
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }
}

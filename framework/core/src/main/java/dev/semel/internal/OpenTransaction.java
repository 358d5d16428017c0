package dev.semel.internal;

import dev.semel.Operation;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * The transaction in which calls do their work.
 *
 * @param guarded what handlers are given
 * @param longestLockWait in milliseconds
 */
record OpenTransaction(Connection connection, Connection guarded, long longestLockWait) {
    /** @throws IllegalStateException if the connection commits by itself */
    static OpenTransaction of(Connection connection, long longestLockWait) throws SQLException {
        if (connection.getAutoCommit()) {
            throw new IllegalStateException("Semel writes need a transaction, but the connection commits by itself");
        }
        return new OpenTransaction(connection, GuardedConnection.guard(connection), longestLockWait);
    }

    /** How long a write of this operation may wait for a lock, in milliseconds. */
    long lockWait(Operation<?, ?> operation) {
        return Math.min(longestLockWait, Math.max(1, operation.waitLimit().toMillis()));
    }
}

package dev.semel.internal;

import dev.semel.Key;
import dev.semel.Operation;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/**
 * The transaction in which calls do their work.
 *
 * @param guarded what handlers are given
 * @param keys of the calls that share it; a write inside one of them cannot tell by its lock that the key is another one's
 * @param longestLockWait in milliseconds
 */
record OpenTransaction(Connection connection, Connection guarded, Set<Key> keys, long longestLockWait) {
    /** @throws IllegalStateException if the connection commits by itself */
    static OpenTransaction of(Connection connection, Set<Key> keys, long longestLockWait) throws SQLException {
        if (connection.getAutoCommit()) {
            throw new IllegalStateException("Semel writes need a transaction, but the connection commits by itself");
        }
        return new OpenTransaction(connection, GuardedConnection.guard(connection), keys, longestLockWait);
    }

    /** How long a write of this operation may wait for a lock, in milliseconds. */
    long lockWait(Operation<?, ?> operation) {
        return Math.min(longestLockWait, Math.max(1, operation.waitLimit().toMillis()));
    }
}

package dev.semel;

import dev.semel.internal.KeyRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * A tenant's idempotency keys, as operators read them: what is kept and for how long, never what was answered. Works in the
 * caller's transaction, with the tenant set. Belongs to that transaction's thread.
 */
public final class KeyReader {
    /** What is left of a key. */
    public enum State {
        /** A retry is answered with the stored response. */
        KEPT,
        /** The response is gone or may go at any time: a retry is answered from the row that was made, or executed again. */
        EXPIRED
    }

    /**
     * A key's record without its response.
     *
     * @param key the key
     * @param operation that it was used for
     * @param state what is left of it, by the database's clock
     * @param resultId of the execution
     * @param requestId of the request that executed it
     * @param createdAt when it was executed
     * @param expiresAt until then the response is kept
     * @param purgeAt until then the record is kept
     */
    public record Entry(
            String key,
            String operation,
            State state,
            UUID resultId,
            String requestId,
            Instant createdAt,
            Instant expiresAt,
            Instant purgeAt) {}

    private final KeyRows rows;

    /**
     * A tenant's keys in a transaction.
     *
     * @param connection of the transaction
     * @param tenant whose keys
     */
    public KeyReader(Connection connection, String tenant) {
        rows = new KeyRows(connection, tenant);
    }

    /**
     * The records of these keys, in the order of the keys. A key that was never used, whose write failed, or whose record is
     * gone has none.
     *
     * @throws SQLException if the database fails
     */
    public List<Entry> find(Collection<String> keys) throws SQLException {
        return rows.find(keys);
    }
}

package dev.semel.audit;

import dev.semel.internal.audit.AuditRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's audit log, as operators read it: the months that are not detached. Works in the caller's transaction, with the
 * tenant set. Belongs to that transaction's thread.
 *
 * <p>Cost: request id, key and every status but {@link AuditStatus#EXECUTED} have an index; the rest is read from the latest row
 * on until the page is full. Who asks for a rare operation gives a time span.
 */
public final class AuditReader {
    private final AuditRows rows;

    /**
     * A tenant's audit log in a transaction.
     *
     * @param connection of the transaction
     * @param tenant whose rows
     */
    public AuditReader(Connection connection, String tenant) {
        rows = new AuditRows(connection, tenant);
    }

    /**
     * Rows that fit, the latest first.
     *
     * @param after the last row of the page before; null for the first page
     * @throws SQLException if the database fails
     */
    public List<AuditRecord> list(AuditFilter filter, AuditRecord.@Nullable Position after, int limit)
            throws SQLException {
        return rows.list(filter, after, limit);
    }
}

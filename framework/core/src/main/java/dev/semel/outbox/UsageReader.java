package dev.semel.outbox;

import dev.semel.internal.outbox.UsageRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@link UsageSink} has counted for a tenant. Works in the caller's transaction, with the tenant set. Belongs to that
 * transaction's thread.
 */
public final class UsageReader {
    /**
     * How often an operation was executed on a day.
     *
     * @param day in UTC
     * @param operation its name
     * @param count executed writes whose first event has been delivered
     */
    public record Usage(LocalDate day, String operation, long count) {}

    private final UsageRows rows;

    /**
     * A tenant's usage in a transaction.
     *
     * @param connection of the transaction
     * @param tenant whose usage
     */
    public UsageReader(Connection connection, String tenant) {
        rows = new UsageRows(connection, tenant);
    }

    /**
     * Usage by day and operation, in this order.
     *
     * @param from the first day; null for no bound
     * @param to the last day; null for no bound
     * @throws SQLException if the database fails
     */
    public List<Usage> between(@Nullable LocalDate from, @Nullable LocalDate to) throws SQLException {
        return rows.between(from, to);
    }
}

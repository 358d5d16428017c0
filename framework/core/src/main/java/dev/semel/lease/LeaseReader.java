package dev.semel.lease;

import dev.semel.internal.lease.LeaseRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's leases, as operators read them. Works in the caller's transaction, with the tenant set. Belongs to that
 * transaction's thread.
 */
public final class LeaseReader {
    /** Whether somebody has it. */
    public enum State {
        /** Nobody else can get it now. */
        HELD,
        /** Its holder did not come back in time; the next who asks gets it. */
        EXPIRED,
        /** Its holder gave it back. */
        RELEASED
    }

    /**
     * A target's latest lease.
     *
     * @param target what is locked
     * @param state by the database's clock
     * @param holder unique per acquisition
     * @param fence how often the target has been acquired
     * @param acquiredAt when it was acquired
     * @param expiresAt when it ends unless it is renewed, or ended; null once it is released
     */
    public record Entry(
            String target,
            State state,
            UUID holder,
            long fence,
            Instant acquiredAt,
            @Nullable Instant expiresAt) {}

    private final LeaseRows rows;

    /**
     * A tenant's leases in a transaction.
     *
     * @param connection of the transaction
     * @param tenant whose leases
     */
    public LeaseReader(Connection connection, String tenant) {
        rows = new LeaseRows(connection, tenant);
    }

    /**
     * Leases in the order of their targets. A target that was ever leased stays.
     *
     * @param after the last target of the page before; empty for the first page
     * @throws SQLException if the database fails
     */
    public List<Entry> list(String after, int limit) throws SQLException {
        return rows.list(after, limit);
    }
}

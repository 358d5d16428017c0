package dev.semel.lease;

import dev.semel.LeaseLostException;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A held lease. Renewed in the background until it is closed or lost. Thread-safe.
 *
 * <p>That a lease is held proves nothing to the database: a paused holder wakes up and writes. So whatever the lease protects
 * calls {@link #requireHeld} in its own transaction.
 */
public interface Lease extends AutoCloseable {
    /** Whose target it is. */
    String tenant();

    /** What is locked. */
    String target();

    /** Grows with each acquisition of the target, so that an old holder can be told from the present one. */
    long fence();

    /**
     * The fence. Checks in the caller's transaction that nobody has acquired the target since, and keeps it so until that
     * transaction ends. One statement. A lease that has expired but that nobody else has acquired still passes.
     *
     * @throws LeaseLostException if another holder has acquired the target; the caller's transaction must roll back
     * @throws SQLException if the database fails
     */
    void requireHeld(Connection connection) throws SQLException;

    /** Releases the target. Does nothing, and is counted as a late unlock, if the lease has been lost. Idempotent. */
    @Override
    void close();
}

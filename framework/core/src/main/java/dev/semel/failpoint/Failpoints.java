package dev.semel.failpoint;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The failpoints of an application. Thread-safe. */
@FunctionalInterface
public interface Failpoints {
    /** Failpoints that do nothing: what production runs with. */
    static Failpoints disabled() {
        return (failpoint, connection) -> {};
    }

    /**
     * Does what the failpoint is armed with, if it is.
     *
     * @param connection of the transaction that is open at this place; null if there is none
     * @throws FailpointException if it is armed to throw
     * @throws SQLException if it is armed to break the connection
     */
    void reach(Failpoint failpoint, @Nullable Connection connection) throws SQLException;
}

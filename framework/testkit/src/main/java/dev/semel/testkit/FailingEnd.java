package dev.semel.testkit;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Fails the statements that end a write, as a full disk would; somebody may look at the transaction before. Thread-safe. */
final class FailingEnd implements JdbcHook {
    /** Looks at what the transaction has written so far. */
    @FunctionalInterface
    interface Look {
        void at(Connection connection) throws SQLException;
    }

    private volatile @Nullable Look look;

    void failAfter(Look before) {
        look = before;
    }

    void failNoMore() {
        look = null;
    }

    @Override
    public void before(JdbcCall call) throws SQLException {
        Look due = look;
        if (due != null && call.executes() && call.sql().contains("INSERT INTO semel.idempotency_keys")) {
            if (call.connection() != null) {
                due.at(call.connection());
            }
            throw new SQLException("ERROR: could not extend file: No space left on device", "53100");
        }
    }
}

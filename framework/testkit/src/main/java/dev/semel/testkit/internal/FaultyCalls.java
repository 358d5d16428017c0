package dev.semel.testkit.internal;

import dev.semel.testkit.JdbcCall;
import dev.semel.testkit.JdbcHook;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Counts JDBC calls and has one of them fail. For one call of an operation at a time. */
public final class FaultyCalls implements JdbcHook {
    private final Queue<Connection> unclosed = new ConcurrentLinkedQueue<>();
    private @Nullable Fault armed;
    private boolean losesConnection;
    private int at;
    private int count;
    private String fired = "";

    /** Nothing fails yet. */
    public FaultyCalls() {}

    /** From now on counts from one, and has the k-th call fail. */
    public synchronized void arm(@Nullable Fault fault, int k) {
        armed = fault;
        losesConnection = false;
        at = k;
        count = 0;
        fired = "";
    }

    /** Nothing fails any more. Closes what the application could not close. */
    public synchronized void disarm() {
        armed = null;
        losesConnection = false;
        for (Connection connection = unclosed.poll(); connection != null; connection = unclosed.poll()) {
            closeQuietly(connection);
        }
    }

    /** How many calls there were since it was armed. */
    public synchronized int count() {
        return count;
    }

    /** The call that failed first; empty if none did. */
    public synchronized String fired() {
        return fired;
    }

    @Override
    public synchronized void before(JdbcCall call) throws SQLException {
        count++;
        if (losesConnection && (call.endsTransaction() || "close".equals(call.method()))) {
            losesConnection = false;
            fail(Fault.CONNECTION_LOST_BEFORE, call);
        }
        if (armed != null && armed.isBefore() && isDue(armed)) {
            fire(armed, call);
        }
    }

    @Override
    public synchronized void after(JdbcCall call) throws SQLException {
        if (armed != null && !armed.isBefore() && isDue(armed)) {
            fire(armed, call);
        }
    }

    private boolean isDue(Fault fault) {
        return fault == Fault.FAILS_FROM_HERE_ON ? count >= at : count == at;
    }

    private void fire(Fault fault, JdbcCall call) throws SQLException {
        if (fired.isEmpty()) {
            fired = call.method() + " " + call.sql().strip();
        }
        if (fault != Fault.FAILS_FROM_HERE_ON) {
            armed = null;
            losesConnection = fault.losesConnectionLater();
        }
        fail(fault, call);
    }

    private void fail(Fault fault, JdbcCall call) throws SQLException {
        Connection connection = call.connection();
        if (connection != null && fault.breaksConnection()) {
            breakOff(connection);
        }
        if (connection != null && fault.isFailedByTheServer()) {
            abortTransaction(connection, call);
        }
        if (connection != null && "close".equals(call.method()) && fault.isBefore()) {
            unclosed.add(connection);
        }
        throw failure(fault, call);
    }

    /** A COMMIT that fails has ended its transaction; after any other statement only a rollback is accepted. */
    private static void abortTransaction(Connection connection, JdbcCall call) throws SQLException {
        if (connection.getAutoCommit()) {
            return;
        }
        if ("commit".equals(call.method())) {
            connection.rollback();
        } else if (call.executes()) {
            runIntoAnError(connection);
        }
    }

    private static void runIntoAnError(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT CAST('none' AS integer)");
        } catch (SQLException expected) {
            return;
        }
    }

    /** And lets the pool notice, as it would by itself at the next use. */
    private static void breakOff(Connection connection) {
        try {
            connection.abort(Runnable::run);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SELECT 1");
            }
        } catch (SQLException expected) {
            return;
        }
    }

    private static SQLException failure(Fault fault, JdbcCall call) {
        if (fault.isFailedByTheServer() && "getConnection".equals(call.method())) {
            return new SQLTransientConnectionException("FATAL: sorry, too many clients already", "53300");
        }
        if (fault.isFailedByTheServer() && (call.executes() || call.endsTransaction())) {
            return new SQLException("ERROR: could not serialize access due to concurrent update", "40001");
        }
        return fault == Fault.CONNECTION_LOST_BEFORE
                ? new SQLException("FATAL: terminating connection due to administrator command", "57P01")
                : new SQLException("An I/O error occurred while sending to the backend.", "08006");
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            return; // it was broken on purpose
        }
    }
}

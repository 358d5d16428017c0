package dev.semel.testkit;

import java.sql.SQLException;

/**
 * A {@link JdbcHook} for statements only; {@code commit} and {@code rollback} count as such. Thread-safe.
 */
public interface StatementHook extends JdbcHook {
    /**
     * Before the statement reaches the server.
     *
     * @throws SQLException to have the call fail without effect
     */
    default void before(String sql) throws SQLException {}

    /**
     * After the statement took effect.
     *
     * @throws SQLException to have the call fail although it took effect
     */
    default void after(String sql) throws SQLException {}

    @Override
    default void before(JdbcCall call) throws SQLException {
        if (call.executes()) {
            before(call.sql());
        } else if (call.endsTransaction()) {
            before(call.method());
        }
    }

    @Override
    default void after(JdbcCall call) throws SQLException {
        if (call.executes()) {
            after(call.sql());
        } else if (call.endsTransaction()) {
            after(call.method());
        }
    }
}

package dev.semel.testkit;

import java.sql.SQLException;

/**
 * Is told of each JDBC call of an {@link InterceptedDataSource} that may reach the server, and may make it fail: taking and closing
 * connections, auto-commit, preparing and executing, savepoints, commit and rollback. Thread-safe.
 */
public interface JdbcHook {
    /**
     * Before the call takes effect.
     *
     * @throws SQLException to have it fail without effect
     */
    default void before(JdbcCall call) throws SQLException {}

    /**
     * After the call took effect.
     *
     * @throws SQLException to have it fail although it took effect
     */
    default void after(JdbcCall call) throws SQLException {}
}

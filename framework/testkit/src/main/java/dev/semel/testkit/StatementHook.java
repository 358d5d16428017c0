package dev.semel.testkit;

import java.sql.SQLException;

/** Is told of each JDBC statement of an {@link InterceptedDataSource}, and may make it fail. Thread-safe. */
public interface StatementHook {
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
}

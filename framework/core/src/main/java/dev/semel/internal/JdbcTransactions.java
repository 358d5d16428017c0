package dev.semel.internal;

import dev.semel.TransactionBody;
import dev.semel.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Transactions on connections of a plain data source. */
public final class JdbcTransactions implements Transactions {
    private final DataSource dataSource;

    public JdbcTransactions(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public <T> T run(TransactionBody<T> body) throws Exception {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            T result = runOrRollBack(connection, body);
            connection.commit();
            connection.setAutoCommit(true);
            return result;
        }
    }

    private static <T> T runOrRollBack(Connection connection, TransactionBody<T> body) throws Exception {
        try {
            return body.run(connection);
        } catch (Throwable failure) {
            rollBack(connection, failure);
            throw failure;
        }
    }

    private static void rollBack(Connection connection, Throwable failure) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }
}

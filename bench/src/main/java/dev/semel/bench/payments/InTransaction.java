package dev.semel.bench.payments;

import java.sql.Connection;
import javax.sql.DataSource;

/** A transaction as it is written by hand. */
public final class InTransaction {
    private InTransaction() {}

    /** What is done in it. */
    @FunctionalInterface
    public interface Body<T> {
        /** Does it. */
        T run(Connection connection) throws Exception;
    }

    /**
     * Commits when the body returns, rolls back when it throws.
     *
     * @throws Exception what the body or the database threw
     */
    public static <T> T run(DataSource pool, Body<T> body) throws Exception {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = body.run(connection);
                connection.commit();
                return result;
            } catch (Exception e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }
}

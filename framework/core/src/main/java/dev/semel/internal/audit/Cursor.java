package dev.semel.internal.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows of a query, a bounded number of them in memory, with a look at the next one. Belongs to one thread. */
final class Cursor<T> implements AutoCloseable {
    /** Reads one row. */
    @FunctionalInterface
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Sets a statement's parameters. */
    @FunctionalInterface
    interface Binder {
        void bind(PreparedStatement statement) throws SQLException;
    }

    private final PreparedStatement statement;
    private final Reader<T> reader;
    private final ResultSet rows;
    private @Nullable T next;

    private Cursor(PreparedStatement statement, Reader<T> reader) throws SQLException {
        this.statement = statement;
        this.reader = reader;
        this.rows = statement.executeQuery();
        advance();
    }

    /** The connection must be inside a transaction: without one the driver reads all rows at once. */
    static <T> Cursor<T> open(Connection connection, String sql, int fetchSize, Reader<T> reader, Binder parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            statement.setFetchSize(fetchSize);
            parameters.bind(statement);
            return new Cursor<>(statement, reader);
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    Optional<T> peek() {
        return Optional.ofNullable(next);
    }

    void advance() throws SQLException {
        next = rows.next() ? reader.read(rows) : null;
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}

package dev.semel.internal.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The log's default partition, through the functions that empty it into months. */
final class DefaultPartition {
    private static final String BEGIN = "SELECT semel.audit_move_begin()";
    private static final String COPY = "SELECT semel.audit_move_copy(?, ?)";
    private static final String SWAP = "SELECT semel.audit_move_swap()";
    private static final String TIDY = "SELECT semel.audit_move_tidy(?, ?)";

    private final Connection connection;

    DefaultPartition(Connection connection) {
        this.connection = connection;
    }

    /** Whether its rows are on their way in batches, already or from now on. */
    boolean begin() throws SQLException {
        return Boolean.TRUE.equals(call(BEGIN, Boolean.class));
    }

    int copy(long upTo, int atMost) throws SQLException {
        Integer copied = call(COPY, Integer.class, upTo, atMost);
        return copied == null ? 0 : copied;
    }

    /** False if too many rows were written meanwhile. */
    boolean swap() throws SQLException {
        return Boolean.TRUE.equals(call(SWAP, Boolean.class));
    }

    /** The last id that was looked at; empty when nothing is left. */
    Optional<Long> tidy(long after, int atMost) throws SQLException {
        return Optional.ofNullable(call(TIDY, Long.class, after, atMost));
    }

    private <T> @Nullable T call(String sql, Class<T> type, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getObject(1, type);
            }
        }
    }
}

package dev.semel.bench.growth;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/** A report or a backup that reads from one snapshot all the time: no row that was there at its beginning can be cleared away. */
public final class LongTransaction implements Beside {
    /** Finds none: the snapshot is older than all payments. */
    private static final String LOOK = """
            /* all tenants: a report */
            SELECT count(*) FROM semel_books.payments
            """;

    @Override
    public String suffix() {
        return ", a transaction open";
    }

    @Override
    public Activity begin(GrownDatabase ground) throws SQLException {
        Connection connection = ground.database().connect();
        try {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            look(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return new Open(connection);
    }

    private static long look(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(LOOK)) {
            row.next();
            return row.getLong(1);
        }
    }

    private record Open(Connection connection) implements Activity {
        @Override
        public Seen end() throws SQLException {
            long payments = look(connection);
            connection.rollback();
            return new Seen(
                    Map.of(), payments == 0 ? List.of() : List.of("the long transaction saw payments: " + payments));
        }

        @Override
        public void close() {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}

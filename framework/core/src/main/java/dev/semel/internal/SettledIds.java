package dev.semel.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/**
 * The id of a table up to which every row is visible or will never be.
 *
 * <p>Neither the order of ids nor a clock tells: a transaction may draw an id and take its time. What tells is that an inserter
 * holds a lock on the table (ROW EXCLUSIVE) from before it draws its id until it has ended. So: read the last id that was drawn,
 * then who holds such a lock; once all of those have ended, every id up to the one that was read is settled. Works for a
 * partitioned table too: an inserter locks the table before it locks the partition.
 *
 * <p>A transaction that is prepared for its second phase keeps its lock and its name. Once the server was started anew it is called
 * otherwise, which does not tell who it was: so whoever is called so holds the ids up until he has ended.
 *
 * <p>Not thread-safe.
 */
public final class SettledIds {
    private static final String LAST_DRAWN = """
            /* all tenants: a sequence */ SELECT coalesce(pg_sequence_last_value(?::regclass), 0)""";

    private static final String INSERTERS = """
            /* all tenants: locks */ SELECT virtualtransaction FROM pg_locks
             WHERE locktype = 'relation' AND mode = 'RowExclusiveLock' AND granted
               AND relation = ?::regclass
               AND database = (SELECT oid FROM pg_database WHERE datname = current_database())""";

    private final String table;
    private final String sequence;
    private long settled;
    private long settling;
    private final Set<String> settlers = new HashSet<>();

    /**
     * @param table whose rows are inserted
     * @param sequence that their ids are drawn from; the connections must be able to read it
     */
    public SettledIds(String table, String sequence) {
        this.table = table;
        this.sequence = sequence;
    }

    /** Looks who is inserting now, and returns the last settled id. It falls behind as long as a single inserter stays. */
    public long advance(Connection connection) throws SQLException {
        Set<String> inserters = inserters(connection);
        settlers.retainAll(inserters);
        inserters.stream().filter(SettledIds::isFromBeforeTheStart).forEach(settlers::add);
        if (settlers.isEmpty()) {
            settled = settling;
            settling = lastDrawn(connection);
            settlers.addAll(inserters(connection));
        }
        return settled;
    }

    /** It has no process, and the id of its transaction. */
    private static boolean isFromBeforeTheStart(String transaction) {
        return transaction.startsWith("-1/");
    }

    private long lastDrawn(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LAST_DRAWN)) {
            statement.setString(1, sequence);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private Set<String> inserters(Connection connection) throws SQLException {
        Set<String> transactions = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(INSERTERS)) {
            statement.setString(1, table);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    transactions.add(row.getString(1));
                }
            }
        }
        return transactions;
    }
}

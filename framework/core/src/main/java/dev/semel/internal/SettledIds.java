package dev.semel.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The id of a table up to which every row is visible or will never be.
 *
 * <p>Neither the order of ids nor a clock tells: a transaction may draw an id and take its time. What tells is that an inserter
 * holds a lock on the table (ROW EXCLUSIVE) from before it draws its id until it has ended. So: read the last id that was drawn,
 * then who holds such a lock; once all of those have ended, every id up to the one that was read is settled. Works for a
 * partitioned table too: an inserter locks the table before it locks the partition.
 *
 * <p>A transaction that is prepared keeps its locks under another name, which does not tell who it was. So whoever is newly
 * prepared when an inserter is gone is taken for it: should it be another one, the ids are settled a little later.
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
    private Set<String> prepared = new HashSet<>();

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
        retain(inserters(connection));
        if (settlers.isEmpty()) {
            settled = settling;
            settling = lastDrawn(connection);
            settlers.addAll(inserters(connection));
            prepared = prepared(settlers);
        }
        return settled;
    }

    private void retain(Set<String> inserters) {
        boolean someAreGone = settlers.stream().anyMatch(one -> !isPrepared(one) && !inserters.contains(one));
        Set<String> preparedNow = prepared(inserters);
        settlers.retainAll(inserters);
        if (someAreGone) {
            preparedNow.stream().filter(one -> !prepared.contains(one)).forEach(settlers::add);
        }
        prepared = preparedNow;
    }

    private static Set<String> prepared(Set<String> inserters) {
        return inserters.stream().filter(SettledIds::isPrepared).collect(Collectors.toSet());
    }

    /** It has no process, and the id of its transaction instead of a number of that. */
    private static boolean isPrepared(String transaction) {
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

package dev.semel.internal;

import dev.semel.Call;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * How a key and its outcome are laid out over a transaction's statements. The one place that decides between claiming the
 * key first and recording it last.
 */
interface KeyLayout {
    /** One round trip: sets the tenant, tries the key's locks, looks the key up, sets a savepoint if wanted. */
    KeyProbe probe(Connection connection, Call<?, ?> call, long lockWaitMillis, boolean setSavepoint)
            throws SQLException;

    /** One round trip: rolls back to the savepoint if wanted, inserts keys, audit rows and events, commits if wanted. */
    void finish(Connection connection, NewRows rows, Ending ending) throws SQLException;

    /**
     * How a transaction ends.
     *
     * @param toSavepoint whether what the handler did is undone first
     * @param commit whether COMMIT travels with the last statements
     */
    record Ending(boolean toSavepoint, boolean commit) {}
}

package dev.semel.internal;

import dev.semel.Call;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What {@link RecordLast} does for one call, for several of one tenant at once. Each method is one round trip.
 *
 * <p>No handler may end the transaction that it shares with others: their rows would be there without their keys. So a cursor
 * waits in it whose rows cannot be read, and which a COMMIT would have to read: whoever commits before the engine has closed
 * the cursor is refused by the server and has rolled back. Nor can the cursor be closed in any transaction but its own.
 */
final class SharedStatements {
    /** What a handler has done since the savepoint. */
    enum Since {
        KEPT("RELEASE SAVEPOINT "),
        UNDONE("ROLLBACK TO SAVEPOINT "),
        NOTHING("");

        private final String verb;

        Since(String verb) {
            this.verb = verb;
        }

        private String sql(Savepoint savepoint) {
            return verb.isEmpty() ? "" : verb + savepoint.name + ";\n";
        }
    }

    /** Two that follow each other have different names: one that is gone must not be taken for the next. */
    enum Savepoint {
        EVEN("semel_handler_0"),
        ODD("semel_handler_1");

        private final String name;

        Savepoint(String name) {
            this.name = name;
        }

        Savepoint next() {
            return this == EVEN ? ODD : EVEN;
        }
    }

    private static final String SET = """
            SELECT set_config('semel.tenant', ?, true) AS tenant,
                   set_config('lock_timeout', ?, true) AS lock_timeout,
                   current_setting('transaction_isolation') AS isolation;
            """;
    /** Row by row in the order of the arrays; each key as {@link RecordLast} locks it. */
    private static final String LOCK_ALL = """
            SELECT asked.number,
                   CASE WHEN NOT pg_try_advisory_xact_lock(asked.payload) THEN 'BUSY'
                        WHEN NOT pg_try_advisory_xact_lock(asked.key) THEN
                             CASE WHEN pg_try_advisory_xact_lock(asked.key_again) THEN 'BUSY'
                                  ELSE 'BUSY_WITH_OTHER_PAYLOAD' END
                        WHEN NOT pg_try_advisory_xact_lock(asked.key_again) THEN 'BUSY'
                        ELSE 'FREE' END AS lock
              FROM unnest(?::bigint[], ?::bigint[], ?::bigint[]) WITH ORDINALITY
                   AS asked (payload, key, key_again, number);
            """;

    private static final String GUARD = """
            DECLARE semel_guard NO SCROLL CURSOR WITH HOLD FOR
             SELECT current_setting('semel.handlers_may_not_end_their_transaction');
            """;
    private static final String CLOSE_GUARD = "CLOSE semel_guard;\n";
    /** A handler that has set another tenant has done so for itself. */
    private static final String SET_TENANT = "SELECT set_config('semel.tenant', ?, true);\n";

    private static final String PROBE =
            SET + LOCK_ALL + IdempotencyKeys.FIND_ALL + GUARD + "SAVEPOINT " + Savepoint.EVEN.name;

    private SharedStatements() {}

    /** Sets the tenant, tries all locks, looks all keys up, sets the first savepoint. */
    static List<KeyProbe> probe(Connection connection, String tenant, List<? extends Call<?, ?>> calls, long lockWait)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PROBE)) {
            bindProbe(statement, tenant, calls, lockWait);
            statement.execute();
            ResultSet set = statement.getResultSet();
            set.next();
            RecordLast.requireReadCommitted(set.getString("isolation"));
            statement.getMoreResults();
            KeyProbe.Lock[] locks = locks(statement.getResultSet(), calls.size());
            statement.getMoreResults();
            Map<String, StoredKey> stored = IdempotencyKeys.readAll(statement.getResultSet());
            return IntStream.range(0, calls.size())
                    .mapToObj(i -> new KeyProbe(
                            locks[i],
                            Optional.ofNullable(stored.get(calls.get(i).key().value()))))
                    .toList();
        }
    }

    private static void bindProbe(
            PreparedStatement statement, String tenant, List<? extends Call<?, ?>> calls, long lockWait)
            throws SQLException {
        statement.setString(1, tenant);
        statement.setString(2, String.valueOf(lockWait));
        List<KeyLocks> locks =
                calls.stream().<KeyLocks>map(call -> KeyLocks.of(call)).toList();
        int next = new Columns<>(statement, 3, locks)
                .number(KeyLocks::payload)
                .number(KeyLocks::key)
                .number(KeyLocks::keyAgain)
                .next();
        IdempotencyKeys.bindKeys(statement, next, tenant, keys(calls));
    }

    private static List<String> keys(List<? extends Call<?, ?>> calls) {
        return calls.stream().<String>map(call -> call.key().value()).toList();
    }

    private static KeyProbe.Lock[] locks(ResultSet row, int number) throws SQLException {
        KeyProbe.Lock[] locks = new KeyProbe.Lock[number];
        Arrays.fill(locks, KeyProbe.Lock.BUSY);
        while (row.next()) {
            locks[row.getInt("number") - 1] = KeyProbe.Lock.valueOf(row.getString("lock"));
        }
        return locks;
    }

    /** Between two handlers: keeps what the one before did since its savepoint, sets the next. */
    static void keep(Connection connection, String tenant, Savepoint savepoint) throws SQLException {
        execute(connection, Since.KEPT.sql(savepoint) + SET_TENANT + "SAVEPOINT " + savepoint.next().name, tenant);
    }

    /** Between two handlers: undoes what the one before did since its savepoint, which stays. */
    static void undo(Connection connection, String tenant, Savepoint savepoint) throws SQLException {
        execute(connection, Since.UNDONE.sql(savepoint) + SET_TENANT, tenant);
    }

    private static void execute(Connection connection, String sql, String tenant) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, tenant);
            statement.execute();
        }
    }

    /**
     * How a shared transaction ends.
     *
     * @param since what the last handler did
     * @param commit whether COMMIT travels with the last statements
     */
    record Ending(Since since, Savepoint savepoint, boolean commit) {}

    /** Ends the last handler, inserts what all of them leave, and commits if wanted. */
    static void finish(Connection connection, String tenant, NewRows rows, Ending ending) throws SQLException {
        List<String> expired = rows.keys().stream()
                .filter(NewKey::replacesExpired)
                .map(key -> key.call().key().value())
                .toList();
        String sql = ending.since().sql(ending.savepoint())
                + (expired.isEmpty() ? "" : IdempotencyKeys.DELETE_ALL_EXPIRED)
                + (rows.keys().isEmpty() ? "" : IdempotencyKeys.INSERT_ALL + AuditLog.INSERT_ALL)
                + OutboxEvents.sql(rows.events())
                + CLOSE_GUARD
                + (ending.commit() ? "COMMIT" : "");
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bindFinish(statement, tenant, rows, expired);
            statement.execute();
        }
    }

    private static void bindFinish(PreparedStatement statement, String tenant, NewRows rows, List<String> expired)
            throws SQLException {
        int index = expired.isEmpty() ? 1 : IdempotencyKeys.bindKeys(statement, 1, tenant, expired);
        if (!rows.keys().isEmpty()) {
            index = IdempotencyKeys.bindInsertAll(statement, index, tenant, rows.keys());
            index = AuditLog.bindInsertAll(statement, index, tenant, rows.auditRows());
        }
        OutboxEvents.bind(statement, index, tenant, rows.events());
    }
}

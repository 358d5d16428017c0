package dev.semel.internal;

import dev.semel.Call;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;

/**
 * Look-up first, one insert at the end, no dead tuple. The primary key of {@code idempotency_keys} alone makes it right; the
 * try-locks only save wasted work and never wait. A key has two locks: only if both are held somebody is busy with it, if
 * one is, then another key has the same number, and the call waits.
 *
 * <p>Both statement lists travel as one message each: the driver sends the statements of one string together and the server
 * runs each with its own snapshot, so that the look-up sees what was committed before the lock was taken.
 */
final class RecordLast implements KeyLayout {
    private static final String LOCK = """
            SELECT set_config('semel.tenant', ?, true) AS tenant,
                   set_config('lock_timeout', ?, true) AS lock_timeout,
                   current_setting('transaction_isolation') AS isolation,
                   CASE WHEN NOT pg_try_advisory_xact_lock(?) THEN 'BUSY'
                        WHEN NOT pg_try_advisory_xact_lock(?) THEN
                             CASE WHEN pg_try_advisory_xact_lock(?) THEN 'BUSY' ELSE 'BUSY_WITH_OTHER_PAYLOAD' END
                        WHEN NOT pg_try_advisory_xact_lock(?) THEN 'BUSY'
                        ELSE 'FREE' END AS lock;
            """;
    private static final String SAVEPOINT = ";\nSAVEPOINT semel_handler";
    private static final String ROLLBACK_TO_SAVEPOINT = "ROLLBACK TO SAVEPOINT semel_handler;\n";

    @Override
    public KeyProbe probe(Connection connection, Call<?, ?> call, long lockWaitMillis, boolean setSavepoint)
            throws SQLException {
        String sql = LOCK + IdempotencyKeys.FIND + (setSavepoint ? SAVEPOINT : "");
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bindProbe(statement, call, lockWaitMillis);
            statement.execute();
            KeyProbe.Lock lock = readLock(statement.getResultSet());
            statement.getMoreResults();
            return new KeyProbe(lock, IdempotencyKeys.read(statement.getResultSet()));
        }
    }

    private static void bindProbe(PreparedStatement statement, Call<?, ?> call, long lockWaitMillis)
            throws SQLException {
        String tenant = call.caller().tenant();
        KeyLocks locks = KeyLocks.of(call);
        statement.setString(1, tenant);
        statement.setString(2, String.valueOf(lockWaitMillis));
        statement.setLong(3, locks.payload());
        statement.setLong(4, locks.key());
        statement.setLong(5, locks.keyAgain());
        statement.setLong(6, locks.keyAgain());
        statement.setString(7, tenant);
        statement.setString(8, call.key().value());
    }

    private static KeyProbe.Lock readLock(ResultSet row) throws SQLException {
        row.next();
        requireReadCommitted(row.getString("isolation"));
        return KeyProbe.Lock.valueOf(row.getString("lock"));
    }

    static void requireReadCommitted(String isolation) {
        if (!"read committed".equals(isolation)) {
            throw new IllegalStateException("Semel writes need READ COMMITTED transactions, but the data source gives "
                    + isolation.toUpperCase(Locale.ROOT));
        }
    }

    @Override
    public void finish(Connection connection, NewRows rows, Ending ending) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(finishSql(rows, ending))) {
            bindFinish(statement, rows);
            statement.execute();
        }
    }

    private static String finishSql(NewRows rows, Ending ending) {
        StringBuilder sql = new StringBuilder(ending.toSavepoint() ? ROLLBACK_TO_SAVEPOINT : "");
        for (NewKey key : rows.keys()) {
            sql.append(key.replacesExpired() ? IdempotencyKeys.DELETE_EXPIRED : "")
                    .append(IdempotencyKeys.INSERT);
        }
        rows.auditRows().forEach(row -> sql.append(AuditLog.INSERT));
        return sql.append(OutboxEvents.sql(rows.events()))
                .append(ending.commit() ? "COMMIT" : "")
                .toString();
    }

    private static void bindFinish(PreparedStatement statement, NewRows rows) throws SQLException {
        String tenant = rows.keys().get(0).call().caller().tenant();
        int index = 1;
        for (NewKey key : rows.keys()) {
            index = key.replacesExpired() ? IdempotencyKeys.bindDeleteExpired(statement, index, key.call()) : index;
            index = IdempotencyKeys.bindInsert(statement, index, key);
        }
        for (AuditRow row : rows.auditRows()) {
            index = AuditLog.bindInsert(statement, index, row);
        }
        OutboxEvents.bind(statement, index, tenant, rows.events());
    }
}

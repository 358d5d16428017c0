package dev.semel.internal;

import dev.semel.Call;
import dev.semel.Caller;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
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
    public KeyProbe probe(Connection connection, Call<?, ?> call, boolean setSavepoint) throws SQLException {
        String sql = LOCK + IdempotencyKeys.FIND + (setSavepoint ? SAVEPOINT : "");
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bindProbe(statement, call);
            statement.execute();
            KeyProbe.Lock lock = readLock(statement.getResultSet());
            statement.getMoreResults();
            return new KeyProbe(lock, IdempotencyKeys.read(statement.getResultSet()));
        }
    }

    private static void bindProbe(PreparedStatement statement, Call<?, ?> call) throws SQLException {
        String tenant = call.caller().tenant();
        String key = call.key().value();
        String hash = HexFormat.of().formatHex(call.fingerprint().sha256());
        statement.setString(1, tenant);
        statement.setString(
                2, String.valueOf(Math.max(1, call.operation().waitLimit().toMillis())));
        statement.setLong(3, Names.lock("payload", tenant, key, hash));
        statement.setLong(4, Names.lock("key", tenant, key));
        statement.setLong(5, Names.lock("key again", tenant, key));
        statement.setLong(6, Names.lock("key again", tenant, key));
        statement.setString(7, tenant);
        statement.setString(8, key);
    }

    private static KeyProbe.Lock readLock(ResultSet row) throws SQLException {
        row.next();
        if (!"read committed".equals(row.getString("isolation"))) {
            throw new IllegalStateException("Semel writes need READ COMMITTED transactions, but the data source gives "
                    + row.getString("isolation").toUpperCase(Locale.ROOT));
        }
        return KeyProbe.Lock.valueOf(row.getString("lock"));
    }

    @Override
    public void finish(Connection connection, Batch batch, Ending ending) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(finishSql(batch, ending))) {
            bindFinish(statement, batch);
            statement.execute();
        }
    }

    private static String finishSql(Batch batch, Ending ending) {
        StringBuilder sql = new StringBuilder(ending.toSavepoint() ? ROLLBACK_TO_SAVEPOINT : "");
        for (NewKey key : batch.keys()) {
            sql.append(key.replacesExpired() ? IdempotencyKeys.DELETE_EXPIRED : "")
                    .append(IdempotencyKeys.INSERT);
        }
        batch.auditRows().forEach(row -> sql.append(AuditLog.INSERT));
        if (!batch.events().isEmpty()) {
            sql.append(OutboxEvents.LOCK_ORDERING_KEYS).append(OutboxEvents.INSERT);
        }
        return sql.append(ending.commit() ? "COMMIT" : "").toString();
    }

    private static void bindFinish(PreparedStatement statement, Batch batch) throws SQLException {
        int index = 1;
        for (NewKey key : batch.keys()) {
            index = key.replacesExpired() ? IdempotencyKeys.bindDeleteExpired(statement, index, key.call()) : index;
            index = IdempotencyKeys.bindInsert(statement, index, key);
        }
        for (AuditRow row : batch.auditRows()) {
            index = AuditLog.bindInsert(statement, index, row);
        }
        bindEvents(statement, index, batch.keys().get(0).call().caller(), batch.events());
    }

    private static void bindEvents(PreparedStatement statement, int index, Caller caller, List<EventRow> events)
            throws SQLException {
        if (!events.isEmpty()) {
            int next = OutboxEvents.bindLocks(statement, index, caller, events);
            OutboxEvents.bindInsert(statement, next, caller, events);
        }
    }
}

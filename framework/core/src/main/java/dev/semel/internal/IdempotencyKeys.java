package dev.semel.internal;

import dev.semel.Call;
import dev.semel.Fingerprint;
import dev.semel.Operation;
import dev.semel.Risk;
import dev.semel.Snapshot;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code semel.idempotency_keys}: one row per key, response included. */
final class IdempotencyKeys {
    /** A financial key's tombstone stays as long as the audit log. */
    private static final Duration TOMBSTONE_RETENTION = Duration.ofDays(7 * 366);

    static final String FIND = """
            SELECT operation_type, payload_hash, fingerprint_version, result_id,
                   response_type, response_content_type, response_body, purge_at > clock_timestamp() AS live
              FROM semel.idempotency_keys
             WHERE tenant_id = ? AND key = ?""";

    static final String FIND_ALL = """
            SELECT key, operation_type, payload_hash, fingerprint_version, result_id,
                   response_type, response_content_type, response_body, purge_at > clock_timestamp() AS live
              FROM semel.idempotency_keys
             WHERE tenant_id = ? AND key = ANY (?::text[]);
            """;

    static final String DELETE_ALL_EXPIRED = """
            DELETE FROM semel.idempotency_keys
             WHERE tenant_id = ? AND key = ANY (?::text[]) AND purge_at <= clock_timestamp();
            """;

    /** As {@link #INSERT}, many at once. */
    static final String INSERT_ALL = """
            INSERT INTO semel.idempotency_keys
                   (tenant_id, key, operation_type, payload_hash, fingerprint_version, result_id,
                    response_type, response_content_type, response_body, request_id, expires_at, purge_at)
            SELECT ?, made.key, made.operation_type, made.payload_hash, made.fingerprint_version, made.result_id,
                   made.response_type, made.response_content_type, made.response_body, made.request_id,
                   clock_timestamp() + made.seconds_kept * interval '1 second',
                   clock_timestamp() + made.seconds_until_purge * interval '1 second'
              FROM unnest(?::text[], ?::text[], ?::bytea[], ?::int[], ?::uuid[], ?::text[], ?::text[], ?::bytea[],
                          ?::text[], ?::bigint[], ?::bigint[])
                   AS made (key, operation_type, payload_hash, fingerprint_version, result_id, response_type,
                            response_content_type, response_body, request_id, seconds_kept, seconds_until_purge);
            """;

    static final String DELETE_EXPIRED = """
            DELETE FROM semel.idempotency_keys
             WHERE tenant_id = ? AND key = ? AND purge_at <= clock_timestamp();
            """;

    /** No ON CONFLICT: a second row must fail the whole transaction, which is then rolled back and looked up anew. */
    static final String INSERT = """
            INSERT INTO semel.idempotency_keys
                   (tenant_id, key, operation_type, payload_hash, fingerprint_version, result_id,
                    response_type, response_content_type, response_body, request_id, expires_at, purge_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, clock_timestamp() + ? * interval '1 second',
                    clock_timestamp() + ? * interval '1 second');
            """;

    private IdempotencyKeys() {}

    static Optional<StoredKey> find(Connection connection, String tenant, String key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setString(1, tenant);
            statement.setString(2, key);
            try (ResultSet row = statement.executeQuery()) {
                return read(row);
            }
        }
    }

    static Optional<StoredKey> read(ResultSet row) throws SQLException {
        return row.next() ? Optional.of(stored(row)) : Optional.empty();
    }

    /** The rows of {@link #FIND_ALL} by key. */
    static Map<String, StoredKey> readAll(ResultSet row) throws SQLException {
        Map<String, StoredKey> found = new HashMap<>();
        while (row.next()) {
            found.put(row.getString("key"), stored(row));
        }
        return found;
    }

    private static StoredKey stored(ResultSet row) throws SQLException {
        Fingerprint fingerprint = new Fingerprint(row.getInt("fingerprint_version"), row.getBytes("payload_hash"));
        return new StoredKey(
                row.getString("operation_type"),
                fingerprint,
                row.getObject("result_id", UUID.class),
                snapshot(row),
                row.getBoolean("live"));
    }

    private static @Nullable Snapshot snapshot(ResultSet row) throws SQLException {
        byte[] body = row.getBytes("response_body");
        return body == null
                ? null
                : new Snapshot(row.getString("response_type"), row.getString("response_content_type"), body);
    }

    static int bindDeleteExpired(PreparedStatement statement, int index, Call<?, ?> call) throws SQLException {
        statement.setString(index++, call.caller().tenant());
        statement.setString(index++, call.key().value());
        return index;
    }

    static int bindInsert(PreparedStatement statement, int index, NewKey key) throws SQLException {
        Call<?, ?> call = key.call();
        statement.setString(index++, call.caller().tenant());
        statement.setString(index++, call.key().value());
        statement.setString(index++, call.operation().name());
        statement.setBytes(index++, call.fingerprint().sha256());
        statement.setInt(index++, call.fingerprint().version());
        statement.setObject(index++, key.resultId());
        statement.setString(index++, key.snapshot().typeId());
        statement.setString(index++, key.snapshot().contentType());
        statement.setBytes(index++, key.snapshot().body());
        statement.setString(index++, call.caller().requestId());
        statement.setLong(index++, call.operation().retention().toSeconds());
        statement.setLong(index++, purgeAfter(call.operation()).toSeconds());
        return index;
    }

    static int bindKeys(PreparedStatement statement, int index, String tenant, List<String> keys) throws SQLException {
        statement.setString(index, tenant);
        return new Columns<>(statement, index + 1, keys).text(key -> key).next();
    }

    static int bindInsertAll(PreparedStatement statement, int index, String tenant, List<NewKey> keys)
            throws SQLException {
        statement.setString(index, tenant);
        return new Columns<>(statement, index + 1, keys)
                .text(key -> key.call().key().value())
                .text(key -> key.call().operation().name())
                .bind("bytea", byte[][]::new, key -> key.call().fingerprint().sha256())
                .bind("int4", Integer[]::new, key -> key.call().fingerprint().version())
                .bind("uuid", UUID[]::new, NewKey::resultId)
                .text(key -> key.snapshot().typeId())
                .text(key -> key.snapshot().contentType())
                .bind("bytea", byte[][]::new, key -> key.snapshot().body())
                .text(key -> key.call().caller().requestId())
                .number(key -> key.call().operation().retention().toSeconds())
                .number(key -> purgeAfter(key.call().operation()).toSeconds())
                .next();
    }

    private static Duration purgeAfter(Operation<?, ?> operation) {
        return operation.risk() == Risk.FINANCIAL ? TOMBSTONE_RETENTION : operation.retention();
    }
}

package dev.semel.internal.maintenance;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The table {@code semel.idempotency_keys}, as it is pruned: read across tenants, changed tenant by tenant. */
public final class PrunableKeys {
    private static final String NOW = "SELECT clock_timestamp()";

    private static final String ELIGIBLE = """
            /* all tenants: a measure */
            SELECT (SELECT count(*) FROM semel.idempotency_keys
                     WHERE response_body IS NOT NULL AND expires_at <= ?)
                 + (SELECT count(*) FROM semel.idempotency_keys
                     WHERE response_body IS NULL AND purge_at <= ?)""";

    private static final String EXPIRED_RESPONSES = """
            /* all tenants: finds what is due; locks nothing */
            SELECT tenant_id, key, expires_at AS due_at FROM semel.idempotency_keys
             WHERE response_body IS NOT NULL AND expires_at >= ? AND expires_at <= ? ORDER BY expires_at LIMIT ?""";

    private static final String EXPIRED_TOMBSTONES = """
            /* all tenants: finds what is due; locks nothing */
            SELECT tenant_id, key, purge_at AS due_at FROM semel.idempotency_keys
             WHERE response_body IS NULL AND purge_at >= ? AND purge_at <= ? ORDER BY purge_at LIMIT ?""";

    /** The time is asked for again: the key may have been used anew since it was found. */
    private static final String DELETE = """
            DELETE FROM semel.idempotency_keys
             WHERE tenant_id = ? AND key = ANY (ARRAY(
                   SELECT key FROM semel.idempotency_keys
                    WHERE tenant_id = ? AND key = ANY (?) AND purge_at <= statement_timestamp() FOR UPDATE SKIP LOCKED))""";

    /**
     * The keys say which rows, and their index finds them. The other conditions are written so that no other index fits: by statistics
     * of a time when next to nothing had expired, or had a response, the planner would take the index of the responses that are due,
     * and read all of them for each tenant.
     */
    private static final String LEAVE_TOMBSTONE = """
            UPDATE semel.idempotency_keys SET response_body = NULL
             WHERE tenant_id = ? AND key = ANY (ARRAY(
                   SELECT key FROM semel.idempotency_keys
                    WHERE tenant_id = ? AND key = ANY (?) AND num_nulls(response_body) = 0
                      AND expires_at + interval '0' <= statement_timestamp() AND purge_at > statement_timestamp()
                      FOR UPDATE SKIP LOCKED))""";

    private PrunableKeys() {}

    /** What can be pruned of a key. */
    public enum Kind {
        /** Its response; with it the whole record, unless its tombstone stays. */
        RESPONSES(EXPIRED_RESPONSES, true),
        /** What is left of a financial key. */
        TOMBSTONES(EXPIRED_TOMBSTONES, false);

        private final String find;
        private final boolean mayLeaveTombstones;

        Kind(String find, boolean mayLeaveTombstones) {
            this.find = find;
            this.mayLeaveTombstones = mayLeaveTombstones;
        }

        public List<Due> due(Connection connection, Place from, int limit) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(find)) {
                statement.setObject(1, from.from());
                statement.setObject(2, from.until());
                statement.setInt(3, limit);
                return read(statement);
            }
        }

        /** Returns how many were changed: fewer than were due if somebody else is at some of them. */
        public int prune(Connection connection, List<Due> due) throws SQLException {
            Map<String, List<String>> keys = new LinkedHashMap<>();
            due.forEach(one -> keys.computeIfAbsent(one.tenant(), tenant -> new ArrayList<>())
                    .add(one.key()));
            int left = mayLeaveTombstones ? change(connection, LEAVE_TOMBSTONE, keys) : 0;
            return left + change(connection, DELETE, keys);
        }
    }

    /** A key whose time has come. */
    public record Due(String tenant, String key, OffsetDateTime at) {}

    /** How far a run has come, so that rows which are gone, but not vacuumed yet, are not read again and again. */
    public record Place(OffsetDateTime from, OffsetDateTime until) {
        /** Stays at the last time if there was something to do: further keys may share it. */
        public Place after(List<Due> due, boolean progress) {
            OffsetDateTime last = due.get(due.size() - 1).at();
            return new Place(progress ? last : last.plus(1, ChronoUnit.MICROS), until);
        }
    }

    public static Place start(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(NOW)) {
            row.next();
            return new Place(OffsetDateTime.MIN, row.getObject(1, OffsetDateTime.class));
        }
    }

    /** How many were due at a time and are still there. */
    public static long eligible(Connection connection, OffsetDateTime then) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ELIGIBLE)) {
            statement.setObject(1, then);
            statement.setObject(2, then);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static List<Due> read(PreparedStatement statement) throws SQLException {
        List<Due> due = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                due.add(new Due(row.getString(1), row.getString(2), row.getObject(3, OffsetDateTime.class)));
            }
        }
        return due;
    }

    private static int change(Connection connection, String sql, Map<String, List<String>> keys) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Map.Entry<String, List<String>> tenant : keys.entrySet()) {
                Array ofTenant =
                        connection.createArrayOf("text", tenant.getValue().toArray());
                statement.setString(1, tenant.getKey());
                statement.setString(2, tenant.getKey());
                statement.setArray(3, ofTenant);
                statement.addBatch();
            }
            int changed = 0;
            for (int rows : statement.executeBatch()) {
                changed += rows;
            }
            return changed;
        }
    }
}

package dev.semel.internal.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The fresh events at the time of a look: which tenants have some, and where each one's begin.
 *
 * <p>A tenant that has some now had some at the look before, or has one above the id that was settled then: nothing at or below it
 * appears any more. So the next look asks for the first event of each tenant that had some, and reads what was inserted since; it
 * reads no row of a tenant that is idle, and none that was gone before.
 *
 * @param settled the last id below which no further one appears
 * @param first each tenant's first one
 * @param oldestSeconds the age of the oldest one
 */
record FreshEvents(long settled, Map<String, Long> first, double oldestSeconds) {
    static final FreshEvents NONE_SEEN = new FreshEvents(0, Map.of(), 0);

    /**
     * Hops from tenant to tenant through the primary key. Never without an index: a plan that was made while the table was empty would
     * read all of it when it is full.
     */
    private static final String ALL = """
            SET LOCAL enable_seqscan = off;
            /* all tenants: finds whose turn it is; claims nothing */
            WITH RECURSIVE found AS (
                (SELECT tenant_id, id, created_at FROM semel.outbox_events
                  WHERE sink = '' ORDER BY tenant_id, id LIMIT 1)
                UNION ALL
                SELECT next.tenant_id, next.id, next.created_at
                  FROM found CROSS JOIN LATERAL (
                       SELECT tenant_id, id, created_at FROM semel.outbox_events AS event
                        WHERE event.tenant_id > found.tenant_id AND sink = ''
                        ORDER BY tenant_id, id LIMIT 1) AS next)
            SELECT tenant_id, id, extract(epoch FROM clock_timestamp() - created_at) AS age FROM found""";

    /** What is new is read in the order of its index, whatever the planner thinks of how much it is. */
    private static final String NEXT = """
            SET LOCAL enable_seqscan = off;
            /* all tenants: finds whose turn it is; claims nothing */
            SELECT known.tenant_id, event.id, extract(epoch FROM clock_timestamp() - event.created_at) AS age
              FROM unnest(?::text[], ?::bigint[]) AS known (tenant_id, id)
             CROSS JOIN LATERAL (
                   SELECT id, created_at FROM semel.outbox_events AS one
                    WHERE one.tenant_id = known.tenant_id AND one.sink = '' AND one.id >= known.id
                    ORDER BY id LIMIT 1) AS event
             UNION ALL
            SELECT tenant_id, min(id), extract(epoch FROM clock_timestamp() - min(created_at)) AS age
              FROM (SELECT tenant_id, id, created_at FROM semel.outbox_events
                     WHERE sink = '' AND id > ? ORDER BY id OFFSET 0) AS added
             GROUP BY tenant_id""";

    /** Looks from the beginning; reads past all rows that are gone and not vacuumed yet. */
    static FreshEvents all(Connection connection, long settled) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ALL)) {
            return read(statement, settled);
        }
    }

    /** Looks again. */
    FreshEvents next(Connection connection, long nowSettled) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NEXT)) {
            statement.setArray(
                    1, connection.createArrayOf("text", first.keySet().toArray()));
            statement.setArray(
                    2, connection.createArrayOf("bigint", first.values().toArray()));
            statement.setLong(3, settled);
            return read(statement, nowSettled);
        }
    }

    private static FreshEvents read(PreparedStatement statement, long settled) throws SQLException {
        Map<String, Long> first = new LinkedHashMap<>();
        double oldestSeconds = 0;
        statement.execute();
        statement.getMoreResults();
        try (ResultSet row = statement.getResultSet()) {
            while (row.next()) {
                first.merge(row.getString("tenant_id"), row.getLong("id"), Math::min);
                oldestSeconds = Math.max(oldestSeconds, row.getDouble("age"));
            }
        }
        return new FreshEvents(settled, first, oldestSeconds);
    }

    /** The tenant has no fresh event below it, now or later. */
    long watermark(String tenant) {
        return Math.min(settled + 1, first.getOrDefault(tenant, Long.MAX_VALUE));
    }
}

package dev.semel.internal.outbox;

import dev.semel.internal.Deadline;
import dev.semel.internal.SettledIds;
import dev.semel.maintenance.MaintenanceTransactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the tenants that have something to deliver, and the watermark below which no fresh event is or will be.
 *
 * <p>Acknowledged rows stay in the index until they are vacuumed, and a single long transaction anywhere keeps them from being
 * vacuumed; a claim that starts at the beginning then reads all of them each time. So claims start at a watermark. It may pass
 * an id only when nobody can commit a lower one any more: {@link SettledIds}. A full look from the beginning comes each minute
 * all the same.
 *
 * <p>Thread-safe; one look at a time.
 */
final class LookOut {
    private static final Duration BETWEEN_FULL_LOOKS = Duration.ofMinutes(1);

    /** Hops from tenant to tenant through the primary key, however many rows each has. */
    private static final String FRESH = """
            /* all tenants: finds whose turn it is; claims nothing */
            WITH RECURSIVE found AS (
                (SELECT tenant_id, id FROM semel.outbox_events
                  WHERE sink = '' AND id >= ? ORDER BY tenant_id, id LIMIT 1)
                UNION ALL
                SELECT next.tenant_id, next.id
                  FROM found CROSS JOIN LATERAL (
                       SELECT tenant_id, id FROM semel.outbox_events AS event
                        WHERE event.tenant_id > found.tenant_id AND sink = '' AND id >= ?
                        ORDER BY tenant_id, id LIMIT 1) AS next)
            SELECT tenant_id, id FROM found""";

    private static final String DUE = """
            /* all tenants: finds whose turn it is; claims nothing */
            SELECT DISTINCT tenant_id FROM semel.outbox_events
             WHERE sink <> '' AND sink = ANY (?) AND (next_attempt_at <= statement_timestamp()
                                   OR (? AND next_attempt_at = 'infinity' AND parked_at IS NULL))""";

    private final MaintenanceTransactions maintenance;
    private final List<String> sinkNames;
    private final SettledIds settledIds = new SettledIds("semel.outbox_events", "semel.outbox_events_id_seq");
    private Deadline nextFullLook = Deadline.after(Duration.ZERO);
    private volatile long watermark;

    LookOut(MaintenanceTransactions maintenance, Collection<String> sinkNames) {
        this.maintenance = maintenance;
        this.sinkNames = List.copyOf(sinkNames);
    }

    /** No tenant has a fresh event below it, now or later. */
    long watermark() {
        return watermark;
    }

    /**
     * What was found.
     *
     * @param full whether it was a look from the beginning
     */
    record Sighting(Set<String> tenants, boolean full) {}

    synchronized Sighting look() throws Exception {
        boolean full = nextFullLook.passed();
        Set<String> tenants = maintenance.run(connection -> look(connection, full));
        if (full) {
            nextFullLook = Deadline.after(BETWEEN_FULL_LOOKS);
        }
        return new Sighting(tenants, full);
    }

    private Set<String> look(Connection connection, boolean full) throws SQLException {
        long next = settledIds.advance(connection) + 1;
        long from = full ? 0 : watermark;
        Set<String> tenants = new LinkedHashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(FRESH)) {
            statement.setLong(1, from);
            statement.setLong(2, from);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    tenants.add(row.getString(1));
                    next = Math.min(next, row.getLong(2));
                }
            }
        }
        watermark = next;
        addDue(connection, full, tenants);
        return tenants;
    }

    private void addDue(Connection connection, boolean full, Set<String> tenants) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DUE)) {
            statement.setArray(1, connection.createArrayOf("text", sinkNames.toArray()));
            statement.setBoolean(2, full);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    tenants.add(row.getString(1));
                }
            }
        }
    }
}

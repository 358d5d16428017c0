package dev.semel.internal.outbox;

import dev.semel.internal.Deadline;
import dev.semel.internal.SettledIds;
import dev.semel.maintenance.MaintenanceTransactions;
import dev.semel.outbox.OutboxMeasure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Finds the tenants that have something to deliver, and for each the watermark below which it has no fresh event and never will.
 *
 * <p>Acknowledged rows stay in the index until they are vacuumed, and a single long transaction anywhere keeps them from being
 * vacuumed; a claim that starts at the beginning then reads all of them each time. So claims start at a watermark, and so do looks
 * ({@link FreshEvents}). It may pass an id only when nobody can commit a lower one any more: {@link SettledIds}. A full look from
 * the beginning comes each minute all the same.
 *
 * <p>Thread-safe; one look at a time.
 */
final class LookOut {
    private static final Duration BETWEEN_FULL_LOOKS = Duration.ofMinutes(1);
    private static final Duration BETWEEN_MEASURES = Duration.ofSeconds(10);

    private static final String MEASURE = """
            /* all tenants: a measure */
            SELECT coalesce(extract(epoch FROM clock_timestamp() - min(created_at) FILTER (WHERE parked_at IS NULL)), 0),
                   count(*) FILTER (WHERE parked_at IS NOT NULL)
              FROM semel.outbox_events WHERE sink <> ''""";

    /**
     * Hops from tenant to tenant through the deliveries of each sink that is up, and asks each for one that is due: those of a sink that
     * is down may be very many, and are not read. A question with a limit of its own: the planner answers EXISTS for all tenants at
     * once, and reads all that is due for it.
     */
    private static final String DUE = """
            SET LOCAL enable_seqscan = off;
            /* all tenants: finds whose turn it is; claims nothing */
            WITH RECURSIVE found AS (
                SELECT wanted.sink, first.tenant_id
                  FROM unnest(?::text[]) AS wanted (sink)
                 CROSS JOIN LATERAL (
                       SELECT tenant_id FROM semel.outbox_events AS event
                        WHERE event.sink = wanted.sink AND event.sink <> '' AND event.next_attempt_at < 'infinity'
                        ORDER BY tenant_id LIMIT 1) AS first
                UNION ALL
                SELECT found.sink, next.tenant_id
                  FROM found
                 CROSS JOIN LATERAL (
                       SELECT tenant_id FROM semel.outbox_events AS event
                        WHERE event.sink = found.sink AND event.sink <> '' AND event.next_attempt_at < 'infinity'
                          AND event.tenant_id > found.tenant_id
                        ORDER BY tenant_id LIMIT 1) AS next)
            SELECT DISTINCT found.tenant_id
              FROM found
             CROSS JOIN LATERAL (
                   SELECT id FROM semel.outbox_events AS event
                    WHERE event.sink = found.sink AND event.sink <> '' AND event.next_attempt_at < 'infinity'
                      AND event.tenant_id = found.tenant_id AND event.next_attempt_at <= statement_timestamp()
                    LIMIT 1) AS due""";

    /** What waits for another delivery, perhaps for one that is gone. Reads all deliveries. */
    private static final String WAITING = """
            /* all tenants: finds whose turn it is; claims nothing */
            SELECT DISTINCT tenant_id FROM semel.outbox_events
             WHERE sink <> '' AND sink = ANY (?) AND next_attempt_at = 'infinity' AND parked_at IS NULL""";

    private final MaintenanceTransactions maintenance;
    private final RelayConfig config;
    private final SinkBreakers breakers;
    private final SettledIds settledIds = new SettledIds("semel.outbox_events", "semel.outbox_events_id_seq");
    private Deadline nextFullLook = Deadline.after(Duration.ZERO);
    private Deadline nextMeasure = Deadline.after(Duration.ZERO);
    private volatile FreshEvents fresh = FreshEvents.NONE_SEEN;

    LookOut(MaintenanceTransactions maintenance, RelayConfig config, SinkBreakers breakers) {
        this.maintenance = maintenance;
        this.config = config;
        this.breakers = breakers;
    }

    /** The tenant has no fresh event below it, now or later. */
    long watermark(String tenant) {
        return fresh.watermark(tenant);
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
        long settled = settledIds.advance(connection);
        fresh = full ? FreshEvents.all(connection, settled) : fresh.next(connection, settled);
        Set<String> tenants = new LinkedHashSet<>(fresh.first().keySet());
        addTenants(connection, DUE, tenants);
        if (full) {
            addTenants(connection, WAITING, tenants);
        }
        return tenants;
    }

    private void addTenants(Connection connection, String sql, Set<String> tenants) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(
                    1, connection.createArrayOf("text", breakers.worthALook().toArray()));
            boolean rows = statement.execute() || statement.getMoreResults();
            try (ResultSet row = statement.getResultSet()) {
                while (rows && row.next()) {
                    tenants.add(row.getString(1));
                }
            }
        }
    }

    /** Apart from looking: a measure that is slow or fails keeps nobody from what was found. */
    synchronized void measureIfDue() throws Exception {
        if (nextMeasure.passed()) {
            nextMeasure = Deadline.after(BETWEEN_MEASURES);
            OutboxMeasure measure = maintenance.run(this::measure);
            Reports.tell(config, listener -> listener.measured(measure));
        }
    }

    private OutboxMeasure measure(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(MEASURE)) {
            row.next();
            double oldestSeconds = Math.max(fresh.oldestSeconds(), row.getDouble(1));
            return new OutboxMeasure(Duration.ofMillis(Math.round(oldestSeconds * 1_000)), row.getLong(2));
        }
    }
}

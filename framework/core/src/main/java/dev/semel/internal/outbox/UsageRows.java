package dev.semel.internal.outbox;

import dev.semel.outbox.OutboxEvent;
import dev.semel.outbox.UsageReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table {@code semel.daily_usage}. */
public final class UsageRows {
    /** In one order, whatever the order of the events: transactions that count the same do not wait for each other in a circle. */
    private static final String COUNT = """
            INSERT INTO semel.daily_usage AS counted (tenant_id, day, operation_type, count)
            SELECT ?, day, operation_type, count(*)
              FROM unnest(?::date[], ?::text[]) AS executed (day, operation_type)
             GROUP BY day, operation_type ORDER BY day, operation_type
                ON CONFLICT (tenant_id, day, operation_type) DO UPDATE SET count = counted.count + EXCLUDED.count""";

    private static final String BETWEEN = """
            SELECT day, operation_type, count FROM semel.daily_usage
             WHERE tenant_id = ? AND day BETWEEN ? AND ?
             ORDER BY day, operation_type""";

    private final Connection connection;
    private final String tenant;

    public UsageRows(Connection connection, String tenant) {
        this.connection = connection;
        this.tenant = tenant;
    }

    /** Counts a write for each event, by the event's day and operation. */
    public void count(List<OutboxEvent> events) throws SQLException {
        Object[] days = events.stream().map(UsageRows::day).toArray();
        Object[] operations = events.stream().map(OutboxEvent::operation).toArray();
        try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
            EventRows.bind(
                    statement,
                    tenant,
                    connection.createArrayOf("date", days),
                    connection.createArrayOf("text", operations));
            statement.executeUpdate();
        }
    }

    private static LocalDate day(OutboxEvent event) {
        return event.createdAt().atOffset(ZoneOffset.UTC).toLocalDate();
    }

    public List<UsageReader.Usage> between(@Nullable LocalDate from, @Nullable LocalDate to) throws SQLException {
        List<UsageReader.Usage> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(BETWEEN)) {
            // The driver sends these two as -infinity and infinity.
            EventRows.bind(statement, tenant, from == null ? LocalDate.MIN : from, to == null ? LocalDate.MAX : to);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(new UsageReader.Usage(
                            row.getObject("day", LocalDate.class),
                            row.getString("operation_type"),
                            row.getLong("count")));
                }
            }
        }
        return found;
    }
}

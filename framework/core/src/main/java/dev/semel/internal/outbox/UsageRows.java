package dev.semel.internal.outbox;

import dev.semel.outbox.UsageReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table {@code semel.daily_usage}, as it is read. */
public final class UsageRows {
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

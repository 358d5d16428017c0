package dev.semel.outbox;

import dev.semel.Operation;
import dev.semel.Registry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;

/**
 * Counts executed writes by tenant, day (UTC) and operation, each exactly once: by the first event of each write. Never a
 * replay, never a write that was rolled back. Holds no state.
 */
public final class UsageSink implements DatabaseSink {
    private static final String COUNT = """
            INSERT INTO semel.daily_usage AS counted (tenant_id, day, operation_type, count) VALUES (?, ?, ?, 1)
                ON CONFLICT (tenant_id, day, operation_type) DO UPDATE SET count = counted.count + 1""";

    /** A sink; {@link #subscription} gives it the right events. */
    public UsageSink() {}

    /** The first event of each write. */
    public static Subscription subscription() {
        return new Subscription("usage", new UsageSink(), event -> event.number() == 0);
    }

    /** The first event of each write whose operation {@linkplain dev.semel.Operation#counted() is counted}, or is not in the registry. */
    public static Subscription subscription(Registry registry) {
        return new Subscription("usage", new UsageSink(), event -> event.number() == 0 && counts(registry, event));
    }

    private static boolean counts(Registry registry, OutboxEvent event) {
        return registry.find(event.operation()).map(Operation::counted).orElse(true);
    }

    @Override
    public void apply(Connection connection, OutboxEvent event) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
            statement.setString(1, event.tenant());
            statement.setObject(2, event.createdAt().atOffset(ZoneOffset.UTC).toLocalDate());
            statement.setString(3, event.operation());
            statement.executeUpdate();
        }
    }
}

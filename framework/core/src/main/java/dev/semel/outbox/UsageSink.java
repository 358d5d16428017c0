package dev.semel.outbox;

import dev.semel.Operation;
import dev.semel.Registry;
import dev.semel.internal.outbox.UsageRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Counts executed writes by tenant, day (UTC) and operation, each exactly once: by the first event of each write. Never a
 * replay, never a write that was rolled back. Holds no state.
 */
public final class UsageSink implements DatabaseSink {
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
        applyAll(connection, List.of(event));
    }

    /** One statement for all: the row of a day and an operation is written once, however many writes it counts. */
    @Override
    public void applyAll(Connection connection, List<OutboxEvent> events) throws SQLException {
        new UsageRows(connection, events.get(0).tenant()).count(events);
    }
}

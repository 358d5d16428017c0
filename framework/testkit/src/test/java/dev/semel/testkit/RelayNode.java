package dev.semel.testkit;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.semel.Transactions;
import dev.semel.lease.LeaseListener;
import dev.semel.lease.Leases;
import dev.semel.maintenance.MaintenanceTransactions;
import dev.semel.outbox.DatabaseSink;
import dev.semel.outbox.DeliveryPolicy;
import dev.semel.outbox.EventSink;
import dev.semel.outbox.OutboxEvent;
import dev.semel.outbox.Relay;
import dev.semel.outbox.Subscription;
import dev.semel.outbox.UsageSink;
import dev.semel.postgres.PostgresConnection;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.time.Duration;

/** A relay with pools of its own; as a program, a node of the {@link RelayClusterTest} in a process of its own. */
final class RelayNode implements AutoCloseable {
    private static final DatabaseSink INBOX = (connection, event) -> {
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT INTO steps.inbox (tenant_id, event_id, ordering_key, version) VALUES (?, ?, ?, ?)")) {
            statement.setString(1, event.tenant());
            statement.setObject(2, event.id());
            statement.setString(3, event.orderingKey());
            statement.setLong(4, version(event));
            statement.executeUpdate();
        }
    };

    private final HikariDataSource pool;
    private final Leases leases;
    private final Relay relay;

    private RelayNode(HikariDataSource pool, EventSink sink) {
        this.pool = pool;
        leases = Leases.of(Transactions.of(pool), new LeaseListener() {});
        relay = Relay.builder(Transactions.of(pool), MaintenanceTransactions.of(pool), leases)
                .policy(
                        "stepped",
                        DeliveryPolicy.ofDefaults()
                                .withMaxAttempts(1_000)
                                .withPauses(Duration.ofMillis(5), Duration.ofMillis(50)))
                .pollInterval(Duration.ofMillis(50))
                .batchSize(50)
                .subscribe(Subscription.to("inbox", INBOX, "stepped"))
                .subscribe(Subscription.to("outside", sink, "stepped"))
                .subscribe(UsageSink.subscription())
                .build();
    }

    static RelayNode start(PostgresConnection login, EventSink sink) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(login.jdbcUrl());
        config.setUsername(login.user());
        config.setPassword(login.password());
        config.setMaximumPoolSize(6);
        config.setConnectionInitSql("SET ROLE semel_app");
        RelayNode node = new RelayNode(new HikariDataSource(config), sink);
        node.relay.start();
        return node;
    }

    /** A node that hands its events to the receiver at the port. */
    static Process startProcess(TestDatabase database, int port) throws IOException {
        PostgresConnection login = database.owner();
        ProcessBuilder java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                RelayNode.class.getName(),
                login.jdbcUrl(),
                login.user(),
                String.valueOf(port));
        java.environment().put("PGPASSWORD", login.password());
        return java.redirectOutput(Redirect.INHERIT)
                .redirectError(Redirect.INHERIT)
                .start();
    }

    /** Lives until it is killed, or until whoever started it is gone. */
    public static void main(String[] arguments) throws IOException {
        PostgresConnection login = new PostgresConnection(arguments[0], arguments[1], System.getenv("PGPASSWORD"));
        start(login, EventReceiver.sender(Integer.parseInt(arguments[2])));
        System.exit(System.in.read());
    }

    static long version(OutboxEvent event) {
        return Long.parseLong(new String(event.payload(), StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        relay.close();
        leases.close();
        pool.close();
    }
}

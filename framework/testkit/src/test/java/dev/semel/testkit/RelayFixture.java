package dev.semel.testkit;

import dev.semel.Key;
import dev.semel.Operation;
import dev.semel.Semel;
import dev.semel.TransactionBody;
import dev.semel.Transactions;
import dev.semel.jackson.JacksonCodec;
import dev.semel.lease.LeaseListener;
import dev.semel.lease.Leases;
import dev.semel.maintenance.MaintenanceTransactions;
import dev.semel.outbox.DatabaseSink;
import dev.semel.outbox.DeliveryPolicy;
import dev.semel.outbox.Outbox;
import dev.semel.outbox.Outbox.Position;
import dev.semel.outbox.OutboxEvent;
import dev.semel.outbox.Relay;
import dev.semel.outbox.Subscription;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;

/** Notes of two tenants that emit an event each, and a relay to deliver them. */
abstract class RelayFixture {
    record Note(String orderingKey, String text) {}

    static final Operation<Note, Note> NOTE =
            Operation.standard("note", Note.class, Note.class).emits("noted").build();
    static final DeliveryPolicy QUICK =
            DeliveryPolicy.ofDefaults().withMaxAttempts(2).withPauses(Duration.ZERO, Duration.ZERO);
    static final DatabaseSink INBOX = (connection, event) -> {
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT INTO inbox.events (tenant_id, event_id) VALUES (?, ?)")) {
            statement.setString(1, event.tenant());
            statement.setObject(2, event.id());
            statement.executeUpdate();
        }
    };

    final TestDatabase database;
    final DataSource pool;
    final MaintenanceTransactions maintenance;
    final Leases leases;
    final Semel semel;
    final InMemorySink sink = new InMemorySink();
    int keys;

    RelayFixture(TestDatabase database) {
        this.database = database;
        Shop.open(database);
        database.run("""
                CREATE SCHEMA IF NOT EXISTS inbox;
                CREATE TABLE IF NOT EXISTS inbox.events (tenant_id text, event_id uuid, PRIMARY KEY (tenant_id, event_id));
                GRANT USAGE ON SCHEMA inbox TO semel_app;
                GRANT SELECT, INSERT ON inbox.events TO semel_app;
                TRUNCATE inbox.events, semel.leases, semel.daily_usage;
                """);
        pool = database.pool(10);
        maintenance = MaintenanceTransactions.of(database.pool(2));
        leases = Leases.of(Transactions.of(pool), new LeaseListener() {});
        semel = Semel.builder(Transactions.of(pool), JacksonCodec.ofDefaults())
                .handle(NOTE, write -> {
                    write.emit(
                            "noted",
                            write.payload().orderingKey(),
                            write.payload().text());
                    if (write.payload().text().startsWith("fail")) {
                        throw new IllegalStateException("as asked");
                    }
                    return write.payload();
                })
                .build();
    }

    @AfterEach
    void close() {
        leases.close();
    }

    Relay.Builder relay() {
        return Relay.builder(Transactions.of(pool), maintenance, leases).policy("noted", QUICK);
    }

    Relay.Builder relayToMemory() {
        return relay().subscribe(Subscription.to("memory", sink, "noted"));
    }

    void note(String tenant, String orderingKey, String text) {
        semel.execute(NOTE, Shop.caller(tenant), Key.of("note-" + keys++), new Note(orderingKey, text));
    }

    List<String> texts() {
        return texts(sink);
    }

    static List<String> texts(InMemorySink sink) {
        return sink.events().stream().map(RelayFixture::text).toList();
    }

    static String text(OutboxEvent event) {
        return new String(event.payload(), StandardCharsets.UTF_8).replace("\"", "");
    }

    long rows() {
        return database.number("SELECT count(*) FROM semel.outbox_events");
    }

    long inbox() {
        return database.number("SELECT count(*) FROM inbox.events");
    }

    long usage() {
        return database.number("SELECT coalesce(sum(count), 0) FROM semel.daily_usage");
    }

    List<Outbox.Pending> pending(Outbox.State state) throws Exception {
        return inTenant("acme", connection -> new Outbox(connection, "acme").list(state, Position.START, 10));
    }

    <T> T inTenant(String tenant, TransactionBody<T> body) throws Exception {
        return Transactions.of(pool).run(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET LOCAL semel.tenant = '" + tenant + "'");
            }
            return body.run(connection);
        });
    }
}

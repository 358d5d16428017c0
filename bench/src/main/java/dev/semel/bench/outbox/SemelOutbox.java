package dev.semel.bench.outbox;

import com.zaxxer.hikari.HikariDataSource;
import dev.semel.Caller;
import dev.semel.Committed;
import dev.semel.Key;
import dev.semel.Operation;
import dev.semel.Semel;
import dev.semel.Transactions;
import dev.semel.Write;
import dev.semel.WriteInfo;
import dev.semel.WriteListener;
import dev.semel.bench.database.Pools;
import dev.semel.bench.round.Contender;
import dev.semel.jackson.JacksonCodec;
import dev.semel.lease.Leases;
import dev.semel.maintenance.MaintenanceTransactions;
import dev.semel.outbox.BatchSink;
import dev.semel.outbox.OutboxEvent;
import dev.semel.outbox.Relay;
import dev.semel.outbox.RelayListener;
import dev.semel.outbox.Subscription;
import java.time.Duration;

/**
 * Semel's relay as it is shipped: two workers, batches of 200, woken after each commit. Each hundred events are one write with its
 * key and its audit row.
 *
 * @param tenants among whom the writes go round; one tenant's events are delivered by one worker
 */
public record SemelOutbox(int tenants) implements OutboxContender {
    private static final Operation<Range, Range> EMIT = Operation.standard("emitEvents", Range.class, Range.class)
            .emits("counted")
            .build();
    private static final int ORDERING_KEYS = 1_000;

    record Range(int first, int count) {}

    record Counted(int number) {}

    @Override
    public Contender contender() {
        return new Contender(
                "Semel, " + (tenants == 1 ? "1 tenant" : tenants + " tenants"),
                "emitted by exactly-once writes; at least once with a fenced acknowledgement, in order within a key");
    }

    @Override
    public String pending() {
        return "/* all tenants: the check of a round */ SELECT count(*) FROM semel.outbox_events";
    }

    @Override
    public OutboxSession open(Pools pools, Deliveries deliveries) {
        HikariDataSource application = pools.application();
        HikariDataSource maintenance = pools.owner();
        Transactions transactions = Transactions.of(application);
        JacksonCodec codec = JacksonCodec.ofDefaults();
        BatchSink nowhere = events -> {};
        Relay relay = Relay.builder(transactions, MaintenanceTransactions.of(maintenance), Leases.of(transactions))
                .subscribe(Subscription.toAll("nowhere", nowhere))
                .listener(new RelayListener() {
                    @Override
                    public void delivered(OutboxEvent event, String sinkName, Duration insertToAck) {
                        deliveries.delivered(
                                codec.read(event.payload(), Counted.class).number());
                    }
                })
                .build();
        Semel semel = Semel.builder(transactions, codec)
                .handle(EMIT, SemelOutbox::emit)
                .listener(new WriteListener() {
                    @Override
                    public void committed(WriteInfo write, Committed committed) {
                        relay.wake(write.caller().tenant());
                    }
                })
                .build();
        return new Session(tenants, semel, relay, application, maintenance);
    }

    private static Range emit(Write<Range> write) {
        Range range = write.payload();
        for (int number = range.first(); number < range.first() + range.count(); number++) {
            write.emit("counted", "key-" + number % ORDERING_KEYS, new Counted(number));
        }
        return range;
    }

    private record Session(
            int tenants, Semel semel, Relay relay, HikariDataSource application, HikariDataSource maintenance)
            implements OutboxSession {
        @Override
        public void start() {
            relay.start();
        }

        @Override
        public void enqueue(int first, int count) {
            Caller caller = new Caller("tenant-" + first / count % tenants, "user", "events-" + first);
            semel.execute(EMIT, caller, Key.of("events-" + first), new Range(first, count));
        }

        @Override
        public void close() {
            relay.close();
            application.close();
            maintenance.close();
        }
    }
}

package dev.semel.internal.outbox;

import dev.semel.TransactionBody;
import dev.semel.Transactions;
import dev.semel.failpoint.Failpoints;
import dev.semel.internal.GuardedConnection;
import dev.semel.internal.TenantSetting;
import dev.semel.lease.Lease;
import dev.semel.outbox.BatchSink;
import dev.semel.outbox.DatabaseSink;
import dev.semel.outbox.DeliveryPolicy;
import dev.semel.outbox.EventSink;
import dev.semel.outbox.OutboxEvent;
import dev.semel.outbox.RelayFailpoints;
import dev.semel.outbox.Subscription;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One batch of one tenant: read, hand to the sinks outside the database with no transaction open, then apply to the sinks in
 * the database and acknowledge, in one transaction. Whatever breaks before that transaction commits leaves all rows as they
 * were. Used once, by one thread, under the tenant's lease.
 */
final class Turn {
    private static final Logger LOG = LoggerFactory.getLogger(Turn.class);
    private static final Logger EVENTS = LoggerFactory.getLogger("semel.events");

    private final Transactions transactions;
    private final RelayConfig config;
    private final Lease lane;
    private final List<EventRows.Row> fresh = new ArrayList<>();
    private final List<Delivery> deliveries = new ArrayList<>();
    private final Map<Delivery, Attempt> outside = new LinkedHashMap<>();
    private Set<Delivery.Line> blocked = Set.of();
    private boolean woken;

    Turn(Transactions transactions, RelayConfig config, Lease lane) {
        this.transactions = transactions;
        this.config = config;
        this.lane = lane;
    }

    /** What a turn came to: deliveries that were acknowledged, and whether there may be more to do at once. */
    record Result(int delivered, boolean more) {}

    Result take(long watermark, boolean wakeForgotten) throws Exception {
        boolean full = read(watermark, wakeForgotten);
        reach(RelayFailpoints.AFTER_CLAIM);
        deliverOutside();
        reach(RelayFailpoints.AFTER_DELIVERY);
        Map<Delivery, Attempt> attempts = acknowledge();
        Reports.tell(config, attempts);
        long delivered = attempts.values().stream()
                .filter(Attempt.Delivered.class::isInstance)
                .count();
        return new Result((int) delivered, full || woken);
    }

    private boolean read(long watermark, boolean wakeForgotten) throws Exception {
        return inTenant(connection -> {
            EventRows rows = new EventRows(connection, lane.tenant());
            if (wakeForgotten) {
                rows.wakeForgotten();
            }
            List<EventRows.Row> due = rows.due(config.batchSize());
            due.forEach(this::addDue);
            fresh.addAll(rows.fresh(watermark, config.batchSize()));
            fresh.forEach(this::addFresh);
            Set<String> orderingKeys = new HashSet<>();
            fresh.forEach(row -> orderingKeys.add(row.event().orderingKey()));
            blocked = orderingKeys.isEmpty() ? Set.of() : rows.blocked(orderingKeys);
            return due.size() == config.batchSize() || fresh.size() == config.batchSize();
        });
    }

    /** A delivery whose sink is not subscribed on this node is left to a node that has it. */
    private void addDue(EventRows.Row row) {
        config.subscription(row.sinkName())
                .ifPresent(one -> deliveries.add(new Delivery(row.id(), row.event(), one, false, row.attempts())));
    }

    private void addFresh(EventRows.Row row) {
        List<Subscription> subscribers = config.subscribers(row.event());
        if (subscribers.isEmpty()) {
            OutboxEvent event = row.event();
            EVENTS.debug("no sink for event {} of type {}", event.id(), event.type());
        }
        subscribers.forEach(one -> deliveries.add(new Delivery(row.id(), row.event(), one, true, 0)));
    }

    private void deliverOutside() {
        Set<Delivery.Line> stopped = new HashSet<>();
        Map<BatchSink, List<Delivery>> batches = new LinkedHashMap<>();
        for (Delivery delivery : deliveries) {
            if (delivery.subscription().sink() instanceof EventSink sink) {
                settle(delivery, stopped, () -> sink.deliver(delivery.event()));
            } else if (delivery.subscription().sink() instanceof BatchSink sink) {
                batches.computeIfAbsent(sink, key -> new ArrayList<>()).add(delivery);
            }
        }
        batches.forEach((sink, batch) -> deliverBatch(sink, batch, stopped));
    }

    private void deliverBatch(BatchSink sink, List<Delivery> batch, Set<Delivery.Line> stopped) {
        List<Delivery> free =
                batch.stream().filter(one -> !mustWait(one, stopped)).toList();
        if (free.size() > 1 && deliversAll(sink, free)) {
            free.forEach(one -> outside.put(one, new Attempt.Delivered()));
        }
        for (Delivery delivery : batch) {
            if (!outside.containsKey(delivery)) {
                settle(delivery, stopped, () -> sink.deliver(List.of(delivery.event())));
            }
        }
    }

    private static boolean deliversAll(BatchSink sink, List<Delivery> batch) {
        try {
            sink.deliver(batch.stream().map(Delivery::event).toList());
            return true;
        } catch (Exception e) {
            LOG.debug(
                    "a batch of {} failed and is delivered one by one: {}",
                    batch.size(),
                    e.getClass().getName());
            return false;
        }
    }

    private void settle(Delivery delivery, Set<Delivery.Line> stopped, Work work) {
        outside.put(delivery, attempt(delivery, stopped, work));
    }

    private Attempt attempt(Delivery delivery, Set<Delivery.Line> stopped, Work work) {
        if (mustWait(delivery, stopped)) {
            return new Attempt.MustWait();
        }
        try {
            work.run();
            return new Attempt.Delivered();
        } catch (Exception failure) {
            Attempt.Failed failed = new Attempt.Failed(failure);
            if (!goesOnAfter(delivery, failed)) {
                stopped.add(delivery.line());
            }
            return failed;
        }
    }

    private boolean mustWait(Delivery delivery, Set<Delivery.Line> stopped) {
        return stopped.contains(delivery.line()) || (delivery.fresh() && blocked.contains(delivery.line()));
    }

    private boolean goesOnAfter(Delivery delivery, Attempt.Failed failed) {
        return isLast(delivery, failed) && config.policy(delivery.event()).onPark() == DeliveryPolicy.OnPark.CONTINUE;
    }

    private boolean isLast(Delivery delivery, Attempt.Failed failed) {
        return failed.forGood()
                || delivery.attempts() + 1 >= config.policy(delivery.event()).maxAttempts();
    }

    /** First all in one go; if a sink in the database fails, again with a savepoint around each of its events. */
    private Map<Delivery, Attempt> acknowledge() throws Exception {
        try {
            return inTenant(connection -> acknowledge(connection, false));
        } catch (SinkFailedException oneOfThem) {
            return inTenant(connection -> acknowledge(connection, true));
        }
    }

    private Map<Delivery, Attempt> acknowledge(Connection connection, boolean savepoints) throws Exception {
        lane.requireHeld(connection);
        Map<Delivery, Attempt> attempts = new LinkedHashMap<>(outside);
        Set<Delivery.Line> stopped = new HashSet<>();
        for (Delivery delivery : deliveries) {
            if (delivery.subscription().sink() instanceof DatabaseSink sink) {
                attempts.put(
                        delivery,
                        attempt(delivery, stopped, () -> apply(connection, sink, delivery.event(), savepoints)));
                requireFine(attempts.get(delivery), savepoints);
            }
        }
        woken = new Acknowledgement(config, new EventRows(connection, lane.tenant()))
                .write(fresh, attempts, this::isLast);
        config.failpoints().reach(RelayFailpoints.BEFORE_COMMIT, connection);
        return attempts;
    }

    private static void requireFine(Attempt attempt, boolean savepoints) {
        if (!savepoints && attempt instanceof Attempt.Failed failed) {
            throw new SinkFailedException(failed.failure());
        }
    }

    private static void apply(Connection connection, DatabaseSink sink, OutboxEvent event, boolean savepoint)
            throws Exception {
        Connection guarded = GuardedConnection.guard(connection);
        if (!savepoint) {
            sink.apply(guarded, event);
            return;
        }
        Savepoint before = connection.setSavepoint();
        try {
            sink.apply(guarded, event);
            connection.releaseSavepoint(before);
        } catch (Exception failure) {
            connection.rollback(before);
            throw failure;
        }
    }

    private <T> T inTenant(TransactionBody<T> body) throws Exception {
        return transactions.run(connection -> {
            TenantSetting.set(connection, lane.tenant());
            return body.run(connection);
        });
    }

    private void reach(dev.semel.failpoint.Failpoint failpoint) throws SQLException {
        Failpoints failpoints = config.failpoints();
        failpoints.reach(failpoint, null);
    }

    /** An attempt at a delivery. */
    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    /** A sink in the database failed: the transaction is rolled back and tried with savepoints. */
    private static final class SinkFailedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SinkFailedException(Exception cause) {
            super(cause);
        }
    }
}

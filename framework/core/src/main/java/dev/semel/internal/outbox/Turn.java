package dev.semel.internal.outbox;

import dev.semel.TransactionBody;
import dev.semel.Transactions;
import dev.semel.internal.SqlFailures;
import dev.semel.lease.Lease;
import dev.semel.outbox.OutboxEvent;
import dev.semel.outbox.RelayFailpoints;
import dev.semel.outbox.Subscription;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One batch of one tenant: read, hand to the sinks outside the database with no transaction open, then apply to the sinks in
 * the database and acknowledge, in one transaction. Whatever breaks before that transaction commits leaves all rows as they
 * were. Used once, by one thread, under the tenant's lease.
 */
final class Turn {
    private static final Logger EVENTS = LoggerFactory.getLogger("semel.events");

    private final Transactions transactions;
    private final RelayConfig config;
    private final ExecutorService senders;
    private final SinkBreakers breakers;
    private final Lease lane;
    private final List<EventRows.Row> fresh = new ArrayList<>();
    private final List<Delivery> deliveries = new ArrayList<>();
    private Set<Delivery.Line> blocked = Set.of();
    private boolean woken;

    Turn(Transactions transactions, RelayConfig config, ExecutorService senders, SinkBreakers breakers, Lease lane) {
        this.transactions = transactions;
        this.config = config;
        this.senders = senders;
        this.breakers = breakers;
        this.lane = lane;
    }

    /** What a turn came to: deliveries that were acknowledged, and whether there may be more to do at once. */
    record Result(int delivered, boolean more) {}

    Result take(long watermark, boolean wakeForgotten) throws Exception {
        boolean full = read(watermark, wakeForgotten);
        config.failpoints().reach(RelayFailpoints.AFTER_CLAIM, null);
        Map<Delivery, Attempt> outside = new Outside(
                        senders,
                        new Attempts(config, blocked),
                        breakers,
                        config.pace().deliveryTimeout())
                .deliver(deliveries);
        config.failpoints().reach(RelayFailpoints.AFTER_DELIVERY, null);
        Map<Delivery, Attempt> attempts = acknowledge(outside);
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
            List<EventRows.Row> due = rows.due(breakers.up(), config.pace().batchSize());
            due.forEach(this::addDue);
            for (String sinkName : breakers.toTry()) {
                rows.longestWaiting(sinkName).ifPresent(this::addDue);
            }
            fresh.addAll(rows.fresh(watermark, config.pace().batchSize()));
            fresh.forEach(this::addFresh);
            Set<String> orderingKeys = new HashSet<>();
            fresh.forEach(row -> orderingKeys.add(row.event().orderingKey()));
            blocked = orderingKeys.isEmpty() ? Set.of() : rows.blocked(config.sinkNames(), orderingKeys);
            int limit = config.pace().batchSize();
            return EventRows.isFull(due, limit) || EventRows.isFull(fresh, limit);
        });
    }

    private void addDue(EventRows.Row row) {
        Subscription subscription = config.subscription(row.sinkName());
        deliveries.add(new Delivery(row.id(), row.event(), subscription, false, row.attempts()));
    }

    private void addFresh(EventRows.Row row) {
        List<Subscription> subscribers = config.subscribers(row.event());
        if (subscribers.isEmpty()) {
            OutboxEvent event = row.event();
            EVENTS.debug("no sink for event {} of type {}", event.id(), event.type());
        }
        subscribers.forEach(one -> deliveries.add(new Delivery(row.id(), row.event(), one, true, 0)));
    }

    /**
     * First all in one go; if a sink in the database fails, or the transaction does after what sinks did in it, again with a savepoint
     * around each of its events.
     */
    private Map<Delivery, Attempt> acknowledge(Map<Delivery, Attempt> outside) throws Exception {
        try {
            return inTenant(connection -> acknowledge(connection, outside, Inside::together));
        } catch (Exception failure) {
            if (!mayBeOfASink(failure)) {
                throw failure;
            }
            return inTenant(connection -> acknowledge(connection, outside, Inside::oneByOne));
        }
    }

    /** Some failures show after their sink: an error that it swallowed, a constraint that is checked at the end. */
    private static boolean mayBeOfASink(Exception failure) {
        return failure instanceof Inside.SinkFailedException || SqlFailures.isRefusal(failure);
    }

    private Map<Delivery, Attempt> acknowledge(Connection connection, Map<Delivery, Attempt> outside, Pass pass)
            throws Exception {
        lane.requireHeld(connection);
        Attempts inside = new Attempts(config, blocked);
        Map<Delivery, Attempt> attempts = new LinkedHashMap<>(outside);
        attempts.putAll(pass.make(new Inside(connection, inside), deliveries));
        woken = new Acknowledgement(config, new EventRows(connection, lane.tenant()))
                .write(fresh, attempts, inside::isLast);
        config.failpoints().reach(RelayFailpoints.BEFORE_COMMIT, connection);
        return attempts;
    }

    /** How the sinks in the database are given their deliveries. */
    @FunctionalInterface
    private interface Pass {
        Map<Delivery, Attempt> make(Inside inside, List<Delivery> deliveries) throws InterruptedException;
    }

    private <T> T inTenant(TransactionBody<T> body) throws Exception {
        return transactions.run(lane.tenant(), body);
    }
}

package dev.semel.internal.outbox;

import dev.semel.failpoint.Failpoints;
import dev.semel.outbox.DeliveryPolicy;
import dev.semel.outbox.EventSink;
import dev.semel.outbox.OutagePolicy;
import dev.semel.outbox.OutboxEvent;
import dev.semel.outbox.RelayListener;
import dev.semel.outbox.Subscription;
import dev.semel.outbox.UndeliverableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A relay's settings. */
public record RelayConfig(
        List<Subscription> subscriptions,
        Map<String, DeliveryPolicy> policies,
        List<RelayListener> listeners,
        Failpoints failpoints,
        OutagePolicy outage,
        Pace pace) {
    /** How much is done at once, how often is looked, and how long a delivery is waited for. */
    public record Pace(Duration pollInterval, int workers, int batchSize, Duration deliveryTimeout) {
        public Pace {
            if (workers < 1 || batchSize < 1 || pollInterval.toMillis() < 1 || deliveryTimeout.toMillis() < 1) {
                throw new IllegalArgumentException("workers, batch size, poll interval and timeout must be positive");
            }
        }
    }

    /** In the place of a sink whose filter failed. */
    static final EventSink UNDECIDED = event -> {
        throw new UndeliverableException("the subscription's filter failed");
    };

    private static final DeliveryPolicy DEFAULT_POLICY = DeliveryPolicy.ofDefaults();

    public RelayConfig {
        subscriptions = List.copyOf(subscriptions);
        policies = Map.copyOf(policies);
        listeners = List.copyOf(listeners);
        if (subscriptions.stream().map(Subscription::sinkName).distinct().count() < subscriptions.size()) {
            throw new IllegalArgumentException("two subscriptions share a sink name");
        }
    }

    List<String> sinkNames() {
        return subscriptions.stream().map(Subscription::sinkName).toList();
    }

    /** Who gets the event. A filter that fails on it stops nobody else: for that sink the event is parked. */
    List<Subscription> subscribers(OutboxEvent event) {
        List<Subscription> subscribers = new ArrayList<>();
        for (Subscription one : subscriptions) {
            try {
                if (one.filter().test(event)) {
                    subscribers.add(one);
                }
            } catch (RuntimeException | Error e) {
                subscribers.add(new Subscription(one.sinkName(), UNDECIDED, one.filter()));
            }
        }
        return subscribers;
    }

    Subscription subscription(String sinkName) {
        return subscriptions.stream()
                .filter(one -> one.sinkName().equals(sinkName))
                .findFirst()
                .orElseThrow();
    }

    DeliveryPolicy policy(OutboxEvent event) {
        return policies.getOrDefault(event.type(), DEFAULT_POLICY);
    }
}

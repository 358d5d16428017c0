package dev.semel.internal.outbox;

import dev.semel.failpoint.Failpoints;
import dev.semel.outbox.DeliveryPolicy;
import dev.semel.outbox.OutboxEvent;
import dev.semel.outbox.RelayListener;
import dev.semel.outbox.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A relay's settings. */
public record RelayConfig(
        List<Subscription> subscriptions,
        Map<String, DeliveryPolicy> policies,
        RelayListener listener,
        Failpoints failpoints,
        Duration pollInterval,
        int workers,
        int batchSize) {
    private static final DeliveryPolicy DEFAULT_POLICY = DeliveryPolicy.ofDefaults();

    public RelayConfig {
        subscriptions = List.copyOf(subscriptions);
        policies = Map.copyOf(policies);
        if (subscriptions.stream().map(Subscription::sinkName).distinct().count() < subscriptions.size()) {
            throw new IllegalArgumentException("two subscriptions share a sink name");
        }
        if (workers < 1 || batchSize < 1 || pollInterval.toMillis() < 1) {
            throw new IllegalArgumentException("workers, batch size and poll interval must be positive");
        }
    }

    List<Subscription> subscribers(OutboxEvent event) {
        return subscriptions.stream().filter(one -> one.filter().test(event)).toList();
    }

    Optional<Subscription> subscription(String sinkName) {
        return subscriptions.stream()
                .filter(one -> one.sinkName().equals(sinkName))
                .findFirst();
    }

    DeliveryPolicy policy(OutboxEvent event) {
        return policies.getOrDefault(event.type(), DEFAULT_POLICY);
    }
}

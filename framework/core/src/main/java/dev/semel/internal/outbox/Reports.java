package dev.semel.internal.outbox;

import dev.semel.outbox.OutboxEvent;
import dev.semel.outbox.RelayListener;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the listener and the log what came of a turn, after its commit. */
final class Reports {
    private static final Logger LOG = LoggerFactory.getLogger(Reports.class);

    private Reports() {}

    static void tell(RelayConfig config, Map<Delivery, Attempt> attempts) {
        attempts.forEach((delivery, attempt) -> tell(config, delivery, attempt));
    }

    static void tell(RelayConfig config, Consumer<RelayListener> message) {
        config.listeners().forEach(listener -> tell(listener, message));
    }

    private static void tell(RelayListener listener, Consumer<RelayListener> message) {
        try {
            message.accept(listener);
        } catch (RuntimeException | Error e) {
            LOG.warn("a relay listener failed: {}", listener.getClass().getName(), e);
        }
    }

    private static void tell(RelayConfig config, Delivery delivery, Attempt attempt) {
        OutboxEvent event = delivery.event();
        String sink = delivery.subscription().sinkName();
        if (attempt instanceof Attempt.Delivered) {
            tell(config, told -> told.delivered(event, sink, Duration.between(event.createdAt(), Instant.now())));
        } else if (attempt instanceof Attempt.Failed failed) {
            int number = delivery.attempts() + 1;
            boolean parked = failed.forGood() || number >= config.policy(event).maxAttempts();
            LOG.warn(
                    "event {} of type {} {} at sink {} (attempt {}): {}",
                    event.id(),
                    event.type(),
                    parked ? "is parked" : "failed",
                    sink,
                    number,
                    failed.error());
            tell(config, told -> {
                if (parked) {
                    told.parked(event, sink, failed.reason());
                } else {
                    told.failed(event, sink, number);
                }
            });
        }
    }
}

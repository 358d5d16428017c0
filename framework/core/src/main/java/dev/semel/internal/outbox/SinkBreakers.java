package dev.semel.internal.outbox;

import dev.semel.outbox.Subscription;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The circuit breakers of a relay's sinks, for all its tenants. Thread-safe. */
final class SinkBreakers {
    private static final Logger LOG = LoggerFactory.getLogger(SinkBreakers.class);

    private final RelayConfig config;
    private final Map<String, SinkBreaker> bySink;

    SinkBreakers(RelayConfig config) {
        this.config = config;
        this.bySink = config.subscriptions().stream()
                .map(Subscription::sinkName)
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(), name -> new SinkBreaker(config.outage(), System::nanoTime)));
    }

    /** What is admitted. */
    @FunctionalInterface
    interface Attempting {
        Attempt make() throws InterruptedException;
    }

    /** The sinks that are up. */
    List<String> up() {
        return config.sinkNames().stream().filter(name -> of(name).isClosed()).toList();
    }

    /** The sinks that are down, and that a delivery shall try. */
    List<String> toTry() {
        return config.sinkNames().stream().filter(name -> of(name).isProbeDue()).toList();
    }

    /** The sinks that are worth a look for deliveries. */
    List<String> worthALook() {
        return Stream.concat(up().stream(), toTry().stream()).toList();
    }

    boolean isUp(Delivery delivery) {
        return of(delivery).isClosed();
    }

    boolean admit(Delivery delivery) {
        return of(delivery).admit();
    }

    /** Makes an attempt that was admitted. A failure of a sink that is down is not the delivery's: it stays untried. */
    Attempt attempt(Delivery delivery, Attempting attempting) throws InterruptedException {
        boolean told = false;
        try {
            Attempt attempt = attempting.make();
            told = true;
            return note(delivery, attempt);
        } finally {
            if (!told) {
                of(delivery).abandoned();
            }
        }
    }

    private Attempt note(Delivery delivery, Attempt attempt) {
        if (delivery.subscription().sink() == RelayConfig.UNDECIDED) {
            of(delivery).abandoned();
            return attempt;
        }
        if (attempt instanceof Attempt.Failed failed && !failed.forGood()) {
            return failed(delivery, failed);
        }
        answered(delivery);
        return attempt;
    }

    /** The sink has taken something, or said that it never will. */
    void answered(Delivery delivery) {
        String name = delivery.line().sinkName();
        SinkBreaker breaker = of(delivery);
        synchronized (breaker) { // what is told last is what holds
            breaker.answered().ifPresent(outage -> {
                LOG.info("sink {} is up again after {} s", name, outage.toSeconds());
                Reports.tell(config, listener -> listener.sinkUp(name, outage));
            });
        }
    }

    private Attempt failed(Delivery delivery, Attempt.Failed failed) {
        SinkBreaker breaker = of(delivery);
        synchronized (breaker) {
            SinkBreaker.Verdict verdict = breaker.failed(delivery.event().id());
            if (verdict == SinkBreaker.Verdict.SINK_WENT_DOWN) {
                String name = delivery.line().sinkName();
                LOG.warn("sink {} takes nothing and counts as down; its events wait: {}", name, failed.error());
                Reports.tell(config, listener -> listener.sinkDown(name));
            }
            return verdict == SinkBreaker.Verdict.SINK_IS_DOWN ? new Attempt.NotTried() : failed;
        }
    }

    private SinkBreaker of(Delivery delivery) {
        return of(delivery.line().sinkName());
    }

    private SinkBreaker of(String sinkName) {
        SinkBreaker breaker = bySink.get(sinkName);
        if (breaker == null) {
            throw new IllegalArgumentException("no sink of this relay: " + sinkName);
        }
        return breaker;
    }
}

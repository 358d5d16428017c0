package dev.semel.spring.internal;

import dev.semel.lease.LeaseListener;
import dev.semel.outbox.OutboxEvent;
import dev.semel.outbox.OutboxMeasure;
import dev.semel.outbox.RelayListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counts deliveries and leases by event type, sink and target, never by tenant or key. */
final class DeliveryMetrics implements RelayListener, LeaseListener {
    private final MeterRegistry meters;
    private final AtomicLong oldestUnackedMillis = new AtomicLong();
    private final AtomicLong parked = new AtomicLong();
    private final Map<String, AtomicLong> downBySink = new ConcurrentHashMap<>();
    private final KnownMeters<Attempt, Counter> attempts;
    private final KnownMeters<String, Timer> insertToAckBySink;
    private final KnownMeters<String, Counter> leases;

    DeliveryMetrics(MeterRegistry meters) {
        this.meters = meters;
        Gauge.builder("outbox.oldest.unacked.age", oldestUnackedMillis, millis -> millis.get() / 1e3)
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder("outbox.parked", parked, AtomicLong::get).register(meters);
        attempts = new KnownMeters<>(meters, one -> counter(meters, one));
        insertToAckBySink = new KnownMeters<>(meters, sink -> meters.timer("outbox.insert.to.ack", "sink", sink));
        leases = new KnownMeters<>(meters, event -> meters.counter("leases", "event", event));
    }

    private record Attempt(String type, String sink, String result) {}

    private static Counter counter(MeterRegistry meters, Attempt one) {
        return meters.counter("outbox.attempts", "type", one.type(), "sink", one.sink(), "result", one.result());
    }

    @Override
    public void delivered(OutboxEvent event, String sinkName, Duration insertToAck) {
        attempt(event, sinkName, "delivered");
        insertToAckBySink.of(sinkName).record(insertToAck);
    }

    @Override
    public void failed(OutboxEvent event, String sinkName, int attempt) {
        attempt(event, sinkName, "failed");
    }

    @Override
    public void parked(OutboxEvent event, String sinkName, String reason) {
        attempt(event, sinkName, "parked");
    }

    @Override
    public void measured(OutboxMeasure measure) {
        oldestUnackedMillis.set(measure.oldestUnacked().toMillis());
        parked.set(measure.parked());
    }

    @Override
    public void sinkDown(String sinkName) {
        down(sinkName).set(1);
    }

    @Override
    public void sinkUp(String sinkName, Duration outage) {
        down(sinkName).set(0);
    }

    private AtomicLong down(String sinkName) {
        return downBySink.computeIfAbsent(sinkName, name -> {
            AtomicLong down = new AtomicLong();
            Gauge.builder("outbox.sink.down", down, AtomicLong::get)
                    .tag("sink", name)
                    .register(meters);
            return down;
        });
    }

    @Override
    public void fenced() {
        meters.counter("outbox.batches.fenced").increment();
    }

    private void attempt(OutboxEvent event, String sinkName, String result) {
        attempts.of(new Attempt(event.type(), sinkName, result)).increment();
    }

    @Override
    public void acquired(String target) {
        lease("acquired");
    }

    @Override
    public void contended(String target) {
        lease("contended");
    }

    @Override
    public void expired(String target) {
        lease("expired");
    }

    @Override
    public void unlockedLate(String target) {
        lease("late_unlock");
    }

    @Override
    public void fencedWriteRefused(String target) {
        lease("fenced_write_refused");
    }

    /** Targets are named by applications, after documents for example: too many for a tag. */
    private void lease(String event) {
        leases.of(event).increment();
    }
}

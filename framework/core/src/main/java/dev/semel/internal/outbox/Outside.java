package dev.semel.internal.outbox;

import dev.semel.internal.Deadline;
import dev.semel.outbox.BatchSink;
import dev.semel.outbox.EventSink;
import dev.semel.outbox.OutboxEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * A turn's deliveries to sinks outside the database. Lines go side by side, each in order. A slow sink must not keep a worker from
 * other tenants: after a while no further delivery is begun. Used once, by one thread.
 */
final class Outside {
    private static final int SIDE_BY_SIDE = 8;
    private static final Duration TIME = Duration.ofSeconds(2);

    private final ExecutorService senders;
    private final Attempts attempts;
    private final SinkBreakers breakers;
    private final Deadline deadline = Deadline.after(TIME);

    Outside(ExecutorService senders, Attempts attempts, SinkBreakers breakers) {
        this.senders = senders;
        this.attempts = attempts;
        this.breakers = breakers;
    }

    /** What came of them, in the order of the deliveries. */
    Map<Delivery, Attempt> deliver(List<Delivery> deliveries) throws InterruptedException {
        Map<Delivery, Attempt> found = new LinkedHashMap<>();
        deliveries.stream().filter(Outside::isOutside).forEach(one -> found.put(one, new Attempt.NotTried()));
        for (Future<Map<Delivery, Attempt>> task : senders.invokeAll(tasks(deliveries))) {
            found.putAll(result(task));
        }
        return found;
    }

    private static boolean isOutside(Delivery delivery) {
        return delivery.subscription().sink() instanceof EventSink
                || delivery.subscription().sink() instanceof BatchSink;
    }

    private List<Callable<Map<Delivery, Attempt>>> tasks(List<Delivery> deliveries) {
        Map<Integer, List<Delivery>> byLine = new LinkedHashMap<>();
        Map<BatchSink, List<Delivery>> bySink = new LinkedHashMap<>();
        for (Delivery delivery : deliveries) {
            if (delivery.subscription().sink() instanceof EventSink) {
                int place = Math.floorMod(delivery.line().hashCode(), SIDE_BY_SIDE);
                byLine.computeIfAbsent(place, key -> new ArrayList<>()).add(delivery);
            } else if (delivery.subscription().sink() instanceof BatchSink sink) {
                bySink.computeIfAbsent(sink, key -> new ArrayList<>()).add(delivery);
            }
        }
        List<Callable<Map<Delivery, Attempt>>> tasks = new ArrayList<>();
        byLine.values().forEach(lines -> tasks.add(() -> oneByOne(lines)));
        bySink.forEach((sink, batch) -> tasks.add(() -> batch(sink, batch)));
        return tasks;
    }

    private Map<Delivery, Attempt> oneByOne(List<Delivery> deliveries) throws InterruptedException {
        Map<Delivery, Attempt> found = new LinkedHashMap<>();
        for (Delivery delivery : deliveries) {
            if (delivery.subscription().sink() instanceof EventSink sink) {
                found.put(delivery, inTime(delivery, () -> sink.deliver(delivery.event())));
            }
        }
        return found;
    }

    private Map<Delivery, Attempt> batch(BatchSink sink, List<Delivery> batch) throws InterruptedException {
        Map<Delivery, Attempt> found = new LinkedHashMap<>();
        List<Delivery> free =
                batch.stream().filter(one -> !attempts.mustWait(one)).toList();
        if (free.size() > 1 && breakers.isUp(free.get(0)) && attempts.succeeds(() -> sink.deliver(events(free)))) {
            free.forEach(one -> found.put(one, new Attempt.Delivered()));
            breakers.answered(free.get(0));
        }
        for (Delivery delivery : batch) {
            if (!found.containsKey(delivery)) {
                found.put(delivery, inTime(delivery, () -> sink.deliver(List.of(delivery.event()))));
            }
        }
        return found;
    }

    private static List<OutboxEvent> events(List<Delivery> deliveries) {
        return deliveries.stream().map(Delivery::event).toList();
    }

    private Attempt inTime(Delivery delivery, Attempts.Work work) throws InterruptedException {
        if (attempts.mustWait(delivery) || deadline.passed() || !breakers.admit(delivery)) {
            return attempts.skip(delivery);
        }
        Attempt attempt = breakers.attempt(delivery, () -> attempts.make(delivery, work));
        if (attempt instanceof Attempt.NotTried) {
            attempts.stopLine(delivery);
        }
        return attempt;
    }

    private static Map<Delivery, Attempt> result(Future<Map<Delivery, Attempt>> task) throws InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InterruptedException) {
                throw new InterruptedException("a delivery was interrupted");
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}

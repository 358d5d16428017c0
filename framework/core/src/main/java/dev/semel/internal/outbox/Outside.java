package dev.semel.internal.outbox;

import dev.semel.internal.Deadline;
import dev.semel.outbox.BatchSink;
import dev.semel.outbox.EventSink;
import dev.semel.outbox.OutboxEvent;
import dev.semel.outbox.PartlyDeliveredException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A turn's deliveries to sinks outside the database. Lines go side by side, each in order. A slow sink must not keep a worker from
 * other tenants: after a while no further delivery is begun, and one that does not come back is given up. Used once, by one
 * thread.
 */
final class Outside {
    private static final Logger LOG = LoggerFactory.getLogger(Outside.class);
    private static final int SIDE_BY_SIDE = 8;
    private static final Duration TIME = Duration.ofSeconds(2);

    private final ExecutorService senders;
    private final Attempts attempts;
    private final SinkBreakers breakers;
    private final Duration patience;
    private final Deadline givingUp;
    private final Deadline deadline = Deadline.after(TIME);
    private final Map<Delivery, Attempt> made = new ConcurrentHashMap<>();
    private final Set<Delivery> onTheirWay = ConcurrentHashMap.newKeySet();

    /** @param longest how long a delivery that was begun is waited for */
    Outside(ExecutorService senders, Attempts attempts, SinkBreakers breakers, Duration longest) {
        this.senders = senders;
        this.attempts = attempts;
        this.breakers = breakers;
        this.patience = TIME.plus(longest);
        this.givingUp = Deadline.after(patience);
    }

    /** What came of them, in the order of the deliveries. What comes of one that was given up is of no interest any more. */
    Map<Delivery, Attempt> deliver(List<Delivery> deliveries) throws InterruptedException {
        for (Future<?> task : senders.invokeAll(tasks(deliveries), patience.toMillis(), TimeUnit.MILLISECONDS)) {
            if (!task.isCancelled()) {
                requireFine(task);
            }
        }
        Map<Delivery, Attempt> found = new LinkedHashMap<>();
        for (Delivery delivery : deliveries) {
            if (isOutside(delivery)) {
                found.put(delivery, result(delivery));
            }
        }
        return found;
    }

    private static boolean isOutside(Delivery delivery) {
        return delivery.subscription().sink() instanceof EventSink
                || delivery.subscription().sink() instanceof BatchSink;
    }

    private Attempt result(Delivery delivery) throws InterruptedException {
        Attempt attempt = made.get(delivery);
        if (attempt != null) {
            return attempt;
        }
        return onTheirWay.contains(delivery) ? givenUp(delivery) : attempts.skip(delivery);
    }

    private Attempt givenUp(Delivery delivery) throws InterruptedException {
        attempts.stopLine(delivery);
        Attempt failed = new Attempt.Failed(new TimeoutException("the sink did not come back"));
        return breakers.attempt(delivery, () -> failed);
    }

    private List<Callable<Void>> tasks(List<Delivery> deliveries) {
        Map<Integer, List<Delivery>> byLine = new LinkedHashMap<>();
        Map<BatchSink, List<Delivery>> bySink = new LinkedHashMap<>();
        Set<Delivery.Line> alone = alone(deliveries);
        for (Delivery delivery : deliveries) {
            if (delivery.subscription().sink() instanceof BatchSink sink && !alone.contains(delivery.line())) {
                bySink.computeIfAbsent(sink, key -> new ArrayList<>()).add(delivery);
            } else if (isOutside(delivery)) {
                int place = Math.floorMod(delivery.line().hashCode(), SIDE_BY_SIDE);
                byLine.computeIfAbsent(place, key -> new ArrayList<>()).add(delivery);
            }
        }
        List<Callable<Void>> tasks = new ArrayList<>();
        byLine.values().forEach(lines -> tasks.add(() -> oneByOne(lines, deadline)));
        bySink.forEach((sink, batch) -> tasks.add(() -> batch(sink, batch)));
        return tasks;
    }

    /** What failed before goes alone, and its line: if it is what made a batch hang, the others must not fail with it again. */
    private static Set<Delivery.Line> alone(List<Delivery> deliveries) {
        return deliveries.stream()
                .filter(one -> one.attempts() > 0)
                .map(Delivery::line)
                .collect(Collectors.toSet());
    }

    private Void oneByOne(List<Delivery> deliveries, Deadline until) throws InterruptedException {
        for (Delivery delivery : deliveries) {
            made.put(delivery, attempt(delivery, () -> deliver(delivery), until));
        }
        return null;
    }

    private void deliver(Delivery delivery) throws Exception {
        OutboxEvent event = delivery.event();
        try {
            if (delivery.subscription().sink() instanceof BatchSink sink) {
                sink.deliver(List.of(event));
            } else if (delivery.subscription().sink() instanceof EventSink sink) {
                sink.deliver(event);
            }
        } catch (InterruptedException e) {
            if (isGivenUp()) {
                throw e;
            }
            throw new IllegalStateException("the sink was interrupted, and not by the relay", e);
        }
    }

    private Void batch(BatchSink sink, List<Delivery> batch) throws InterruptedException {
        List<Delivery> free =
                batch.stream().filter(one -> !attempts.mustWait(one)).toList();
        if (free.size() > 1 && breakers.isUp(free.get(0))) {
            together(sink, free);
        }
        // However long the batch took to fail: were none of them tried alone, the same batch would fail for ever.
        return oneByOne(batch.stream().filter(one -> !made.containsKey(one)).toList(), Deadline.after(TIME));
    }

    /** Leaves no attempt if nothing is known of any of them. */
    private void together(BatchSink sink, List<Delivery> deliveries) throws InterruptedException {
        onTheirWay.addAll(deliveries);
        try {
            sink.deliver(events(deliveries));
            deliveries.forEach(one -> made.put(one, new Attempt.Delivered()));
            breakers.answered(deliveries.get(0));
        } catch (PartlyDeliveredException partly) {
            take(partly, deliveries);
        } catch (Exception | Error e) {
            if (isGivenUp()) { // whatever the sink makes of its interruption
                throw new InterruptedException("a batch was given up");
            }
            LOG.debug(
                    "a batch failed and is delivered one by one: {}",
                    e.getClass().getName());
        }
        deliveries.forEach(onTheirWay::remove);
    }

    /** A sink that takes something is up, whatever else it does not take; of one that takes nothing each failure is told. */
    private void take(PartlyDeliveredException partly, List<Delivery> deliveries) throws InterruptedException {
        boolean isUp = !partly.delivered().isEmpty();
        if (isUp) {
            breakers.answered(deliveries.get(0));
        }
        for (Delivery one : deliveries) {
            boolean isToldOf =
                    !isUp && partly.failures().containsKey(one.event().id());
            made.put(one, isToldOf ? attempt(one, () -> attempts.said(one, partly)) : attempts.said(one, partly));
        }
    }

    /** Only then does the relay interrupt. */
    private boolean isGivenUp() {
        return givingUp.passed() || senders.isShutdown();
    }

    private static List<OutboxEvent> events(Collection<Delivery> deliveries) {
        return deliveries.stream().map(Delivery::event).toList();
    }

    private Attempt attempt(Delivery delivery, Attempts.Work work, Deadline until) throws InterruptedException {
        if (until.passed()) {
            return attempts.skip(delivery);
        }
        return attempt(delivery, () -> {
            onTheirWay.add(delivery);
            return attempts.make(delivery, work);
        });
    }

    private Attempt attempt(Delivery delivery, SinkBreakers.Attempting attempting) throws InterruptedException {
        if (attempts.mustWait(delivery) || !breakers.admit(delivery)) {
            return attempts.skip(delivery);
        }
        Attempt attempt = breakers.attempt(delivery, attempting);
        if (attempt instanceof Attempt.NotTried) {
            attempts.stopLine(delivery);
        }
        return attempt;
    }

    private static void requireFine(Future<?> task) throws InterruptedException {
        try {
            task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InterruptedException) {
                throw new InterruptedException("a delivery was interrupted");
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}

package dev.semel.books.workflows;

import dev.semel.outbox.OutboxEvent;
import dev.semel.outbox.PartlyDeliveredException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A batch of one tenant's events: their runs are done side by side, those of an ordering key in order; those at their first attempt
 * are completed together. Used once.
 */
final class RunBatch {
    private static final int SIDE_BY_SIDE = 8;
    /** Slow steps must not keep the relay from other tenants: what is not begun by then comes again with its next turn. */
    private static final Duration BEGUN_WITHIN = Duration.ofSeconds(2);

    private final Map<UUID, StoredRun> first;
    private final Resuming resuming;
    private final RunSteps steps;
    private final Duration patience;
    private final long startNanos = System.nanoTime();
    /** By their events, as are the others. */
    private final Map<UUID, StoredRun> begun = new ConcurrentHashMap<>();

    private final Map<UUID, FinishedRun> finished = new ConcurrentHashMap<>();
    private final Set<UUID> delivered = ConcurrentHashMap.newKeySet();
    private final Map<UUID, Throwable> failures = new ConcurrentHashMap<>();
    private volatile boolean over;

    /** Finds the run of an event that was there before; empty if it is over. */
    @FunctionalInterface
    interface Resuming {
        Optional<StoredRun> resume(OutboxEvent event) throws Exception;
    }

    /**
     * @param first the runs that the batch has started, by their events
     * @param patience how long a step may hold up the batch
     */
    RunBatch(Map<UUID, StoredRun> first, Resuming resuming, RunSteps steps, Duration patience) {
        this.first = Map.copyOf(first);
        this.resuming = resuming;
        this.steps = steps;
        this.patience = patience;
    }

    void deliver(List<OutboxEvent> events, ExecutorService threads) throws Exception {
        List<Future<?>> tasks = places(events).stream()
                .<Future<?>>map(place -> threads.submit(() -> inOrder(place)))
                .toList();
        try {
            await(tasks, BEGUN_WITHIN);
            completeTogether(); // what is done is kept before slow steps are waited for
            await(tasks, patience);
        } finally {
            over = true;
            tasks.forEach(task -> task.cancel(true));
            completeTogether();
        }
        giveUpWhatHangs();
        steps.putBack(notBegun());
        Set<UUID> taken = Set.copyOf(delivered);
        if (taken.size() < events.size()) {
            Map<UUID, Throwable> failed = new HashMap<>(failures);
            failed.keySet().removeAll(taken);
            throw new PartlyDeliveredException(taken, failed);
        }
    }

    private static Collection<List<OutboxEvent>> places(List<OutboxEvent> events) {
        Map<Integer, List<OutboxEvent>> places = new LinkedHashMap<>();
        for (OutboxEvent event : events) {
            int place = Math.floorMod(event.orderingKey().hashCode(), SIDE_BY_SIDE);
            places.computeIfAbsent(place, key -> new ArrayList<>()).add(event);
        }
        return places.values();
    }

    private void await(List<Future<?>> tasks, Duration time) throws InterruptedException {
        for (Future<?> task : tasks) {
            long left = startNanos + time.toNanos() - System.nanoTime();
            try {
                task.get(left, TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                return;
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
    }

    private void inOrder(List<OutboxEvent> events) {
        Set<String> stopped = new HashSet<>();
        for (OutboxEvent event : events) {
            if (over || isLate() || stopped.contains(event.orderingKey()) || !succeeds(event)) {
                stopped.add(event.orderingKey());
            }
        }
    }

    private boolean isLate() {
        return System.nanoTime() - startNanos > BEGUN_WITHIN.toNanos();
    }

    private boolean succeeds(OutboxEvent event) {
        try {
            run(event);
            return true;
        } catch (Exception | Error failure) {
            if (!(over && failure instanceof InterruptedException)) { // that is how it is given up
                failures.put(event.id(), failure);
            }
            return false;
        }
    }

    private void run(OutboxEvent event) throws Exception {
        StoredRun started = first.get(event.id());
        Optional<StoredRun> run = started == null ? resuming.resume(event) : Optional.of(started);
        Optional<FinishedRun> done = Optional.empty();
        if (run.isPresent()) {
            begun.put(event.id(), run.get());
            done = steps.run(run.get());
        }
        if (done.isPresent() && started != null) {
            finished.put(event.id(), done.get());
            completeIfLate(event.id());
            return;
        }
        // One run may have several events that continue it: it is over before the next of them looks.
        if (done.isPresent()) {
            steps.complete(done.get());
        }
        delivered.add(event.id());
    }

    /** Nobody waits for it any more. */
    private void completeIfLate(UUID event) throws Exception {
        FinishedRun late = over ? finished.remove(event) : null;
        if (late != null) {
            steps.complete(late);
            delivered.add(event);
        }
    }

    private void completeTogether() throws InterruptedException {
        Map<UUID, FinishedRun> done = new LinkedHashMap<>();
        Set.copyOf(finished.keySet())
                .forEach(event -> Optional.ofNullable(finished.remove(event)).ifPresent(run -> done.put(event, run)));
        if (done.isEmpty()) {
            return;
        }
        try {
            Set<UUID> completed = steps.complete(List.copyOf(done.values()));
            done.forEach((event, one) -> {
                if (completed.contains(one.run().id())) {
                    delivered.add(event);
                } else {
                    failures.put(event, new OvertakenException(one.run()));
                }
            });
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception oneOfThem) {
            completeOneByOne(done);
        }
    }

    private void completeOneByOne(Map<UUID, FinishedRun> done) throws InterruptedException {
        for (Map.Entry<UUID, FinishedRun> one : done.entrySet()) {
            try {
                steps.complete(one.getValue());
                delivered.add(one.getKey());
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception failure) {
                failures.put(one.getKey(), failure);
            }
        }
    }

    private void giveUpWhatHangs() throws InterruptedException {
        for (Map.Entry<UUID, StoredRun> one : begun.entrySet()) {
            UUID event = one.getKey();
            if (!delivered.contains(event) && !failures.containsKey(event)) {
                try {
                    steps.giveUp(one.getValue());
                    delivered.add(event);
                } catch (InterruptedException e) {
                    throw e;
                } catch (Exception failure) {
                    failures.put(event, failure);
                }
            }
        }
    }

    private List<StoredRun> notBegun() {
        return first.entrySet().stream()
                .filter(one -> !begun.containsKey(one.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }
}

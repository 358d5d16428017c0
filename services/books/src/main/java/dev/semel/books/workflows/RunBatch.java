package dev.semel.books.workflows;

import dev.semel.outbox.OutboxEvent;
import dev.semel.outbox.PartlyDeliveredException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * A batch of one tenant's events: their runs are done side by side, those of an ordering key in order; those at their first attempt
 * are completed together, in one transaction. Used once.
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
    private final Set<UUID> begun = ConcurrentHashMap.newKeySet();
    private final Map<UUID, FinishedRun> finished = new ConcurrentHashMap<>();
    private final Set<UUID> delivered = ConcurrentHashMap.newKeySet();
    private final Map<UUID, Throwable> failures = new ConcurrentHashMap<>();

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
        try {
            for (Future<Void> task : threads.invokeAll(tasks(events), patience.toMillis(), TimeUnit.MILLISECONDS)) {
                requireFine(task);
            }
            giveUpWhatHangs();
        } finally {
            completeTogether(); // also when the node stops: what was done would be done again
        }
        if (delivered.size() < events.size()) {
            throw new PartlyDeliveredException(delivered, failures);
        }
    }

    private List<Callable<Void>> tasks(List<OutboxEvent> events) {
        Map<Integer, List<OutboxEvent>> places = new LinkedHashMap<>();
        for (OutboxEvent event : events) {
            int place = Math.floorMod(event.orderingKey().hashCode(), SIDE_BY_SIDE);
            places.computeIfAbsent(place, key -> new ArrayList<>()).add(event);
        }
        return places.values().stream().map(this::inOrder).toList();
    }

    private Callable<Void> inOrder(List<OutboxEvent> events) {
        return () -> {
            Set<String> stopped = new HashSet<>();
            for (OutboxEvent event : events) {
                if (stopped.contains(event.orderingKey()) || isLate() || !succeeds(event)) {
                    stopped.add(event.orderingKey());
                }
            }
            return null;
        };
    }

    private boolean isLate() {
        return System.nanoTime() - startNanos > BEGUN_WITHIN.toNanos();
    }

    private boolean succeeds(OutboxEvent event) throws InterruptedException {
        begun.add(event.id());
        try {
            run(event);
            return true;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception | Error failure) {
            failures.put(event.id(), failure);
            return false;
        }
    }

    private void run(OutboxEvent event) throws Exception {
        StoredRun started = first.get(event.id());
        if (started != null) {
            steps.run(started).ifPresentOrElse(run -> finished.put(event.id(), run), () -> delivered.add(event.id()));
            return;
        }
        // One run may have several events that continue it: it is over before the next of them looks.
        Optional<StoredRun> run = resuming.resume(event);
        Optional<FinishedRun> done = run.isPresent() ? steps.run(run.get()) : Optional.empty();
        if (done.isPresent()) {
            steps.complete(done.get());
        }
        delivered.add(event.id());
    }

    private void completeTogether() throws Exception {
        if (finished.isEmpty()) {
            return;
        }
        try {
            Set<UUID> completed = steps.complete(List.copyOf(finished.values()));
            finished.forEach((event, done) -> {
                if (completed.contains(done.run().id())) {
                    delivered.add(event);
                } else {
                    failures.put(event, new OvertakenException(done.run()));
                }
            });
        } catch (DataIntegrityViolationException oneOfThem) {
            completeOneByOne();
        }
    }

    private void completeOneByOne() throws InterruptedException {
        for (Map.Entry<UUID, FinishedRun> one : finished.entrySet()) {
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

    private void giveUpWhatHangs() {
        for (UUID event : begun) {
            if (!delivered.contains(event) && !finished.containsKey(event)) {
                failures.putIfAbsent(event, new TimeoutException("a step did not come back"));
            }
        }
    }

    private static void requireFine(Future<?> task) throws InterruptedException {
        if (task.isCancelled()) {
            return;
        }
        try {
            task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InterruptedException) {
                throw new InterruptedException("a workflow was interrupted");
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}

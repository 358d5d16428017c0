package dev.semel.books.workflows;

import dev.semel.PayloadCodec;
import dev.semel.outbox.BatchSink;
import dev.semel.outbox.OutboxEvent;
import dev.semel.outbox.Subscription;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs workflows: the relay brings the events that start or continue them, after the commit, under its leases, and again with
 * growing pauses when a step fails. A run's id is its event's or its trigger's, so that there is one run however often the event
 * comes; finished steps are not done again. Thread-safe; to be closed after the relay.
 */
public final class WorkflowSink implements BatchSink, AutoCloseable {
    /** Less than the relay's: what the other runs of a batch came to is kept before that gives all of them up. */
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private final Workflows workflows;
    private final RunStore store;
    private final PayloadCodec codec;
    private final RunSteps steps;
    private final Duration patience;
    private final ExecutorService threads = newThreads();

    /** Runs those workflows. */
    public WorkflowSink(Workflows workflows, RunStore store, PayloadCodec codec) {
        this(workflows, store, codec, PATIENCE);
    }

    /**
     * Runs those workflows.
     *
     * @param patience after which a step is interrupted and has failed; less than the {@link
     *     dev.semel.outbox.Relay.Builder#deliveryTimeout} of its relay. Without one, 25 seconds
     */
    public WorkflowSink(Workflows workflows, RunStore store, PayloadCodec codec, Duration patience) {
        this.workflows = workflows;
        this.store = store;
        this.codec = codec;
        this.steps = new RunSteps(workflows, store, codec);
        this.patience = patience;
    }

    private static ExecutorService newThreads() {
        AtomicInteger number = new AtomicInteger();
        return Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "semel-workflow-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** What it has to be brought. */
    public Subscription subscription() {
        return new Subscription("workflows", this, this::wants);
    }

    private boolean wants(OutboxEvent event) {
        return isContinuation(event) || workflows.startedBy(event).isPresent();
    }

    private static boolean isContinuation(OutboxEvent event) {
        return event.type().equals(Triggering.STARTED) || event.type().equals(Triggering.RETRIED);
    }

    @Override
    public void deliver(List<OutboxEvent> events) throws Exception {
        Map<UUID, StoredRun> first = new LinkedHashMap<>();
        events.stream()
                .filter(event -> !isContinuation(event))
                .forEach(event -> first.put(event.id(), firstAttempt(event)));
        if (!first.isEmpty()) {
            Set<UUID> started = store.start(events.get(0).tenant(), List.copyOf(first.values()));
            first.keySet().retainAll(started);
        }
        new RunBatch(first, this::resume, steps, patience).deliver(events, threads);
    }

    private StoredRun firstAttempt(OutboxEvent event) {
        String name = workflows.startedBy(event).orElseThrow().name();
        String input = new String(event.payload(), StandardCharsets.UTF_8);
        return StoredRun.first(event.tenant(), event.id(), name, input);
    }

    private Optional<StoredRun> resume(OutboxEvent event) throws Exception {
        UUID run = isContinuation(event)
                ? codec.read(event.payload(), RunEvent.class).id()
                : event.id();
        return store.resume(event.tenant(), run);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}

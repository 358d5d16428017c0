package dev.semel.testkit;

import dev.semel.outbox.EventSink;
import dev.semel.outbox.OutboxEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Keeps the events that it is given, and refuses those that a test wants refused. Thread-safe. */
public final class InMemorySink implements EventSink {
    private final List<OutboxEvent> events = new CopyOnWriteArrayList<>();
    private volatile Predicate<OutboxEvent> refused = event -> false;

    /** A sink that refuses nothing. */
    public InMemorySink() {}

    /** From now on refuses these events, as a receiver that is down would. */
    public void refuse(Predicate<OutboxEvent> which) {
        refused = which;
    }

    @Override
    public void deliver(OutboxEvent event) {
        if (refused.test(event)) {
            throw new IllegalStateException("refused by the test");
        }
        events.add(event);
    }

    /** All events that were taken, in the order in which they came. */
    public List<OutboxEvent> events() {
        return List.copyOf(events);
    }
}

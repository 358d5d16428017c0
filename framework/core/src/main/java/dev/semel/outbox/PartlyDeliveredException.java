package dev.semel.outbox;

import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Some events of a batch were taken, others were not, and the sink knows which: {@link BatchSink#deliver} throws it, so that what
 * was taken is not handed over once more. Immutable.
 */
public final class PartlyDeliveredException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Set<UUID> delivered;
    private final transient Map<UUID, Throwable> failures;

    /**
     * Of events that neither of the two names nothing was tried: they come again in a later turn, and it counts as no attempt.
     *
     * @param delivered ids of the events that the receiver has for good
     * @param failures why it does not have others, by their ids; an {@link UndeliverableException} has one parked at once. No event
     *     may have been taken behind one of its ordering key that was not
     * @throws IllegalArgumentException if both are empty, or name the same event: throw what happened instead
     */
    public PartlyDeliveredException(Set<UUID> delivered, Map<UUID, ? extends Throwable> failures) {
        super(delivered.size() + " events were delivered, " + failures.size() + " failed");
        this.delivered = Set.copyOf(delivered);
        this.failures = Map.copyOf(failures);
        if (this.delivered.isEmpty() && this.failures.isEmpty()) {
            throw new IllegalArgumentException("no event was tried");
        }
        if (this.failures.keySet().stream().anyMatch(this.delivered::contains)) {
            throw new IllegalArgumentException("an event cannot have been delivered and have failed");
        }
    }

    /** Ids of the events that were taken. */
    public Set<UUID> delivered() {
        return delivered;
    }

    /** Why others were not taken, by their ids. */
    public Map<UUID, Throwable> failures() {
        return failures;
    }
}

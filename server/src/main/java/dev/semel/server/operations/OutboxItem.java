package dev.semel.server.operations;

import dev.semel.outbox.Outbox;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that is not done, or an event that waits for its first attempt. Immutable; never the event's payload.
 *
 * @param id names it: {@code EVENT:SINK}, or {@code EVENT} before the first attempt, when it stands for all sinks
 * @param sink where it goes; null before the first attempt
 * @param state {@code new}, {@code waiting} for an earlier delivery to the same sink, {@code retrying} or {@code parked}
 * @param attempts that failed so far
 * @param createdAt when it was emitted
 * @param waitsFor the event whose delivery to the same sink comes first
 * @param parkedReason why it was given up
 * @param lastError of the last attempt, a short code
 */
record OutboxItem(
        String id,
        UUID eventId,
        @Nullable String sink,
        String state,
        String type,
        String operation,
        String requestId,
        int attempts,
        Instant createdAt,
        @Nullable UUID waitsFor,
        @Nullable String parkedReason,
        @Nullable String lastError) {
    static OutboxItem of(Outbox.Pending pending) {
        DeliveryId id = DeliveryId.of(pending);
        return new OutboxItem(
                id.toString(),
                pending.eventId(),
                id.sinkName(),
                state(pending),
                pending.type(),
                pending.operation(),
                pending.requestId(),
                pending.attempts(),
                pending.createdAt(),
                pending.waitsFor(),
                pending.parkedReason(),
                pending.lastError());
    }

    private static String state(Outbox.Pending pending) {
        if (pending.parkedReason() != null) {
            return "parked";
        }
        if (pending.sinkName().isEmpty()) {
            return "new";
        }
        return pending.waitsFor() != null ? "waiting" : "retrying";
    }
}

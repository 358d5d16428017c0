package dev.semel.server.operations;

import dev.semel.Operation;
import dev.semel.RejectedException.Reason;

/** The operations on the outbox. */
final class OutboxOperations {
    static final Operation<ReplayEvent, Mended> REPLAY_EVENT = Operation.highRisk(
                    "replayEvent", ReplayEvent.class, Mended.class)
            .rejects(Reason.CONFLICT, "EVENT_NOT_PARKED")
            .build();

    static final Operation<ReplayParked, Mended> REPLAY_PARKED_EVENTS = Operation.highRisk(
                    "replayParkedEvents", ReplayParked.class, Mended.class)
            .build();

    static final Operation<DiscardEvent, Mended> DISCARD_EVENT = Operation.highRisk(
                    "discardEvent", DiscardEvent.class, Mended.class)
            .rejects(Reason.CONFLICT, "EVENT_NOT_PARKED")
            .build();

    private OutboxOperations() {}
}

package dev.semel.outbox;

import java.time.Instant;
import java.util.UUID;

/**
 * A committed event on its way to a sink.
 *
 * @param id the same for every attempt and every sink; send it along, so that a receiver can tell a repetition
 * @param tenant whose event it is
 * @param orderingKey events of one tenant with equal ordering keys arrive in commit order
 * @param type what happened
 * @param payload JSON in UTF-8, as the write emitted it
 * @param operation the write's operation
 * @param requestId the write's request
 * @param number the event's place among the events of its write, from 0
 * @param createdAt by the database's clock
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record OutboxEvent(
        UUID id,
        String tenant,
        String orderingKey,
        String type,
        byte[] payload,
        String operation,
        String requestId,
        int number,
        Instant createdAt) {
    /** The type of the event that stands for a write that emitted none. No operation may declare it. */
    public static final String EXECUTED = "semel.executed";

    /** Followed by a workflow's name: the type of the event that starts it. No operation may declare it. */
    public static final String WORKFLOW_PREFIX = "workflow.";

    /** Neither payload nor ordering key: both may hold personal data. */
    @Override
    public String toString() {
        return "OutboxEvent[id=%s, tenant=%s, type=%s]".formatted(id, tenant, type);
    }
}

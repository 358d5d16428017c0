package dev.semel.outbox;

import java.sql.Connection;

/**
 * Takes events into this database, exactly once: what it does and the acknowledgement are one transaction, with the event's
 * tenant set for row-level security. Several events may share a transaction; if one fails, each gets its own.
 */
@FunctionalInterface
public non-sealed interface DatabaseSink extends Sink {
    /**
     * Applies an event. Must not end the transaction, nor call out of the database: it may be called again after a rollback.
     *
     * @throws UndeliverableException to have the event parked at once
     * @throws Exception to have it rolled back and tried again later
     */
    void apply(Connection connection, OutboxEvent event) throws Exception;
}

package dev.semel.outbox;

import java.sql.Connection;
import java.util.List;

/**
 * Takes events into this database, exactly once: what it does and the acknowledgement are one transaction, with the event's
 * tenant set for row-level security. All events of a turn share a transaction; if one fails, each gets a savepoint of its own.
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

    /**
     * Applies the events that a turn of the relay has for this sink, up to some hundred. Default: {@link #apply} for one after another.
     * To be overridden where a few statements can do what takes {@code apply} some for each event.
     *
     * <p>It has to come to just what {@code apply} for one after another comes to, under the same limits: it must not end the transaction,
     * nor call out of the database, and may be called again after a rollback. All of it is committed or nothing. If it throws, or the
     * transaction then fails, everything is rolled back and each event is handed to {@code apply} alone, in the same turn: only
     * what that throws postpones or parks an event. An override that always fails stops nothing, but costs each turn twice.
     *
     * @param events one or more of one tenant, unmodifiable, in the order in which {@code apply} would get them; none that has an
     *     earlier one of its ordering key to wait for
     * @throws Exception to have all of it rolled back and each event applied alone
     */
    default void applyAll(Connection connection, List<OutboxEvent> events) throws Exception {
        for (OutboxEvent event : events) {
            apply(connection, event);
        }
    }
}

package dev.semel.outbox;

import dev.semel.internal.outbox.OperatorRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What operators see of a tenant's outbox and do to it. Works in the caller's transaction, with the tenant set, so that a repair
 * is a write like any other: keyed, audited, all or nothing. Belongs to that transaction's thread.
 */
public final class Outbox {
    /** Of which deliveries. */
    public enum State {
        /** Not tried yet, waiting for their turn, or to be tried again. */
        PENDING,
        /** Given up until an operator decides. */
        PARKED
    }

    /**
     * A delivery, or a fresh event that stands for all its deliveries.
     *
     * @param position orders the list; where the next page starts
     * @param eventId the event's id
     * @param sinkName where it goes; empty for a fresh event
     * @param type the event's type
     * @param operation that emitted it
     * @param requestId of that write
     * @param attempts that failed so far
     * @param createdAt when it was emitted
     * @param waitsFor the event whose delivery to the same sink comes first; null if there is none
     * @param parkedReason null unless it is parked
     * @param lastError of the last attempt; null if none has failed
     */
    public record Pending(
            Position position,
            UUID eventId,
            String sinkName,
            String type,
            String operation,
            String requestId,
            int attempts,
            Instant createdAt,
            @Nullable UUID waitsFor,
            @Nullable String parkedReason,
            @Nullable String lastError) {}

    /**
     * A place in the list: an event may have a delivery to each sink.
     *
     * @param rowId of the event
     * @param sinkName where the delivery goes; empty for a fresh event
     */
    public record Position(long rowId, String sinkName) {
        /** Before the first delivery. */
        public static final Position START = new Position(0, "");
    }

    private final OperatorRows rows;

    /**
     * A tenant's outbox in a transaction.
     *
     * @param connection of the transaction
     * @param tenant whose deliveries
     */
    public Outbox(Connection connection, String tenant) {
        rows = new OperatorRows(connection, tenant);
    }

    /**
     * Deliveries in order of their events, oldest first.
     *
     * @param after the last delivery of the page before; {@link Position#START} for the first page
     * @throws SQLException if the database fails
     */
    public List<Pending> list(State state, Position after, int limit) throws SQLException {
        return rows.list(state, after, limit);
    }

    /**
     * All that is left to do for an event: empty if it is unknown or done.
     *
     * @throws SQLException if the database fails
     */
    public List<Pending> explain(UUID eventId) throws SQLException {
        return rows.find(eventId);
    }

    /**
     * All that is left to do for the events of a request, in the order of the events. Deliveries have an index; fresh events, few
     * unless the relay stands still, are looked through.
     *
     * @throws SQLException if the database fails
     */
    public List<Pending> ofRequest(String requestId, int limit) throws SQLException {
        return rows.ofRequest(requestId, limit);
    }

    /**
     * Has the parked deliveries of an event tried again from the start.
     *
     * @return how many there are
     * @throws SQLException if the database fails
     */
    public int replay(UUID eventId) throws SQLException {
        return rows.replay(eventId, null);
    }

    /**
     * Has a parked delivery tried again from the start.
     *
     * @return how many there are: one or none
     * @throws SQLException if the database fails
     */
    public int replay(UUID eventId, String sinkName) throws SQLException {
        return rows.replay(eventId, sinkName);
    }

    /**
     * Has all parked deliveries, to a sink or of a type, tried again from the start.
     *
     * @param sinkName null for all sinks
     * @param type null for all types
     * @return how many there are
     * @throws SQLException if the database fails
     */
    public int replayAll(@Nullable String sinkName, @Nullable String type) throws SQLException {
        return rows.replayAll(sinkName, type);
    }

    /**
     * Gives the parked deliveries of an event up for good; later ones that waited for them go on.
     *
     * @return how many there were
     * @throws SQLException if the database fails
     */
    public int discard(UUID eventId) throws SQLException {
        return rows.discard(eventId, null);
    }

    /**
     * Gives a parked delivery up for good; later ones that waited for it go on.
     *
     * @return how many there were: one or none
     * @throws SQLException if the database fails
     */
    public int discard(UUID eventId, String sinkName) throws SQLException {
        return rows.discard(eventId, sinkName);
    }
}

package dev.semel.bench.outbox;

import dev.semel.bench.database.Pools;
import dev.semel.bench.round.Contender;

/** A way to get events out of the database. Implementations are immutable. */
public interface OutboxContender {
    /** Its name and its promise. */
    Contender contender();

    /**
     * Connects; delivers nothing yet.
     *
     * @param pools whose {@link Pools#rival} is a schema of its own, which is empty
     * @param deliveries is told of each delivery
     * @throws Exception if that does not work
     */
    OutboxSession open(Pools pools, Deliveries deliveries) throws Exception;

    /** A query for the number of events that were not delivered and acknowledged yet. */
    String pending();
}

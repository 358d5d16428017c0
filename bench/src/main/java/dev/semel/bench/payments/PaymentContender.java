package dev.semel.bench.payments;

import dev.semel.bench.database.Pools;
import dev.semel.bench.round.Contender;
import java.util.List;

/** A way to record payments. Implementations are immutable. */
public interface PaymentContender {
    /** Its name and its promise. */
    Contender contender();

    /**
     * Connects.
     *
     * @throws Exception if that does not work
     */
    PaymentSession open(Pools pools) throws Exception;

    /** Tables in which each payment has exactly one row of its own. They are emptied before each round. */
    default List<String> tables() {
        return List.of();
    }

    /** Statements that make the contender's own tables as they are before a round; empty if {@link #tables} are all. */
    default String reset() {
        return "";
    }
}

package dev.semel;

import java.time.Duration;

/**
 * Told about writes, in the thread that executes them. A listener's failure is logged and never breaks a write.
 * Implementations are thread-safe.
 */
public interface WriteListener {
    /** A call starts. */
    default void began(WriteInfo write) {}

    /** A call ended well: it committed, or an earlier commit was answered again. */
    default void committed(WriteInfo write, Committed committed) {}

    /**
     * Calls that waited at one moment were taken into one transaction, and it is over. Each of them is told of by itself as
     * well, in its own thread.
     *
     * @param together how many it settled
     * @param alone how many go on in a transaction of their own; all, if it was rolled back
     */
    default void coalesced(int together, int alone) {}

    /** A call was refused or failed. Nothing was written. */
    default void rolledBack(WriteInfo write, String code, Duration duration) {}
}

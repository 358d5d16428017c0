package dev.semel.lease;

/** Told about leases, for metrics. A failure is logged and changes nothing. Implementations are thread-safe. */
public interface LeaseListener {
    /** A target was acquired. */
    default void acquired(String target) {}

    /** A target was not acquired: somebody else holds it. */
    default void contended(String target) {}

    /** A target was acquired from a holder whose lease had expired without being released. */
    default void expired(String target) {}

    /** A holder released a lease that it no longer held. */
    default void unlockedLate(String target) {}

    /** A protected write was refused because its lease was lost. */
    default void fencedWriteRefused(String target) {}
}

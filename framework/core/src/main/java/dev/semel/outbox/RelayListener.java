package dev.semel.outbox;

import java.time.Duration;

/** Told about deliveries, for metrics. A failure is logged and changes nothing. Implementations are thread-safe. */
public interface RelayListener {
    /**
     * An event reached a sink and was acknowledged.
     *
     * @param insertToAck from its insertion until now, by this process's clock
     */
    default void delivered(OutboxEvent event, String sinkName, Duration insertToAck) {}

    /** An attempt failed and comes again. */
    default void failed(OutboxEvent event, String sinkName, int attempt) {}

    /** A delivery was given up until an operator decides. */
    default void parked(OutboxEvent event, String sinkName, String reason) {}

    /** Deliveries were not acknowledged because another node has taken the tenant's lane over. */
    default void fenced() {}

    /** A sink has taken nothing for a while: its deliveries wait, and no attempt of theirs is counted. */
    default void sinkDown(String sinkName) {}

    /**
     * A sink that was down takes deliveries again.
     *
     * @param outage since its first failure
     */
    default void sinkUp(String sinkName, Duration outage) {}

    /** How the outbox of all tenants stands, now and then. */
    default void measured(OutboxMeasure measure) {}
}
